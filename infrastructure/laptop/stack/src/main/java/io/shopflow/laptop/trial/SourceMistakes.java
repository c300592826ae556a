package io.shopflow.laptop.trial;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceName;
import io.shopflow.extract.ConfigurationCheck;
import io.shopflow.extract.configuration.EnvironmentVariables;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.supervisor.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mistakes in a source's configuration. They are found in this process, before a stack starts,
 * because a stack takes a minute.
 */
public final class SourceMistakes {

    private static final String ALLOWED = "SHOPFLOW_SOURCE_ALLOWED_VARIABLES";

    private SourceMistakes() {}

    /** Those of a source, which must exist, ordered by line. */
    public static List<Problem> of(SourceConfigurations sources, String source) {
        Map<String, String> variables = Deployment.variablesOfSources();
        Set<String> allowed =
                Stream.of(variables.getOrDefault(ALLOWED, "").split(",", -1))
                        .map(String::strip)
                        .collect(Collectors.toSet());
        return new ConfigurationCheck(new EnvironmentVariables(variables::get, allowed))
                .mistakes(source, SourceName.file(source), sources.yaml(source));
    }
}
