package io.shopflow.laptop.trial;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.privacy.Masking;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.laptop.runs.Printable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The first rows of a stream as the mapping and the cleaning have made them. */
final class MappedRows {

    private static final String TOKEN = "_token";
    private static final String MINOR = "_minor";
    private static final String CURRENCY = "currency";

    /** Columns that are irrelevant to the mapping. */
    private static final Set<String> OURS =
            Set.of(StreamSchema.VERSION_AT, StreamSchema.SOURCE_ROW, StreamSchema.IS_DELETED);

    private final ObjectStore lake;

    MappedRows(ObjectStore lake) {
        this.lake = lake;
    }

    /** A line for each of the first rows; personal values are masked. */
    List<String> lines(String source, RunId run, StreamName stream, int atMost) {
        List<String> lines = new ArrayList<>();
        for (int part = 1; lines.size() < atMost; part++) {
            PartId id = new PartId(source, run, stream, part);
            try (Content content = lake.open(id.cleanKey()).orElse(null)) {
                if (content == null) {
                    break;
                }
                add(content, lines, atMost);
            } catch (IOException e) {
                throw new UncheckedIOException(id.cleanKey(), e);
            }
        }
        return lines;
    }

    private static void add(Content content, List<String> lines, int atMost) throws IOException {
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder()
                        .ofNamedCsvRecord(
                                new InputStreamReader(content.body(), StandardCharsets.UTF_8))) {
            for (NamedCsvRecord row : rows) {
                if (lines.size() == atMost) {
                    return;
                }
                lines.add(line(row));
            }
        }
    }

    private static String line(NamedCsvRecord row) {
        String currency = row.findField(CURRENCY).orElse("");
        List<String> cells = new ArrayList<>();
        for (String column : row.getHeader()) {
            String value = row.getField(column);
            if (value.isEmpty() || OURS.contains(column)) {
                continue;
            }
            if (column.endsWith(TOKEN)) {
                cells.add(without(column, TOKEN) + "=" + Masking.MASK);
            } else if (column.endsWith(MINOR) && !currency.isEmpty()) {
                cells.add(without(column, MINOR) + "=" + Amounts.formatted(value, currency));
            } else {
                cells.add(column + "=" + Printable.text(value));
            }
        }
        return String.join(", ", cells);
    }

    private static String without(String column, String suffix) {
        return column.substring(0, column.length() - suffix.length());
    }
}
