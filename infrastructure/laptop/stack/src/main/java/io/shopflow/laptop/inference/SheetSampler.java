package io.shopflow.laptop.inference;

import io.shopflow.core.archive.ZipArchive;
import io.shopflow.core.workbook.SheetRows;
import io.shopflow.core.workbook.Workbook;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.inference.SampledFile.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the beginning of a workbook: of the sheet with the most columns, the first of these. */
final class SheetSampler {

    /** In so many rows, the header is found. */
    private static final int MOST_ROWS_OF_PREAMBLE = 30;

    private static final int MOST_SHEETS = 20;

    private SheetSampler() {}

    /**
     * A row.
     *
     * @param number in the sheet, from 1
     * @param texts of its columns; empty where it has no value
     */
    private record Row(int number, List<String> texts) {

        static Row of(SheetRows rows) {
            return new Row(
                    rows.number(),
                    IntStream.range(0, rows.count())
                            .mapToObj(rows::text)
                            .map(String::strip)
                            .toList());
        }

        long filled() {
            return texts.stream().filter(text -> !text.isEmpty()).count();
        }
    }

    /**
     * Reads a workbook.
     *
     * @param most characters
     */
    static SampledFile read(String name, ZipArchive archive, int most) throws IOException {
        try (Workbook workbook = Workbook.in(archive)) {
            String sheet = "";
            List<Row> best = List.of();
            for (String other : workbook.sheets().stream().limit(MOST_SHEETS).toList()) {
                List<Row> rows = rows(workbook, other, most, MOST_ROWS_OF_PREAMBLE);
                if (width(rows) > width(best)) {
                    sheet = other;
                    best = rows;
                }
            }
            if (best.isEmpty()) {
                throw new StackException("%s has no sheet with values.".formatted(name));
            }
            List<Row> rows = rows(workbook, sheet, most, Integer.MAX_VALUE);
            boolean first = workbook.firstSheet().equals(Optional.of(sheet));
            return sampled(name, first ? "" : sheet, rows, width(best));
        }
    }

    private static List<Row> rows(Workbook workbook, String sheet, int most, int mostRows)
            throws IOException {
        List<Row> all = new ArrayList<>();
        long characters = 0;
        try (SheetRows rows = workbook.rows(sheet).orElseThrow()) {
            while (all.size() < mostRows && characters < most && rows.next()) {
                Row row = Row.of(rows);
                all.add(row);
                characters += row.texts().stream().mapToInt(String::length).sum();
            }
        }
        return all;
    }

    /** The values of the row that has the most. */
    private static long width(List<Row> rows) {
        return rows.stream().mapToLong(Row::filled).max().orElse(0);
    }

    /** The header has a name for most columns; titles above it have fewer values. */
    private static SampledFile sampled(String name, String sheet, List<Row> rows, long width) {
        int header = 0;
        while (rows.get(header).filled() * 2 <= width) {
            header++;
        }
        List<String> names = rows.get(header).texts();
        List<Map<String, String>> values = new ArrayList<>();
        for (Row row : rows.subList(header + 1, rows.size())) {
            Map<String, String> byName = new LinkedHashMap<>();
            for (int column = 0; column < Math.min(names.size(), row.texts().size()); column++) {
                if (!row.texts().get(column).isEmpty()) {
                    byName.putIfAbsent(names.get(column), row.texts().get(column));
                }
            }
            values.add(byName);
        }
        int skip = header == 0 ? 0 : rows.get(header).number() - 1;
        return new SampledFile(
                name,
                Layout.xlsx(sheet, skip),
                names.stream().filter(column -> !column.isEmpty()).distinct().toList(),
                values,
                Map.of());
    }
}
