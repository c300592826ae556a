package io.shopflow.extract.configuration;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceName;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.yaml.YamlObject;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the YAML file of a source. */
public final class SourceConfigurationParser {

    /** Largest size of a configuration in bytes. */
    public static final int MAX_BYTES = YamlLimits.MAX_BYTES;

    /** The most mistakes reported at once. */
    private static final int MAX_MISTAKES = 50;

    private final List<SourceKind> kinds;
    private final Variables variables;

    /** The values of {@code ${NAME}}. */
    public interface Variables {

        /** The value of a source's variable; null if it has none of this name. */
        @Nullable String value(String source, String name);
    }

    /**
     * The parser.
     *
     * @param kinds of sources
     * @param variables the values of references
     */
    public SourceConfigurationParser(List<SourceKind> kinds, Variables variables) {
        this.kinds = List.copyOf(kinds);
        this.variables = variables;
    }

    /**
     * Reads a configuration.
     *
     * @param source the source's name
     * @param file the file's name in messages
     * @throws ConfigurationException with every mistake in it
     */
    public SourceConfiguration parse(String source, String file, byte[] yaml)
            throws ConfigurationException {
        Optional<String> conflict = SourceName.conflict(source);
        if (conflict.isPresent()) {
            throw new ConfigurationException(
                    List.of(Problem.of("source_name_reserved", conflict.get()).in(file)));
        }
        YamlObject.Document document =
                new YamlObject.Document(file, name -> variables.value(source, name));
        Optional<Node> node = node(document, yaml);
        Optional<YamlObject> root = node.flatMap(found -> YamlObject.root(document, found));
        Optional<SourceKind> kind = root.flatMap(this::kind);
        Optional<ConfiguredSource> configured =
                kind.flatMap(found -> found.parse(source, file, root.orElseThrow()));
        if (!document.problems().isEmpty() || configured.isEmpty()) {
            throw new ConfigurationException(limited(document.problems()));
        }
        return new SourceConfiguration(
                configured.get(),
                ConfigurationHash.of(
                        node.orElseThrow(), kind.orElseThrow().keysWithoutEffectOnRows()));
    }

    private static List<Problem> limited(List<Problem> problems) {
        List<Problem> all =
                problems.stream()
                        .distinct()
                        .sorted(Comparator.comparing(SourceConfigurationParser::line))
                        .toList();
        if (all.size() <= MAX_MISTAKES) {
            return all;
        }
        List<Problem> limited = new ArrayList<>(all.subList(0, MAX_MISTAKES));
        limited.add(
                Problem.of(
                                "mapping_mistakes",
                                "And %s. Correct these first."
                                        .formatted(
                                                Counted.of(
                                                        all.size() - MAX_MISTAKES, "more mistake")))
                        .in(all.getFirst().file()));
        return limited;
    }

    private static long line(Problem problem) {
        return problem.line() == null ? 0 : problem.line();
    }

    private Optional<SourceKind> kind(YamlObject root) {
        Optional<String> name = root.requiredText("kind", "files");
        Optional<SourceKind> kind =
                name.flatMap(
                        wanted ->
                                kinds.stream()
                                        .filter(known -> known.name().equals(wanted))
                                        .findFirst());
        if (name.isPresent() && kind.isEmpty()) {
            root.invalid(
                    "kind",
                    "'%s' is not a kind of source; use one of: %s."
                            .formatted(
                                    YamlObject.shown(name.get()),
                                    kinds.stream()
                                            .map(SourceKind::name)
                                            .collect(Collectors.joining(", "))));
        }
        return kind;
    }

    private static Optional<Node> node(YamlObject.Document document, byte[] yaml) {
        LoadSettings settings =
                LoadSettings.builder()
                        // Our own check finds duplicates and can name both lines.
                        .setAllowDuplicateKeys(true)
                        // YamlLimits counts aliases together with the nodes that they repeat.
                        .setMaxAliasesForCollections(Integer.MAX_VALUE)
                        .build();
        try {
            Optional<Long> beyond = YamlLimits.lineBeyond(yaml, settings);
            if (beyond.isPresent()) {
                document.add(beyond.get(), null, "mapping_limit", YamlLimits.EXPLANATION);
                return Optional.empty();
            }
            Optional<Node> node =
                    new Compose(settings).composeInputStream(new ByteArrayInputStream(yaml));
            if (node.isPresent() && !YamlLimits.fits(node.get())) {
                document.add(1, null, "mapping_limit", YamlLimits.EXPLANATION);
                return Optional.empty();
            }
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
                    "This is not valid YAML: %s. Check indentation and quotes."
                            .formatted(YamlObject.shown(String.valueOf(e.getProblem()))));
        } catch (YamlEngineException e) {
            document.add(
                    1,
                    null,
                    "mapping_syntax",
                    "The file is not valid YAML in UTF-8 (%s)."
                            .formatted(e.getClass().getSimpleName()));
        }
        return Optional.empty();
    }
}
