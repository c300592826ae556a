package io.shopflow.laptop.runs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes to the user the rejected rows that quarantine has. */
public final class QuarantinedRows {

    private static final String RULE = "rule";
    private static final String FIELD = "field";
    private static final String MESSAGE = "message";

    /** Columns that are not values of the rejected row. */
    private static final Set<String> NOT_OF_ROW =
            Set.of(RULE, FIELD, MESSAGE, StreamSchema.POSITION, StreamSchema.DEFECT);

    private final ObjectStore lake;
    private final @Nullable String rule;
    private final @Nullable String field;

    /**
     * Selects the rows that this rule rejected for this field; null means any rule, or any field.
     */
    public QuarantinedRows(ObjectStore lake, @Nullable String rule, @Nullable String field) {
        this.lake = lake;
        this.rule = rule;
        this.field = field;
    }

    /**
     * Two lines for each selected row of these parts, for at most this many rows; then a line with
     * the number of the others.
     */
    public List<String> lines(List<PartId> parts, int atMost) {
        List<String> lines = new ArrayList<>();
        int shown = 0;
        long more = 0;
        for (PartId part : parts) {
            try (Content content = lake.open(part.quarantineKey()).orElse(null)) {
                if (content == null) {
                    lines.add(
                            "%s does not exist any more: quarantine expires"
                                    .formatted(part.quarantineKey()));
                    continue;
                }
                try (CsvReader<NamedCsvRecord> rows = rows(content)) {
                    for (NamedCsvRecord row : rows) {
                        if (!isSelected(row)) {
                            continue;
                        }
                        if (shown == atMost) {
                            more++;
                            continue;
                        }
                        shown++;
                        lines.addAll(lines(part, row));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(part.quarantineKey(), e);
            }
        }
        if (more > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT, "and %,d more: --rows %d shows all", more, shown + more));
        }
        return lines;
    }

    /**
     * A message of each of these rules, by rule: the one of the first row of these parts that the
     * rule rejected. Rules that rejected none are left out.
     *
     * @param rules the search ends when each has a message
     */
    public Map<String, String> messages(List<PartId> parts, Set<String> rules) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (PartId part : parts) {
            try (Content content = lake.open(part.quarantineKey()).orElse(null)) {
                if (content == null) {
                    continue;
                }
                try (CsvReader<NamedCsvRecord> rows = rows(content)) {
                    for (NamedCsvRecord row : rows) {
                        String found = value(row, RULE);
                        if (rules.contains(found)) {
                            messages.putIfAbsent(found, Printable.text(value(row, MESSAGE)));
                        }
                        if (messages.size() == rules.size()) {
                            return messages;
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(part.quarantineKey(), e);
            }
        }
        return messages;
    }

    private static CsvReader<NamedCsvRecord> rows(Content content) {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(new InputStreamReader(content.body(), StandardCharsets.UTF_8));
    }

    private boolean isSelected(NamedCsvRecord row) {
        return (rule == null || rule.equals(value(row, RULE)))
                && (field == null || field.equals(value(row, FIELD)));
    }

    private static List<String> lines(PartId part, NamedCsvRecord row) {
        String position = value(row, StreamSchema.POSITION);
        String rejected = value(row, FIELD);
        String values =
                row.getHeader().stream()
                        .filter(column -> !NOT_OF_ROW.contains(column))
                        .filter(column -> !value(row, column).isEmpty())
                        .map(column -> column + "=" + Printable.text(value(row, column)))
                        .collect(Collectors.joining(", "));
        return List.of(
                Printable.text(
                        "%s%s: %s%s: %s"
                                .formatted(
                                        part.stream().canonicalName(),
                                        position.isEmpty() ? "" : " " + position,
                                        value(row, RULE),
                                        rejected.isEmpty() ? "" : " of " + rejected,
                                        value(row, MESSAGE))),
                "  " + values);
    }

    private static String value(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("");
    }
}
