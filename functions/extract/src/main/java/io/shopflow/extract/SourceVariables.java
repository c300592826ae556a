package io.shopflow.extract;

import io.shopflow.secrets.Secret;
import io.shopflow.secrets.SecretException;
import io.shopflow.secrets.SecretReference;
import io.shopflow.secrets.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code ${NAME}} in a source's configuration stands for. */
final class SourceVariables {

    private static final String SETTING = "SHOPFLOW_SOURCE_SECRETS";

    /** A shop's key that was changed is used this much later at most. */
    private static final Duration AGE = Duration.ofMinutes(5);

    private final UnaryOperator<@Nullable String> environment;
    private final List<SecretReference> references;
    private final Secrets secrets;

    /**
     * The variables of the environment, and of these secrets those that it has not.
     *
     * @param ids names or ARNs
     * @throws SecretException where a secret cannot be read, or two have the same variable
     */
    SourceVariables(
            UnaryOperator<@Nullable String> environment, List<String> ids, Secrets secrets) {
        this.environment = environment;
        this.references = ids.stream().map(id -> new SecretReference(SETTING, id.strip())).toList();
        this.secrets = secrets;
        checkNamesDiffer();
    }

    private void checkNamesDiffer() {
        Map<String, SecretReference> homes = new HashMap<>();
        for (SecretReference reference : references) {
            for (String name : secrets.read(reference, AGE).names()) {
                SecretReference other = homes.putIfAbsent(name, reference);
                if (other != null) {
                    throw new SecretException(
                            "Both %s and %s have the variable '%s': remove it from one of them."
                                    .formatted(other, reference, name));
                }
            }
        }
    }

    /** A variable's value; null where nothing has it. */
    @Nullable String get(String name) {
        String ofEnvironment = environment.apply(name);
        if (ofEnvironment != null) {
            return ofEnvironment;
        }
        for (SecretReference reference : references) {
            Secret secret = secrets.read(reference, AGE);
            String value = secret.fieldOrNull(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
