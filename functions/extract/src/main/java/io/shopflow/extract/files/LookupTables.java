package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.extract.files.FieldMapping.Lookup;
import io.shopflow.extract.spill.SpillingMap;
import io.shopflow.extract.spill.SpillingMaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files in which others look up values. Each is read once per run and key, on first use. The
 * mapping registers its columns beforehand.
 */
final class LookupTables {

    private record TableId(String file, FileFormat format, String key) {}

    private final FileOpener opener;
    private final SpillingMaps maps;
    private final Map<TableId, Table> tables = new LinkedHashMap<>();

    LookupTables(FileOpener opener, SpillingMaps maps) {
        this.opener = opener;
        this.maps = maps;
    }

    /**
     * The table of a lookup; {@link #load} reads its rows.
     *
     * @param lines of the configuration that name columns
     */
    Table table(Lookup lookup, CellReader cells, Map<String, Long> lines) {
        return tables.computeIfAbsent(
                new TableId(lookup.file(), lookup.format(), lookup.key()),
                id -> new Table(id, cells, lines, maps.map()));
    }

    /**
     * Reads the registered tables of these files.
     *
     * @param streamFiles files that are also read as a stream, which reports their broken rows
     */
    Loaded load(Set<String> files, Set<String> streamFiles) {
        List<Problem> problems = new ArrayList<>();
        boolean usable = true;
        for (Table table : tables.values()) {
            if (files.contains(table.id.file())) {
                table.load(opener, streamFiles);
                problems.addAll(table.problems);
                usable &= table.usable;
            }
        }
        return new Loaded(problems, usable);
    }

    /**
     * The result of reading tables.
     *
     * @param usable false if a file is missing or unreadable
     */
    record Loaded(List<Problem> problems, boolean usable) {}

    /** Columns of one file, by a key column. */
    static final class Table {

        private final TableId id;
        private final CellReader cells;
        private final List<Column> columns = new ArrayList<>();

        /** The texts of the columns after the key, see {@link PackedTexts}. */
        private final SpillingMap rows;

        private final List<Problem> problems = new ArrayList<>();
        private boolean loaded;
        private boolean usable = true;

        private Table(TableId id, CellReader cells, Map<String, Long> lines, SpillingMap rows) {
            this.id = id;
            this.rows = rows;
            this.cells = cells;
            columns.add(new Column(id.key(), false).named(lines.get(id.key())));
        }

        /**
         * Registers a column before the rows are read.
         *
         * @param decimalSeparator see {@link Column}
         * @param lines of the configuration that name columns
         * @return the column's index for {@link #value}
         */
        int place(String name, String decimalSeparator, Map<String, Long> lines) {
            for (int place = 0; place < columns.size(); place++) {
                Column known = columns.get(place);
                if (known.name().equals(name)
                        && known.decimalSeparator().equals(decimalSeparator)) {
                    return place;
                }
            }
            columns.add(new Column(name, false, decimalSeparator).named(lines.get(name)));
            return columns.size() - 1;
        }

        /** The value in the row with this key; empty if there is none. */
        String value(String key, int place) {
            String row = rows.get(key);
            if (row == null) {
                return "";
            }
            return place == 0 ? key : PackedTexts.text(row, place - 1);
        }

        private void load(FileOpener opener, Set<String> streamFiles) {
            if (loaded) {
                return;
            }
            rows.clear();
            problems.clear();
            @Nullable Problem firstBroken = null;
            @Nullable Problem firstAmbiguous = null;
            try (Records records = opener.open(id.file(), id.format(), columns)) {
                while (records.next()) {
                    String key = cells.reference(records, 0);
                    List<String> texts = new ArrayList<>(columns.size() - 1);
                    for (int i = 1; i < columns.size(); i++) {
                        texts.add(cells.text(records, i));
                    }
                    String defect = records.defect();
                    if (defect != null) {
                        firstBroken =
                                firstBroken == null
                                        ? rowProblem(records.line(), defect)
                                        : firstBroken;
                    } else if (!key.isEmpty()) {
                        String row = PackedTexts.pack(texts);
                        String known = rows.get(key);
                        if (known == null) {
                            rows.put(key, row);
                        } else if (firstAmbiguous == null && !known.equals(row)) {
                            firstAmbiguous = ambiguous(records.line());
                        }
                    }
                }
            } catch (FileProblemException e) {
                usable = false;
                rows.clear();
                problems.add(opener.problem(null, id.file(), e));
            } catch (IOException e) {
                usable = false;
                problems.add(opener.unreadable(null, id.file(), e));
            }
            if (firstAmbiguous != null) {
                problems.add(firstAmbiguous);
            }
            if (firstBroken != null && !streamFiles.contains(id.file())) {
                problems.add(firstBroken);
            }
            loaded = true;
        }

        private Problem ambiguous(long line) {
            return Problem.of(
                            "lookup_ambiguous",
                            "Two rows of a file that values are looked up in have the same key and different values, perhaps others too. The first one is used. Leave one row for each key and run again.")
                    .in(id.file())
                    .atLine(line);
        }

        private Problem rowProblem(long line, String defect) {
            return Problem.of(
                            "lookup_row_broken",
                            "A row of a file that values are looked up in cannot be read (%s), perhaps others too. Correct the file and run again."
                                    .formatted(defect))
                    .in(id.file())
                    .atLine(line);
        }
    }
}
