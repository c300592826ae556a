package io.shopflow.dashboard.ledger;

import io.shopflow.ledger.Ledger;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The ledger that the pages read. Within a transaction it uses its connection. */
@Singleton
class WarehouseLedger {

    @Produces
    @Singleton
    Ledger ledger(DataSource database) {
        return new Ledger(database);
    }
}
