package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.privacy.Pseudonymiser;
import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.secrets.Secrets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An unusable key stops the function and is not shown. */
class PseudonymKeyTest {

    private static final byte[] BYTES = new byte[32];
    private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);

    @Test
    void aKeyOfEnoughBytesMakesPseudonyms() {
        PseudonymKey key =
                new PseudonymKey("2026-01", Base64.getEncoder().encodeToString(BYTES) + "\n");

        assertThat(key.pseudonymiser().keyId()).isEqualTo("2026-01");
        assertThat(key.pseudonymiser().token("x"))
                .isEqualTo(new Pseudonymiser("other", BYTES).token("x"));
    }

    @Test
    void whatIsNoBase64IsNamedButNotShown() {
        assertThatThrownBy(() -> new PseudonymKey("k", "s3cret$$$"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY")
                .hasMessageContaining("not Base64")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void aShortKeyIsNamed() {
        assertThatThrownBy(
                        () ->
                                new PseudonymKey(
                                        "k", Base64.getEncoder().encodeToString(new byte[31])))
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY")
                .hasMessageContaining("31 bytes");
    }

    @Test
    void theKeyComesFromASecret() {
        assertThat(
                        given(
                                        Map.of("SHOPFLOW_PSEUDONYM_KEY_SECRET", "keys/one"),
                                        Map.of("id", "2026-01", "key", BASE64))
                                .pseudonymiser()
                                .keyId())
                .isEqualTo("2026-01");
    }

    @Test
    void aSecretWithoutAKeyIsNamed() {
        assertThatThrownBy(
                        () ->
                                given(
                                        Map.of("SHOPFLOW_PSEUDONYM_KEY_SECRET", "keys/one"),
                                        Map.of("id", "2026-01")))
                .hasMessageContaining("keys/one")
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY_SECRET")
                .hasMessageContaining("'key'");
    }

    @Test
    void noKeyAtAllIsNamed() {
        assertThatThrownBy(() -> given(Map.of(), Map.of()))
                .hasMessageContaining("set SHOPFLOW_PSEUDONYM_KEY_SECRET, or both");
        assertThatThrownBy(() -> given(Map.of("SHOPFLOW_PSEUDONYM_KEY_ID", "k"), Map.of()))
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY_ID and SHOPFLOW_PSEUDONYM_KEY");
    }

    @Test
    void twoKeysAreNamed() {
        for (String plain : List.of("SHOPFLOW_PSEUDONYM_KEY_ID", "SHOPFLOW_PSEUDONYM_KEY")) {
            assertThatThrownBy(
                            () ->
                                    given(
                                            Map.of(
                                                    "SHOPFLOW_PSEUDONYM_KEY_SECRET",
                                                    "keys/one",
                                                    plain,
                                                    BASE64),
                                            Map.of("id", "2026-01", "key", BASE64)))
                    .hasMessageContaining("set either SHOPFLOW_PSEUDONYM_KEY_SECRET or")
                    .hasMessageNotContaining(BASE64);
        }
    }

    private static PseudonymKey given(Map<String, String> environment, Map<String, String> secret) {
        try (LocalSecrets server = LocalSecrets.start((key, name) -> {});
                Secrets secrets =
                        new Secrets(() -> LakeResource.client(server), Clock.systemUTC())) {
            server.put("keys/one", secret);
            return PseudonymKey.of(TransformConfigTest.config(environment), secrets);
        }
    }

    @Test
    void theKeyMustHaveAName() {
        assertThatThrownBy(() -> new PseudonymKey(" ", Base64.getEncoder().encodeToString(BYTES)))
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY_ID");
    }
}
