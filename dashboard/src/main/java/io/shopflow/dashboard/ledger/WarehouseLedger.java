package io.shopflow.dashboard.ledger;

import io.shopflow.ledger.Ledger;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/**
 * Produces the ledger that the pages read. Within a transaction, the ledger reads on the
 * transaction's connection.
 */
@Singleton
class WarehouseLedger {

    @Produces
    @Singleton
    Ledger ledger(DataSource database) {
        return new Ledger(database);
    }
}
