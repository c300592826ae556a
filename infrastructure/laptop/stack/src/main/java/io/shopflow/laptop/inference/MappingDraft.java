package io.shopflow.laptop.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A mapping in YAML, made of what the columns of some tables mean. */
final class MappingDraft {

    private static final List<String> STREAMS =
            List.of("orders", "order_items", "refunds", "customers", "products");

    private final Tables tables;
    private final Country country;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, List<StreamMapping>> streams = new LinkedHashMap<>();
    private final Set<String> states = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();

    private MappingDraft(List<Table> tables, String language) {
        this.tables = new Tables(tables);
        this.country = Country.of(this.tables, language);
    }

    /**
     * The mapping of these tables.
     *
     * @param language of most names of columns
     */
    static String yaml(List<Table> tables, String language) {
        MappingDraft draft = new MappingDraft(tables, language);
        tables.forEach(draft::add);
        draft.write();
        return draft.text.toString();
    }

    private void add(Table table) {
        long before = mappings();
        if (table.hasOrders()) {
            ordersOf(table);
        } else if (table.each() == null && table.hasCustomers()) {
            CustomerInference.of(table, tables).ifPresent(mapping -> add("customers", mapping));
        } else if (table.each() == null && table.hasProducts()) {
            ProductInference.of(table, tables).ifPresent(mapping -> add("products", mapping));
        }
        if (table.each() == null && mappings() == before && !tables.hasItemsApart(table)) {
            notes.add(
                    "# Check: %s is not mapped: its columns are neither those of orders with a date, nor of lines, customers or products."
                            .formatted(YamlText.comment(table.files().getFirst().name())));
        }
    }

    private long mappings() {
        return streams.values().stream().mapToLong(List::size).sum();
    }

    private void ordersOf(Table table) {
        if (table.each() == null && table.has(Role.ORDERED_AT)) {
            add("orders", OrderInference.of(table, tables));
            states.addAll(OrderInference.states(table));
            RefundInference.ofAmounts(table, tables).ifPresent(mapping -> add("refunds", mapping));
            CustomerInference.of(table, tables).ifPresent(mapping -> add("customers", mapping));
        }
        if (table.hasLines() && !tables.hasItemsApart(table)) {
            add("order_items", OrderItemInference.of(table, tables));
            if (RefundInference.hasReturns(table, tables)) {
                returnsOf(table);
            }
            if (!tables.haveProducts()) {
                ProductInference.of(table, tables).ifPresent(mapping -> add("products", mapping));
            }
        }
    }

    private void returnsOf(Table table) {
        RefundInference.ofReturns(table, tables)
                .ifPresentOrElse(
                        mapping -> add("refunds", mapping),
                        () ->
                                notes.add(
                                        "# Check: rows with a negative %s are left out. If they are returns: docs/reference/mapping.md#returns"
                                                .formatted(
                                                        YamlText.comment(
                                                                table.column(Role.QUANTITY)))));
    }

    private void add(String stream, StreamMapping mapping) {
        streams.computeIfAbsent(stream, none -> new ArrayList<>()).add(mapping);
    }

    private void write() {
        line("# Proposed from the names and values of columns in %s.".formatted(fileList()));
        line("# Lines with 'Check:' are guesses. Then: ./shopflow source check NAME --path DIR");
        line("");
        line("kind: files");
        line("# Check: the shop's time zone, currency and country.");
        line("zone: " + country.zone());
        line("currency: " + YamlText.of(country.currency()));
        line("country: " + YamlText.of(country.code()));
        writeDates();
        String numbers = tables.numbers().yaml();
        if (!numbers.isEmpty()) {
            line("numbers: " + numbers);
        }
        if (!tables.format().isEmpty()) {
            line("format: " + tables.format());
        }
        writeStates();
        line("");
        line(
                "# Check: add 'whole: true' to each stream if the next files have all rows again, 'whole: false' if new rows only.");
        line("streams:");
        writeStreams();
        if (!notes.isEmpty()) {
            line("");
            notes.forEach(this::line);
        }
        tables.all().forEach(this::writeUnused);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String fileList() {
        return YamlText.comment(
                tables.all().stream()
                        .flatMap(table -> table.files().stream())
                        .map(SampledFile::name)
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private void writeDates() {
        Set<String> formats = new LinkedHashSet<>();
        boolean ambiguous = false;
        for (Table table : tables.all()) {
            for (Role role : Role.DATES) {
                Optional<String> column = table.find(role);
                if (column.isPresent()) {
                    DateGuess guess =
                            DateGuess.of(table.distinct(column.get()), country.code().equals("US"));
                    formats.addAll(guess.formats());
                    ambiguous |= guess.ambiguous();
                }
            }
        }
        if (ambiguous) {
            line("# Check: every day is at most 12, so day and month may be the other way round.");
        }
        if (!formats.isEmpty() && !formats.equals(Set.of("iso"))) {
            List<String> quoted =
                    formats.stream()
                            .map(format -> format.contains(",") ? "\"" + format + "\"" : format)
                            .toList();
            line(
                    "dates: "
                            + (quoted.size() == 1
                                    ? quoted.getFirst()
                                    : "[" + String.join(", ", quoted) + "]"));
        }
    }

    private void writeStates() {
        if (states.isEmpty()) {
            return;
        }
        line("");
        line(
                "# Check: what each state of the shop means. Only processing, completed and refunded count as sales.");
        boolean any = states.stream().anyMatch(state -> Words.state(state).isPresent());
        line(any ? "statuses:" : "# statuses:");
        for (String state : states) {
            line(
                    Words.state(state)
                            .map(meaning -> "  %s: %s".formatted(YamlText.of(state), meaning))
                            .orElseGet(
                                    () ->
                                            "  # Unknown: %s: completed"
                                                    .formatted(
                                                            YamlText.of(YamlText.comment(state)))));
        }
    }

    private void writeStreams() {
        boolean first = true;
        for (String stream : STREAMS) {
            List<StreamMapping> mappings = streams.getOrDefault(stream, List.of());
            if (mappings.isEmpty()) {
                continue;
            }
            if (!first) {
                line("");
            }
            first = false;
            line("  " + stream + ":");
            for (StreamMapping mapping : mappings) {
                String indent = mappings.size() == 1 ? "    " : "    - ";
                for (String line : mapping.lines()) {
                    line(indent + line);
                    indent = mappings.size() == 1 ? "    " : "      ";
                }
            }
        }
    }

    private void writeUnused(Table table) {
        List<String> unused = table.each() == null ? tables.unused(table) : List.of();
        if (!unused.isEmpty()) {
            line("");
            line(
                    "# Columns of %s that no field uses: %s"
                            .formatted(
                                    YamlText.comment(table.files().getFirst().name()),
                                    YamlText.comment(String.join(", ", unused))));
        }
    }
}
