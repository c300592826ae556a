package io.shopflow.extract;

import io.shopflow.extract.configuration.EnvironmentVariables;
import io.shopflow.secrets.SecretException;
import io.shopflow.secrets.SecretReference;
import io.shopflow.secrets.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code ${NAME}} in a source's configuration. A source sees the environment
 * variables that begin with {@code SHOPFLOW_} and its own name, the data bucket's name, the
 * variables allowed by name, and its own secrets. So a configuration cannot make the function send
 * its own credentials, or another source's, anywhere.
 */
final class SourceVariables {

    private static final String SETTING = "SHOPFLOW_SOURCE_SECRETS";

    /** The longest time until a changed key of a shop is used. */
    private static final Duration AGE = Duration.ofMinutes(5);

    /** Secrets Manager appends six random characters to an ARN. */
    private static final Pattern ARN_END = Pattern.compile("-[A-Za-z0-9]{6}$");

    private final EnvironmentVariables environment;
    private final List<SecretReference> references;
    private final Secrets secrets;

    /**
     * The variables of all sources.
     *
     * @param allowed names of variables of the environment that every source may refer to
     * @param ids names or ARNs of secrets; the last part of the name is the source's
     * @throws SecretException if a secret cannot be read
     */
    SourceVariables(
            UnaryOperator<@Nullable String> environment,
            List<String> allowed,
            List<String> ids,
            Secrets secrets) {
        this.environment =
                new EnvironmentVariables(
                        environment,
                        allowed.stream().map(String::strip).collect(Collectors.toSet()));
        this.references = ids.stream().map(id -> new SecretReference(SETTING, id.strip())).toList();
        this.secrets = secrets;
        references.forEach(reference -> secrets.read(reference, AGE));
    }

    /**
     * A variable's value; the environment takes precedence over the secret. Null if the source has
     * none.
     */
    @Nullable String get(String source, String name) {
        String own = environment.value(source, name);
        if (own != null) {
            return own;
        }
        for (SecretReference reference : references) {
            if (sourceOf(reference.id()).equals(source)) {
                String value = secrets.read(reference, AGE).fieldOrNull(name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private static String sourceOf(String id) {
        String last = id.substring(id.lastIndexOf('/') + 1);
        return id.startsWith("arn:") ? ARN_END.matcher(last).replaceFirst("") : last;
    }
}
