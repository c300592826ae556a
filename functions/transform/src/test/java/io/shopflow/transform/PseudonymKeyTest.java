package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.privacy.Pseudonymiser;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A key that cannot be used stops the function and is not shown. */
class PseudonymKeyTest {

    private static final byte[] BYTES = new byte[32];

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
                .hasMessageContaining("no Base64")
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
    void theKeyMustHaveAName() {
        assertThatThrownBy(() -> new PseudonymKey(" ", Base64.getEncoder().encodeToString(BYTES)))
                .hasMessageContaining("SHOPFLOW_PSEUDONYM_KEY_ID");
    }
}
