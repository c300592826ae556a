package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a shop answers when it, or what stands in front of it, is in trouble. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class ShopInTroubleTest {

    private static final Backoff QUICK =
            new Backoff(4, Duration.ofMillis(2), Duration.ofSeconds(3));

    private ScriptedShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ScriptedShop();
        for (int id = 1; id <= 5; id++) {
            shop.add("orders", order(id, "2026-07-01T10:00:0" + id));
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void readsAllPagesWithBasicAuthentication() throws Exception {
        Collected collected = new Collected();
        ScanResult result = read(Stream.ORDERS, null, collected);

        assertThat(result.finished()).isTrue();
        assertThat(result.problems()).isEmpty();
        assertThat(collected.ids(Stream.ORDERS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(result.counted()).containsEntry(Stream.ORDERS, 5L);
        assertThat(result.watermark()).isEqualTo(Instant.parse("2026-07-01T10:00:05Z"));
        assertThat(shop.authorizations)
                .containsOnly(
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "ck_key:cs_secret"
                                                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String order(int id, String modified) {
        return """
               {"id":%d,"status":"completed","currency":"GBP","date_created_gmt":"%s","date_modified_gmt":"%s"}"""
                .formatted(id, modified, modified);
    }

    private ScanResult read(Stream stream, Instant since, Collected collected) throws Exception {
        try (WooCommerceReader reader = new WooCommerceReader(shop.settings(), QUICK)) {
            return scan(reader, stream).read(since, null, collected);
        }
    }

    private static Scan scan(WooCommerceReader reader, Stream stream) {
        return reader.scans().stream()
                .filter(scan -> scan.streams().getFirst() == stream)
                .findFirst()
                .orElseThrow();
    }
}
