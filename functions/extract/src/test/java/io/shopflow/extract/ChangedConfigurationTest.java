package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.stream.StreamName;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next plain run applies a corrected mapping or state to old rows. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class ChangedConfigurationTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    Lake lake;

    @Test
    void aStateAddedToAShopsStatusesBringsItsOrdersBackByTheNextPlainRun() {
        Shop shop = Shop.open(ShopPlan.of(7, 30, 10, 80, NOW, Duration.ZERO), () -> NOW);
        long order = shop.orderIds().getFirst();
        shop.corruptOrder(order, "/status", TextNode.valueOf("awaiting-pickup"));
        try (ShopServer server = ShopServer.start(0, shop)) {
            String yaml =
                    """
                    kind: woocommerce
                    url: %s
                    key: %s
                    secret: %s
                    """
                            .formatted(
                                    server.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET);
            String source = lake.source(yaml);
            RunManifest first = lake.run(source, null);
            RunManifest second = lake.run(source, null);
            assertThat(first.full()).isTrue();
            assertThat(second.full()).isFalse();
            assertThat(lake.rows(source, second.runId(), StreamName.ORDERS)).hasSizeLessThan(10);

            lake.configure(source, yaml + "statuses: {awaiting-pickup: processing}\n");
            RunManifest mended = lake.run(source, null);

            assertThat(mended.problems()).isEmpty();
            assertThat(mended.full()).isTrue();
            assertThat(mended.notes())
                    .extracting(RunNote::message)
                    .containsExactly(
                            "The configuration has changed: the source is read again from the start.");
            assertThat(lake.rows(source, mended.runId(), StreamName.ORDERS))
                    .extracting(row -> row.get("id"))
                    .contains("" + order)
                    .hasSize(shop.orderIds().size());

            lake.configure(
                    source,
                    "# As before, in smaller pages.\n"
                            + yaml
                            + "page_size: 50\nstatuses: {awaiting-pickup: processing}\n");
            RunManifest after = lake.run(source, null);
            assertThat(after.full()).isFalse();
            assertThat(after.notes()).isEmpty();
        }
    }

    @Test
    void aMendedMappingOfFilesIsNamedByTheNextRun(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("sellers.csv"), "id,town,city\ns1,Leeds,York\n");
        String yaml =
                """
                kind: files
                zone: UTC
                streams:
                  sellers:
                    file: sellers.csv
                    fields: {id: id, city: town}
                """;
        String source = lake.source(yaml);
        lake.run(source, folder.toString());
        RunManifest second = lake.run(source, folder.toString());
        assertThat(second.notes()).isEmpty();
        assertThat(snapshots(second)).isEmpty();

        lake.configure(source, yaml.replace("city: town", "city: city"));
        RunManifest mended = lake.run(source, folder.toString());

        assertThat(mended.notes())
                .extracting(RunNote::rule)
                .containsExactly("configuration_changed");
        assertThat(lake.rows(source, mended.runId(), StreamName.SELLERS))
                .extracting(row -> row.get("city"))
                .containsExactly("York");
        assertThat(snapshots(mended))
                .as("what is read now replaces what was read otherwise")
                .containsExactly("sellers");
    }

    private Set<String> snapshots(RunManifest run) {
        byte[] plan = lake.store().read(RunKeys.plan(run.source(), run.runId())).orElseThrow();
        return RunJson.read(plan, RunPlan.class).snapshots();
    }
}
