package io.shopflow.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files and columns are shown unless they identify a person. */
class ProblemTest {

    @ParameterizedTest
    @CsvSource({
        "export of ada.lovelace@example.com.csv, export of ***",
        "uploads/+44 20 7946 0958/orders.csv, uploads/***/orders.csv",
        "4111-1111-1111-1111.csv, ***.csv"
    })
    void aNameOfAPersonIsMaskedInFileAndField(String name, String shown) {
        Problem problem = Problem.of("file_missing", "m").in(name).at(name);

        assertThat(problem.file()).isEqualTo(shown);
        assertThat(problem.field()).isEqualTo(shown);
        byte[] read =
                "{\"file\":\"%s\",\"rule\":\"r\",\"message\":\"m\"}"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(RunJson.read(read, Problem.class).file()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files/shop/orders_2026-01-31.csv",
                "files/shop/2026/01/31/export-20260131T101112.csv",
                "orders.csv.gz, returns 2026 01.csv",
                "sources/shop.yaml",
                "https://shop.example.com/graphql",
                "streams.orders.fields.total[3]",
                "Billing Address (1)"
            })
    void otherNamesStayAsTheyAre(String name) {
        Problem problem = Problem.of("file_missing", "m").in(name).at(name);

        assertThat(problem.file()).isEqualTo(name);
        assertThat(problem.field()).isEqualTo(name);
    }

    @Test
    void theAddressOfAnApiStaysAsItIs() {
        String address = "http://127.0.0.1:8080/wp-json/wc/v3/orders";

        assertThat(Problem.of("api_down", "m").in(address).file()).isEqualTo(address);
    }
}
