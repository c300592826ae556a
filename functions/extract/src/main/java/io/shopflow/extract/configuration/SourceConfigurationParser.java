package io.shopflow.extract.configuration;

import io.shopflow.core.run.Problem;
import java.io.ByteArrayInputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the YAML file of a source. */
public final class SourceConfigurationParser {

    private static final List<String> KINDS = List.of("files", "woocommerce");

    private final UnaryOperator<@Nullable String> environment;

    /**
     * The parser.
     *
     * @param environment the value of an environment variable; null where it is not set
     */
    public SourceConfigurationParser(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * Reads a configuration.
     *
     * @param source the source's name
     * @param file what to call the file in messages
     * @throws ConfigurationException with every mistake in it
     */
    public SourceConfiguration parse(String source, String file, byte[] yaml)
            throws ConfigurationException {
        Section.Document document = new Section.Document(file, environment);
        Optional<SourceConfiguration> configuration =
                node(document, yaml)
                        .flatMap(
                                node ->
                                        Section.root(document, node)
                                                .flatMap(
                                                        root ->
                                                                configuration(
                                                                        source,
                                                                        root,
                                                                        ConfigurationHash.of(
                                                                                node))));
        if (!document.problems().isEmpty() || configuration.isEmpty()) {
            throw new ConfigurationException(
                    document.problems().stream()
                            .distinct()
                            .sorted(Comparator.comparing(SourceConfigurationParser::line))
                            .toList());
        }
        return configuration.get();
    }

    private static long line(Problem problem) {
        return problem.line() == null ? 0 : problem.line();
    }

    private static Optional<SourceConfiguration> configuration(
            String source, Section root, String hash) {
        Optional<String> kind = root.requiredText("kind", "files");
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return switch (kind.get()) {
            case "files" ->
                    new FileMappingParser(source, root)
                            .parse()
                            .map(mapping -> new SourceConfiguration.Files(mapping, hash));
            case "woocommerce" ->
                    WooCommerceSettingsParser.parse(root)
                            .map(settings -> new SourceConfiguration.WooCommerce(settings, hash));
            default -> {
                root.mistake(
                        "kind",
                        "mapping_value",
                        "'%s' is no kind of source; there are: %s."
                                .formatted(kind.get(), String.join(", ", KINDS)));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Node> node(Section.Document document, byte[] yaml) {
        LoadSettings settings =
                // Duplicates are found by ours, which can name both lines.
                LoadSettings.builder().setAllowDuplicateKeys(true).build();
        try {
            Optional<Node> node =
                    new Compose(settings).composeInputStream(new ByteArrayInputStream(yaml));
            if (node.isEmpty()) {
                document.add(
                        1, null, "mapping_missing", "The file is empty; begin with 'kind: files'.");
            }
            return node;
        } catch (MarkedYamlEngineException e) {
            document.add(
                    e.getProblemMark().map(mark -> mark.getLine() + 1L).orElse(1L),
                    null,
                    "mapping_syntax",
                    "This is no valid YAML: %s. Check indentation and quotes."
                            .formatted(e.getProblem()));
        } catch (YamlEngineException e) {
            document.add(
                    1,
                    null,
                    "mapping_syntax",
                    "The file is no valid YAML in UTF-8 (%s)."
                            .formatted(e.getClass().getSimpleName()));
        }
        return Optional.empty();
    }
}
