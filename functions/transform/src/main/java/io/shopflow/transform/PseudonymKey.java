package io.shopflow.transform;

import io.shopflow.core.privacy.Pseudonymiser;
import java.util.Base64;

/** The key of all pseudonyms, checked once. */
final class PseudonymKey {

    private static final String HOW_TO =
            "SHOPFLOW_PSEUDONYM_KEY must be at least 32 random bytes in Base64; make one with: openssl rand -base64 32";

    private final String id;
    private final byte[] key;

    /**
     * Throws {@link IllegalArgumentException} naming the property where the key cannot be used; the
     * message does not have the key.
     *
     * @param base64 the key
     */
    PseudonymKey(String id, String base64) {
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "SHOPFLOW_PSEUDONYM_KEY_ID is empty; it names the key, for instance '2026-01'");
        }
        this.id = id;
        try {
            this.key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            // Without the cause: it quotes a character of the key.
            throw new IllegalArgumentException(HOW_TO + ". It is no Base64.");
        }
        if (key.length < 32) {
            throw new IllegalArgumentException(HOW_TO + ". It has %d bytes.".formatted(key.length));
        }
    }

    /** A pseudonymiser for one thread. */
    Pseudonymiser pseudonymiser() {
        return new Pseudonymiser(id, key);
    }
}
