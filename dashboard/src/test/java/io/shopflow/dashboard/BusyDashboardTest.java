package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More requests than connections to the database, which is up. */
@QuarkusTest
@TestProfile(BusyDashboardTest.OneConnection.class)
@QuarkusTestResource(WarehouseServer.class)
class BusyDashboardTest {

    public static class OneConnection implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.jdbc.max-size",
                    "1",
                    "quarkus.datasource.jdbc.acquisition-timeout",
                    "1S");
        }
    }

    /** With a hundred readers at once, the pages reported that the database was unavailable. */
    @ParameterizedTest
    @ValueSource(strings = {"/?range=all", "/api/v1/overview", "/runs", "/api/v1/runs"})
    void aRequestWithoutAConnectionDoesNotReportThatTheDatabaseIsUnavailable(String address) {
        Warehouse warehouse = Warehouse.empty().smallShop();
        Warehouse.refreshMarts();
        String locked = address.contains("runs") ? "etl.runs" : "marts.sums_by_day";
        List<Response> answers =
                warehouse.whileLocked(
                        locked,
                        4,
                        () -> {
                            List<CompletableFuture<Response>> both =
                                    Stream.of(address, address)
                                            .map(
                                                    each ->
                                                            CompletableFuture.supplyAsync(
                                                                    () -> given().get(each),
                                                                    task ->
                                                                            new Thread(task)
                                                                                    .start()))
                                            .toList();
                            return both.stream().map(CompletableFuture::join).toList();
                        });
        assertThat(answers.stream().map(Response::statusCode)).containsExactlyInAnyOrder(200, 503);
        Response busy =
                answers.stream().filter(one -> one.statusCode() == 503).findFirst().orElseThrow();
        assertThat(busy.header("Retry-After")).isEqualTo("10");
        assertThat(busy.asString())
                .contains("has more requests than connections to the database at the moment")
                .doesNotContain("unavailable", "cannot be read", "Exception");
        given().get(address).then().statusCode(200);
    }
}
