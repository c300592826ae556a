package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.RawText;
import io.shopflow.core.text.Counted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the columns that a mapping reads in a file's header. A place is one of these columns. */
final class TableHeader {

    /** A wider first line is not a header but data, or a transposed table. */
    static final int MAX_COLUMNS = 10_000;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");

    private final int size;

    /** The index in the header of each of these columns; -1 if an optional one is missing. */
    private final int[] indexes;

    /** By the place of a pattern: the indexes in the header of the columns that match it. */
    private final Map<Integer, List<Integer>> matching;

    private TableHeader(int size, int[] indexes, Map<Integer, List<Integer>> matching) {
        this.size = size;
        this.indexes = indexes;
        this.matching = matching;
    }

    /** Reads the header, and finds the columns. */
    static TableHeader of(TableRows rows, List<Column> columns)
            throws FileProblemException, IOException {
        if (!rows.next()) {
            throw new FileProblemException(
                    Problem.of("file_empty", "The file has no content, not even a header."));
        }
        checkReadable(rows);
        List<@Nullable String> texts = texts(rows);
        List<String> names =
                texts.stream().map(name -> name == null ? "" : RawText.comparable(name)).toList();
        String doubt = HeaderEncoding.doubt(texts, rows.encoding());
        return new TableHeader(
                names.size(), indexes(names, doubt, rows, columns), matching(names, columns));
    }

    /** Number of columns. */
    int size() {
        return size;
    }

    /** Index of the column at a place; -1 if an optional column is missing. */
    int index(int place) {
        return indexes[place];
    }

    /** Indexes of the columns that match the pattern at a place. */
    List<Integer> matching(int place) {
        return matching.getOrDefault(place, List.of());
    }

    private static void checkReadable(TableRows rows) throws FileProblemException {
        String defect = rows.defect();
        if (defect != null) {
            throw new FileProblemException(
                    Problem.of("header_broken", "The header cannot be read: " + defect + ".")
                            .atLine(rows.line()));
        }
        if (rows.fieldCount() > MAX_COLUMNS) {
            throw new FileProblemException(
                    Problem.of(
                                    "header_too_wide",
                                    "The header has %d columns, and at most %d are read. %s."
                                            .formatted(
                                                    rows.fieldCount(), MAX_COLUMNS, rows.advice()))
                            .atLine(rows.line()));
        }
    }

    /** The names as written; null where the bytes are not text. */
    private static List<@Nullable String> texts(TableRows rows) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < rows.fieldCount(); i++) {
            texts.add(rows.text(i));
        }
        return texts;
    }

    /** A column's name as it is compared if the header has no exact match. */
    private static String folded(String name) {
        return BLANKS.matcher(RawText.comparable(name)).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    /**
     * The indexes of the columns of this name; exact matches if there are any, else those that
     * match without case and blanks.
     */
    private static List<Integer> found(List<String> header, Column column) {
        String name = column.name();
        if (column.pattern()) {
            NamePattern pattern = new NamePattern(name);
            return header.stream().anyMatch(pattern::matches) ? List.of(0) : List.of();
        }
        List<Integer> exact = indexesOf(header, RawText.comparable(name));
        return exact.isEmpty()
                ? indexesOf(header.stream().map(TableHeader::folded).toList(), folded(name))
                : exact;
    }

    private static Map<Integer, List<Integer>> matching(List<String> header, List<Column> columns) {
        Map<Integer, List<Integer>> matching = new HashMap<>();
        for (int place = 0; place < columns.size(); place++) {
            if (columns.get(place).pattern()) {
                NamePattern pattern = new NamePattern(columns.get(place).name());
                matching.put(
                        place,
                        IntStream.range(0, header.size())
                                .filter(i -> pattern.matches(header.get(i)))
                                .boxed()
                                .toList());
            }
        }
        return matching;
    }

    private static List<Integer> indexesOf(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equals(name))
                .boxed()
                .toList();
    }

    /**
     * The index of each column.
     *
     * @param doubt about the header's encoding; empty if there is none
     */
    private static int[] indexes(
            List<String> header, String doubt, TableRows rows, List<Column> columns)
            throws FileProblemException {
        int[] indexes = new int[columns.size()];
        TreeMap<String, Column> missing = new TreeMap<>();
        boolean any = columns.isEmpty();
        for (int place = 0; place < indexes.length; place++) {
            Column column = columns.get(place);
            List<Integer> found = found(header, column);
            indexes[place] = found.isEmpty() ? -1 : found.getFirst();
            if (!found.isEmpty()) {
                any = true;
                if (found.size() > 1) {
                    throw new FileProblemException(
                            Problem.of(
                                            "column_duplicate",
                                            "The header names the column '%s' twice; which one is meant cannot be known."
                                                    .formatted(SafeText.name(column.name())))
                                    .atLine(rows.line())
                                    .at(column.name()));
                }
            } else if (!column.optional()) {
                missing.put(column.name(), column);
            }
        }
        if (!missing.isEmpty() && !(any && SafeText.isHeader(header))) {
            // The header may be a row of data, whose values must not appear in messages.
            throw new FileProblemException(
                    Problem.of(
                                    "header_missing",
                                    "The first line is not a header with the columns that are mapped: it has %s, and none is named %s. %s; if the file has no header, add one.%s%s"
                                            .formatted(
                                                    Counted.of(header.size(), "field"),
                                                    SafeText.names(missing.keySet()),
                                                    rows.advice(),
                                                    doubt,
                                                    MissingColumns.explained(
                                                            missing.values(), List.of())))
                            .atLine(rows.line()));
        }
        if (!missing.isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                                    "column_missing",
                                    "The header lacks %s; it has %s.%s%s Correct the file or the mapping."
                                            .formatted(
                                                    SafeText.names(missing.keySet()),
                                                    SafeText.names(header),
                                                    doubt,
                                                    MissingColumns.explained(
                                                            missing.values(), header)))
                            .atLine(rows.line())
                            .at(missing.firstKey()));
        }
        return indexes;
    }
}
