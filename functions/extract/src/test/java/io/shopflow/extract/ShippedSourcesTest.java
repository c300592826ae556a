package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.export.CsvExport;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own source configurations can read their data. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class ShippedSourcesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    Lake lake;

    @TempDir Path folder;

    @Test
    void generatedFilesAreReadWhole() throws Exception {
        CsvExport.Summary written =
                CsvExport.write(new CsvExport.Request(120, 40, 600, 7, folder, 0));

        RunManifest manifest = lake.run(lake.source(shipped("generated.yaml")), folder.toString());

        assertThat(manifest.problems()).isEmpty();
        assertThat(
                        manifest.streams().stream()
                                .collect(
                                        Collectors.toMap(
                                                StreamExtract::stream, StreamExtract::extracted)))
                .containsEntry("customers", written.customers())
                .containsEntry("products", written.products())
                .containsEntry("orders", written.transactions())
                .containsEntry("order_items", written.items());
        assertThat(lake.rows(manifest.source(), manifest.runId(), StreamName.ORDERS))
                .allSatisfy(row -> assertThat(row.get("_defect")).isEmpty());
    }

    @Test
    void dirtyGeneratedFilesAreReadToTheirEnd() throws Exception {
        CsvExport.write(new CsvExport.Request(120, 40, 600, 7, folder, 5));

        RunManifest manifest = lake.run(lake.source(shipped("generated.yaml")), folder.toString());

        assertThat(manifest.problems()).isEmpty();
        for (StreamExtract stream : manifest.streams()) {
            assertThat(stream.extracted()).isEqualTo(stream.counted());
        }
        assertThat(lake.rows(manifest.source(), manifest.runId(), StreamName.ORDERS))
                .extracting(row -> row.get("_defect").replaceAll(":.*", ""))
                .contains("ragged_row", "unclosed_quote", "");
    }

    @Test
    void aWooCommerceShopIsReadAndThenOnlyWhatChanged() {
        Shop shop =
                Shop.open(
                        ShopPlan.of(7, 30, 10, 80, NOW.minus(Duration.ofDays(30)), Duration.ZERO),
                        () -> NOW);
        try (ShopServer server = ShopServer.start(0, shop)) {
            String source =
                    lake.source(
                            """
                            kind: woocommerce
                            url: %s
                            key: %s
                            secret: %s
                            """
                                    .formatted(
                                            server.uri(),
                                            ShopServer.READ_KEY,
                                            ShopServer.CONSUMER_SECRET));

            RunManifest first = lake.run(source, null);
            RunManifest second = lake.run(source, null);

            assertThat(first.problems()).isEmpty();
            StreamExtract orders = orders(first);
            assertThat(orders.counted()).isEqualTo(orders.extracted()).isPositive();
            assertThat(orders.watermarkAfter()).isNotNull();
            assertThat(second.problems()).isEmpty();
            assertThat(second.full()).isFalse();
            assertThat(orders(second).watermarkBefore()).isEqualTo(orders.watermarkAfter());
            assertThat(orders(second).extracted()).isLessThan(orders.extracted());
            assertThat(lake.store().list("archive/" + source + "/")).isNotEmpty();
        }
    }

    private static StreamExtract orders(RunManifest manifest) {
        return manifest.streams().stream()
                .filter(stream -> stream.stream().equals("orders"))
                .findFirst()
                .orElseThrow();
    }

    private static String shipped(String name) throws Exception {
        return Files.readString(Path.of(System.getProperty("shopflow.home"), "sources", name));
    }
}
