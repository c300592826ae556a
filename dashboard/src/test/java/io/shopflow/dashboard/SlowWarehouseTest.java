package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that take longer than their transaction may. */
@QuarkusTest
@TestProfile(SlowWarehouseTest.ShortTransactions.class)
@QuarkusTestResource(WarehouseServer.class)
class SlowWarehouseTest {

    public static class ShortTransactions implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.transaction-manager.default-transaction-timeout", "1S");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?range=all", "/api/v1/overview"})
    void aRequestThatOutlastsItsTransactionCanBeRetried(String address) {
        Warehouse warehouse = Warehouse.empty().smallShop();
        Warehouse.refreshMarts();
        Response response =
                warehouse.whileLocked("marts.sums_by_day", 3, () -> given().get(address));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("10");
        given().get(address).then().statusCode(200);
    }
}
