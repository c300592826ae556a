package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.extract.files.FileMapping.FieldMapping.Lookup;
import io.shopflow.extract.files.FileMapping.FileFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that others look values up in, each read once a run and key, when first needed. Mapping
 * first registers what it will ask for.
 */
final class LookupTables {

    private record TableId(String file, FileFormat format, String key) {}

    private final FileOpener opener;
    private final Map<TableId, Table> tables = new LinkedHashMap<>();

    LookupTables(FileOpener opener) {
        this.opener = opener;
    }

    /** The table that a lookup needs, with its column; its rows come with {@link #load}. */
    Table table(Lookup lookup) {
        Table table =
                tables.computeIfAbsent(
                        new TableId(lookup.file(), lookup.format(), lookup.key()), Table::new);
        table.addColumn(lookup.column());
        return table;
    }

    /**
     * Reads the tables that are needed of these files.
     *
     * @param streamFiles files that are read as a stream as well: their broken rows are reported
     *     there
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
     * What came of reading tables.
     *
     * @param usable false where a whole file is missing or unreadable
     */
    record Loaded(List<Problem> problems, boolean usable) {}

    /** The columns of one file, by one of its columns. */
    static final class Table {

        private static final String[] NO_ROW = {};

        private final TableId id;
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final Map<String, String[]> rows = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private boolean loaded;
        private boolean usable = true;

        private Table(TableId id) {
            this.id = id;
            addColumn(id.key());
        }

        private void addColumn(String name) {
            places.putIfAbsent(name, places.size());
        }

        /** Where {@link #value} finds a column. */
        int place(String column) {
            Integer place = places.get(column);
            if (place == null) {
                throw new IllegalStateException("not registered: " + column);
            }
            return place;
        }

        /** The value in the row with this key; empty where there is none. */
        String value(String key, int place) {
            String[] row = rows.getOrDefault(key, NO_ROW);
            return row.length == 0 ? "" : row[place];
        }

        private void load(FileOpener opener, Set<String> streamFiles) {
            if (loaded) {
                return;
            }
            loaded = true;
            List<Column> columns =
                    places.keySet().stream().map(name -> new Column(name, false)).toList();
            @Nullable Problem firstBroken = null;
            try (Records records = opener.open(id.file(), id.format(), columns)) {
                while (records.next()) {
                    String[] row = new String[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = records.text(i);
                    }
                    String defect = records.defect();
                    if (defect == null) {
                        rows.putIfAbsent(row[0], row);
                    } else if (firstBroken == null) {
                        firstBroken = rowProblem(records.line(), defect);
                    }
                }
            } catch (FileProblemException e) {
                usable = false;
                problems.add(opener.problem(null, id.file(), e));
            } catch (IOException e) {
                usable = false;
                problems.add(opener.unreadable(null, id.file(), e));
            }
            if (firstBroken != null && !streamFiles.contains(id.file())) {
                problems.add(firstBroken);
            }
        }

        private Problem rowProblem(long line, String defect) {
            return new Problem(
                    null,
                    id.file(),
                    line,
                    null,
                    "lookup_row_broken",
                    "A row of a file that values are looked up in cannot be read (%s), perhaps others too. Correct the file and run again."
                            .formatted(defect));
        }
    }
}
