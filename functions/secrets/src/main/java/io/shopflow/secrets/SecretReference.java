package io.shopflow.secrets;

/**
 * A setting's reference to a secret.
 *
 * @param setting the environment variable that names it, for messages
 * @param id the secret's name or ARN
 */
public record SecretReference(String setting, String id) {

    /** Throws {@link SecretException} if the setting is empty. */
    public SecretReference {
        if (id.isBlank()) {
            throw new SecretException(
                    setting
                            + " is empty: set it to the name or ARN of a secret, or do not set it at all.");
        }
    }

    /** Setting and id as messages name them. */
    @Override
    public String toString() {
        return "the secret '%s' (%s)".formatted(id, setting);
    }
}
