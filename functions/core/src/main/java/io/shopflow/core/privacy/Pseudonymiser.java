package io.shopflow.core.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed pseudonyms: HMAC-SHA-256 (RFC 2104) of a normalised value. The same value gives the same
 * token under the same key; without the key a token cannot be computed or checked. Not thread-safe.
 */
public final class Pseudonymiser {

    private static final int MIN_KEY_BYTES = 32;

    private final String keyId;
    private final Mac mac;

    /**
     * @param keyId recorded with every token that the key made
     * @param key at least 32 bytes
     */
    public Pseudonymiser(String keyId, byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the pseudonym key '%s' has %d bytes; it needs at least %d"
                            .formatted(keyId, key.length, MIN_KEY_BYTES));
        }
        this.keyId = keyId;
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The id of the key in use. */
    public String keyId() {
        return keyId;
    }

    /** The token of a normalised value: 64 hexadecimal digits. */
    public String token(String normalised) {
        return HexFormat.of().formatHex(mac.doFinal(normalised.getBytes(StandardCharsets.UTF_8)));
    }
}
