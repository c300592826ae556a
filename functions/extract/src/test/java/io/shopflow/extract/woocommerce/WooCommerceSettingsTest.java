package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WooCommerceSettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void secretsStayOutOfText() {
        assertThat(settings("https://shop.example", "ck_1", "cs_2", 100, MINUTE, MINUTE).toString())
                .contains("https://shop.example", "pageSize=100")
                .doesNotContain("ck_1", "cs_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://[::1]:80",
                "https://shop.example/shop"
            })
    void acceptsEncryptedAddressesAndThisMachine(String url) {
        assertThat(settings(url, "k", "s", 1, Duration.ZERO, MINUTE).url()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example, must begin with https",
        "http://127.evil.example, must begin with https",
        "ftp://shop.example, must be an address",
        "shop.example, must be an address",
        "https://a:b@shop.example, no credentials",
        "https://shop.example?consumer_key=1, no query"
    })
    void refusesAddressesThatWouldGiveTheKeyAway(String url, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 1, MINUTE, MINUTE))
                .withMessageContaining(why)
                .withMessageStartingWith("url ");
    }

    @Test
    void namesThePropertyThatIsWrong() {
        String url = "https://shop.example";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, " ", "s", 1, MINUTE, MINUTE))
                .withMessageContaining("key and secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "", 1, MINUTE, MINUTE))
                .withMessageContaining("key and secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 0, MINUTE, MINUTE))
                .withMessageContaining("page_size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 101, MINUTE, MINUTE))
                .withMessageContaining("page_size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 1, MINUTE.negated(), MINUTE))
                .withMessageContaining("overlap");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 1, MINUTE, Duration.ZERO))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, "k", "s", 1, MINUTE, MINUTE.negated()))
                .withMessageContaining("timeout");
    }

    private static WooCommerceSettings settings(
            String url,
            String key,
            String secret,
            int pageSize,
            Duration overlap,
            Duration timeout) {
        return new WooCommerceSettings(
                URI.create(url), key, secret, null, overlap, pageSize, timeout, Map.of());
    }
}
