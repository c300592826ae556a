package io.shopflow.transform;

import io.shopflow.core.privacy.Pseudonymiser;
import io.shopflow.secrets.Secret;
import io.shopflow.secrets.SecretReference;
import io.shopflow.secrets.Secrets;
import java.time.Duration;
import java.util.Base64;

/** The key of all pseudonyms, checked once. */
final class PseudonymKey {

    private static final String HOW_TO =
            "the pseudonym key (SHOPFLOW_PSEUDONYM_KEY, or 'key' in SHOPFLOW_PSEUDONYM_KEY_SECRET) must be at least 32 random bytes in Base64; make one with: openssl rand -base64 32";

    private static final String SECRET = "SHOPFLOW_PSEUDONYM_KEY_SECRET";
    private static final String PLAIN = "SHOPFLOW_PSEUDONYM_KEY_ID and SHOPFLOW_PSEUDONYM_KEY";

    private final String id;
    private final byte[] key;

    /** The key from a secret or from the settings themselves. */
    static PseudonymKey of(TransformConfig config, Secrets secrets) {
        if (config.pseudonymKeySecret().isEmpty()) {
            if (config.pseudonymKeyId().isEmpty() || config.pseudonymKey().isEmpty()) {
                throw new IllegalArgumentException(
                        "There is no pseudonym key: set %s, or both %s.".formatted(SECRET, PLAIN));
            }
            return new PseudonymKey(config.pseudonymKeyId().get(), config.pseudonymKey().get());
        }
        if (config.pseudonymKeyId().isPresent() || config.pseudonymKey().isPresent()) {
            throw new IllegalArgumentException(
                    "There are two pseudonym keys: set either %s or %s.".formatted(SECRET, PLAIN));
        }
        Secret secret =
                secrets.read(
                        new SecretReference(SECRET, config.pseudonymKeySecret().get()),
                        Duration.ZERO);
        return new PseudonymKey(secret.field("id"), secret.field("key"));
    }

    /**
     * Throws {@link IllegalArgumentException} naming the property if the key is unusable; the
     * message does not contain the key.
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
            // Without the cause, which quotes a character of the key.
            throw new IllegalArgumentException(HOW_TO + ". It is not Base64.");
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
