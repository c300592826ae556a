package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.util.List;

/** A registered customer with the billing address; guests appear only on orders. */
final class CustomerMapping implements ObjectMapping {

    private final ShopTimes times;

    CustomerMapping(ShopTimes times) {
        this.times = times;
    }

    @Override
    public List<RawCsvRow> rows(JsonNode customer, String position) {
        JsonNode billing = customer.path("billing");
        return List.of(
                new RawCsvRow(StreamName.CUSTOMERS, position)
                        .set("id", customer.path("id"))
                        .set("email", customer.path("email"))
                        .set("phone", billing.path("phone"))
                        .set("first_name", customer.path("first_name"))
                        .set("last_name", customer.path("last_name"))
                        .set("company", billing.path("company"))
                        .set(
                                "street",
                                (billing.path("address_1").asText("")
                                                + " "
                                                + billing.path("address_2").asText(""))
                                        .strip())
                        .set("city", billing.path("city"))
                        .set("region", billing.path("state"))
                        .set("postcode", billing.path("postcode"))
                        .set("country", billing.path("country"))
                        .set("created_at", times.text(customer, "date_created"))
                        .set("updated_at", times.text(customer, "date_modified")));
    }
}
