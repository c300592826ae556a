package io.shopflow.dashboard.customers;

import io.shopflow.dashboard.sales.PathId;
import io.shopflow.dashboard.signin.CurrentReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import org.jboss.logging.Logger;

/** Logs who reads what about which customer: single customers are personal data. */
@ApplicationScoped
class CustomerReads {
    private static final Logger LOG = Logger.getLogger(CustomerReads.class);

    private final CustomerOrders orders;
    private final CurrentReader reader;

    CustomerReads(CustomerOrders orders, CurrentReader reader) {
        this.orders = orders;
        this.reader = reader;
    }

    /**
     * The customer of an address. It is logged as the address has it, without line breaks.
     *
     * @throws NotFoundException if the warehouse does not have it
     */
    CustomerKey known(String source, String id) {
        if (!PathId.isPossible(source) || !PathId.isPossible(id)) {
            throw new NotFoundException();
        }
        CustomerKey key = CustomerKey.ofPath(source, id);
        if (!orders.exists(key)) {
            throw new NotFoundException();
        }
        LOG.infof("customer_read reader=%s customer=%s", reader.name(), key.path());
        return key;
    }
}
