package io.shopflow.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.stream.StreamName;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final RunId RUN =
            RunId.ofMessage("message", Instant.parse("2026-01-31T23:59:59Z"));

    private static final PartId PART = new PartId("web_shop", RUN, StreamName.ORDER_ITEMS, 7);

    @Test
    void theKeysOfAPartSayWhatTheyAre() {
        String file = "web_shop-" + RUN + "-00007.csv";

        assertThat(PART.rawKey()).isEqualTo("raw/year=2026/month=01/day=31/order_items/" + file);
        assertThat(PART.cleanKey()).isEqualTo("clean/order_items/" + file);
        assertThat(PART.quarantineKey()).isEqualTo("quarantine/order_items/" + file);
        assertThat(PART.reportKey())
                .isEqualTo("reports/quality/web_shop/" + RUN + "/order_items-00007.json");
        assertThat(PART.rawKey())
                .startsWith(PartId.rawPrefix("web_shop", RUN, StreamName.ORDER_ITEMS));
    }

    @Property
    void aPartIsReadBackFromItsKeys(
            @ForAll StreamName stream, @ForAll @IntRange(min = 1, max = 999_999_999) int number) {
        PartId part = new PartId("s", RUN, stream, number);

        assertThat(PartId.ofKey(part.rawKey())).contains(part);
        assertThat(PartId.ofKey(part.cleanKey())).contains(part);
        assertThat(PartId.ofKey(part.quarantineKey())).contains(part);
        assertThat(PartId.ofKey(part.reportKey())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "raw/orders/shop-01JZ0000000000000000000000-00001.csv",
                "clean/orders/shop-01JZ0000000000000000000000-00000.csv",
                "clean/orders/shop-01JZ000000000000000000000I-00001.csv",
                "clean/orders/shop-81JZ0000000000000000000000-00001.csv",
                "clean/orders/shop-01JZ0000000000000000000000-1.csv",
                "clean/orders/shop-01JZ0000000000000000000000-00001.csv.gz",
                "clean/nonsense/shop-01JZ0000000000000000000000-00001.csv",
                "clean/orders/sh-op-01JZ0000000000000000000000-00001.csv",
                "other/clean/orders/shop-01JZ0000000000000000000000-00001.csv"
            })
    void otherKeysAreNoParts(String key) {
        assertThat(PartId.ofKey(key)).isEmpty();
    }

    @Test
    void partsAreNumberedFromOne() {
        assertThatThrownBy(() -> new PartId("s", RUN, StreamName.ORDERS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1");
    }

    @Test
    void aRunsOwnObjectsHaveTheirKeys() {
        assertThat(RunKeys.plan("shop", RUN)).isEqualTo("runs/shop/" + RUN + "/plan.json");
        assertThat(RunKeys.manifest("shop", RUN)).isEqualTo("runs/shop/" + RUN + "/manifest.json");
        assertThat(RunKeys.state("shop")).isEqualTo("state/shop.json");
        assertThat(RunKeys.sourceConfiguration("shop")).isEqualTo("config/sources/shop.yaml");
    }

    @Test
    void aManifestsKeyNamesItsRun() {
        assertThat(RunKeys.ofManifestKey(RunKeys.manifest("shop", RUN)))
                .contains(new RunKeys.ManifestKey("shop", RUN));
        assertThat(RunKeys.ofManifestKey(RunKeys.plan("shop", RUN))).isEmpty();
        assertThat(RunKeys.ofManifestKey("runs/shop/01JZ000000000000000000000I/manifest.json"))
                .isEmpty();
    }
}
