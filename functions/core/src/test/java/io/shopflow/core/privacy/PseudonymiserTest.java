package io.shopflow.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymiserTest {

    /**
     * The test cases 1, 2, 6 and 7 of RFC 4231, those whose data are text. HMAC fills keys that are
     * shorter than a block with zeros, so filling them before changes nothing.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4231#section-4">RFC 4231, section 4</a>
     */
    @ParameterizedTest
    @CsvSource({
        "11, 20, Hi There, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "170, 131, Test Using Larger Than Block-Size Key - Hash Key First,"
                + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "170, 131, This is a test using a larger than block-size key and a larger than block-size data. The key"
                + " needs to be hashed before being used by the HMAC algorithm.,"
                + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    })
    void tokensAreHmacSha256(int keyByte, int keyLength, String data, String token) {
        byte[] key = new byte[keyLength];
        Arrays.fill(key, (byte) keyByte);

        assertThat(new Pseudonymiser("k", filled(key)).token(data)).isEqualTo(token);
    }

    @Test
    void tokensAreHmacSha256OfAShortTextKeyToo() {
        byte[] key = "Jefe".getBytes(StandardCharsets.UTF_8);

        assertThat(new Pseudonymiser("k", filled(key)).token("what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void theSameValueGivesTheSameTokenUnderTheSameKeyOnly() {
        Pseudonymiser one = new Pseudonymiser("one", new byte[32]);
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        Pseudonymiser other = new Pseudonymiser("other", otherKey);

        assertThat(one.token("é@example.com")).isEqualTo(one.token("é@example.com")).hasSize(64);
        assertThat(one.token("a")).isNotEqualTo(one.token("b")).isNotEqualTo(other.token("a"));
        assertThat(other.keyId()).isEqualTo("other");
    }

    @Test
    void aShortKeyIsRefusedByName() {
        assertThatThrownBy(() -> new Pseudonymiser("2026-01", new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pseudonym key '2026-01' has 31 bytes; it needs at least 32");
    }

    private static byte[] filled(byte[] key) {
        return key.length < 32 ? Arrays.copyOf(key, 32) : key;
    }
}
