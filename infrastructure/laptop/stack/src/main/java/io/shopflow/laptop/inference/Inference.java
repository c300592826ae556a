package io.shopflow.laptop.inference;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.inference.Words.Meaning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A first mapping of some files of one source.
 *
 * @param yaml the mapping, with comments on what to check
 * @param title how the files were taken
 */
public record Inference(String yaml, String title) {

    private static final Pattern OWN_FORMAT = Pattern.compile("(?m)^format:.*\n");
    private static final Pattern FILE = Pattern.compile("\\bfile: *(\"[^\"]*\"|[^,}\\s]+)");

    /**
     * Proposes a mapping.
     *
     * @param home the repository, which has the mappings of known exports
     * @throws StackException if a file is not one that a mapping can read, or they are not in one
     *     folder
     */
    public static Inference of(Path home, List<Path> files) {
        List<Path> different =
                files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().toList();
        Path first = different.getFirst();
        different.stream()
                .filter(file -> !Objects.equals(file.getParent(), first.getParent()))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw new StackException(
                                    "%s and %s are in different folders. A source reads one folder: name files of one."
                                            .formatted(first, other));
                        });
        List<SampledFile> sampled = FileSampler.read(different);
        Map<KnownExport, List<SampledFile>> known = new EnumMap<>(KnownExport.class);
        for (SampledFile file : sampled) {
            KnownExport.of(file)
                    .ifPresent(
                            export ->
                                    known.computeIfAbsent(export, none -> new ArrayList<>())
                                            .add(file));
        }
        if (known.keySet().equals(Set.of(KnownExport.WOOCOMMERCE_PRODUCTS))) {
            // Its mapping is that of orders too.
            known.clear();
        }
        if (known.isEmpty()) {
            return proposed(sampled);
        }
        KnownExport export = known.keySet().iterator().next();
        List<SampledFile> mapped =
                switch (export) {
                    // Recognised by its orders; its other files belong to them.
                    case OLIST -> sampled;
                    case WOOCOMMERCE_PRODUCTS ->
                            Stream.of(export, KnownExport.WOOCOMMERCE_ORDERS)
                                    .flatMap(one -> known.getOrDefault(one, List.of()).stream())
                                    .toList();
                    case AMAZON, EBAY, ETSY, SHOPIFY, WOOCOMMERCE_ORDERS, SUPERSTORE, UCI ->
                            known.getOrDefault(export, List.of());
                };
        return recognised(home, export, mapped, sampled);
    }

    private static Inference recognised(
            Path home, KnownExport export, List<SampledFile> mapped, List<SampledFile> files) {
        String yaml;
        try {
            yaml = Files.readString(home.resolve("sources").resolve(export.mapping()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder text = new StringBuilder();
        text.append("# Recognised: ").append(export.title()).append(". ");
        text.append(
                """
                Check zone, currency, what the states mean, and country where it is set: they are the shop's,
                # and the file does not name them. Add 'whole: true' to each stream if the next files have all rows again,
                # 'whole: false' if they have new rows only.
                #
                """);
        List<SampledFile> others = files.stream().filter(file -> !mapped.contains(file)).toList();
        yaml = withFormat(yaml, mapped);
        text.append(export == KnownExport.OLIST ? yaml : withNames(yaml, mapped, others));
        if (!others.isEmpty()) {
            text.append("\n# Check: not of this export, and not mapped: ")
                    .append(
                            YamlText.comment(
                                    others.stream()
                                            .map(SampledFile::name)
                                            .collect(Collectors.joining(", "))))
                    .append(".\n");
        }
        return new Inference(text.toString(), "recognised as " + export.title());
    }

    /** The mapping of an export that somebody saved as workbooks; its own is that of CSV. */
    private static String withFormat(String yaml, List<SampledFile> files) {
        List<String> formats = files.stream().map(file -> file.layout().yaml()).distinct().toList();
        if (formats.size() > 1 || !files.getFirst().layout().isWorkbook()) {
            return yaml;
        }
        String format = Matcher.quoteReplacement("format: " + formats.getFirst() + "\n");
        return OWN_FORMAT
                .matcher(yaml)
                .replaceAll("")
                .replaceFirst("(?m)^streams:", format + "streams:");
    }

    /** The mapping with the names of these files, where its own names are not theirs alone. */
    private static String withNames(
            String yaml, List<SampledFile> files, List<SampledFile> others) {
        List<String> patterns =
                FILE.matcher(yaml).results().map(found -> found.group(1)).distinct().toList();
        boolean right =
                files.stream().allMatch(file -> fits(patterns, file))
                        && others.stream().noneMatch(file -> fits(patterns, file));
        // Which file belongs where, only the mapping's own names show.
        boolean severalKinds = files.size() > 1 && patterns.size() > 1;
        return right || severalKinds
                ? yaml
                : FILE.matcher(yaml)
                        .replaceAll(Matcher.quoteReplacement("file: " + FileNames.yaml(files)));
    }

    private static boolean fits(List<String> patterns, SampledFile file) {
        return patterns.stream().anyMatch(pattern -> fits(pattern, file.name()));
    }

    private static boolean fits(String pattern, String name) {
        String glob = pattern.replace("\"", "");
        return name.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }

    private static Inference proposed(List<SampledFile> files) {
        String language = language(files);
        Map<List<String>, List<SampledFile>> byColumns = new LinkedHashMap<>();
        files.forEach(
                file ->
                        byColumns
                                .computeIfAbsent(
                                        file.columns().stream().map(Words::plain).toList(),
                                        none -> new ArrayList<>())
                                .add(file));
        List<Table> tables = new ArrayList<>();
        for (List<SampledFile> same : byColumns.values()) {
            SampledFile first = same.getFirst();
            tables.add(
                    new Table(
                            same,
                            null,
                            first.columns(),
                            same.stream().flatMap(file -> file.rows().stream()).toList(),
                            language));
            for (Map.Entry<String, SampledFile.Rows> list : first.lists().entrySet()) {
                List<Map<String, String>> items = new ArrayList<>();
                for (SampledFile file : same) {
                    SampledFile.Rows rows = file.lists().get(list.getKey());
                    if (rows != null) {
                        items.addAll(rows.rows());
                    }
                }
                tables.add(
                        new Table(same, list.getKey(), list.getValue().columns(), items, language));
            }
        }
        if (tables.stream()
                .noneMatch(
                        table ->
                                table.hasOrders() || table.hasCustomers() || table.hasProducts())) {
            throw new StackException(
                    "No column of %s looks like the number of an order, a customer or a product. Found: %s. Write the mapping by hand, beginning with one of sources/examples."
                            .formatted(
                                    files.stream()
                                            .map(SampledFile::name)
                                            .collect(Collectors.joining(", ")),
                                    files.getFirst().columns().stream()
                                            .limit(20)
                                            .map(YamlText::comment)
                                            .collect(Collectors.joining(", "))));
        }
        return new Inference(
                MappingDraft.yaml(tables, language), "proposed from the columns' names and values");
    }

    /** The language in which most names of columns are known. */
    private static String language(List<SampledFile> files) {
        Map<String, Integer> counts = new TreeMap<>();
        for (SampledFile file : files) {
            for (String column : file.columns()) {
                Words.meanings(column).stream()
                        .map(Meaning::language)
                        .distinct()
                        .forEach(language -> counts.merge(language, 1, Integer::sum));
            }
        }
        Optional<Integer> most = counts.values().stream().max(Integer::compare);
        return most.isEmpty() || most.get().equals(counts.get("en"))
                ? "en"
                : counts.entrySet().stream()
                        .filter(count -> count.getValue().equals(most.get()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("en");
    }
}
