package io.shopflow.extract.configuration;

import io.shopflow.extract.configuration.SourceConfigurationParser.Variables;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that a source may refer to: those that begin with {@code SHOPFLOW_} and
 * its own name, the data bucket's name, and the variables allowed by name.
 *
 * @param environment the process's variables
 * @param allowed names that every source may refer to
 */
public record EnvironmentVariables(UnaryOperator<@Nullable String> environment, Set<String> allowed)
        implements Variables {

    private static final String BUCKET = "SHOPFLOW_BUCKET";

    public EnvironmentVariables {
        allowed = Set.copyOf(allowed);
    }

    @Override
    public @Nullable String value(String source, String name) {
        boolean own = name.startsWith("SHOPFLOW_" + source.toUpperCase(Locale.ROOT) + "_");
        return own || name.equals(BUCKET) || allowed.contains(name)
                ? environment.apply(name)
                : null;
    }
}
