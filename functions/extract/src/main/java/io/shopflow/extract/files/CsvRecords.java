package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.RawText;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.files.FileFormat.Csv;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A delimited file with a header. */
final class CsvRecords implements Records {

    /** A wider first line is not a header but data, or a transposed table. */
    static final int MAX_COLUMNS = 10_000;

    /** The most rows after the end of the data. */
    private static final int MAX_TRAILER = 100;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");

    private final CsvTokenizer tokens;
    private final String encoding;
    private final List<Column> columns;

    /** Index in the header by place; -1 if an optional column is missing. */
    private final int[] indexes;

    /** Indexes in the header of the columns that match a pattern, by place. */
    private final Map<Integer, List<Integer>> matching;

    private final int headerSize;
    private final @Nullable String until;
    private @Nullable String defect;
    private long record;

    private CsvRecords(
            CsvTokenizer tokens,
            String encoding,
            List<Column> columns,
            int[] indexes,
            Map<Integer, List<Integer>> matching,
            int headerSize,
            @Nullable String until) {
        this.tokens = tokens;
        this.encoding = encoding;
        this.columns = columns;
        this.indexes = indexes;
        this.matching = matching;
        this.headerSize = headerSize;
        this.until = until;
    }

    /**
     * Reads the header and finds the columns.
     *
     * @param columns the columns to read, by place
     * @throws FileProblemException if there is no header, or it lacks a column
     */
    static CsvRecords open(FileText text, Csv format, List<Column> columns)
            throws FileProblemException, IOException {
        Charset marked = text.charset();
        Charset encoding = marked == null ? format.encoding() : marked;
        CsvTokenizer tokens =
                new CsvTokenizer(text.in(), format.delimiter(), encoding, format.quoted());
        tokens.skipLines(format.skip());
        if (!tokens.next()) {
            throw new FileProblemException(
                    Problem.of("file_empty", "The file has no content, not even a header."));
        }
        List<String> header = header(tokens);
        return new CsvRecords(
                tokens,
                encoding.name(),
                columns,
                indexes(header, tokens.line(), columns),
                matching(header, columns),
                header.size(),
                format.until());
    }

    private static List<String> header(CsvTokenizer tokens) throws FileProblemException {
        String defect = tokens.defect();
        if (defect != null) {
            throw new FileProblemException(
                    Problem.of("header_broken", "The header cannot be read: " + defect + ".")
                            .atLine(tokens.line()));
        }
        if (tokens.fieldCount() > MAX_COLUMNS) {
            throw new FileProblemException(
                    Problem.of(
                                    "header_too_wide",
                                    "The header has %d columns, and at most %d are read. Check the delimiter."
                                            .formatted(tokens.fieldCount(), MAX_COLUMNS))
                            .atLine(tokens.line()));
        }
        List<String> header = new ArrayList<>();
        for (int i = 0; i < tokens.fieldCount(); i++) {
            String name = tokens.text(i);
            header.add(name == null ? "" : RawText.comparable(name));
        }
        return header;
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
        List<Integer> exact = places(header, RawText.comparable(name));
        return exact.isEmpty()
                ? places(header.stream().map(CsvRecords::folded).toList(), folded(name))
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

    private static List<Integer> places(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equals(name))
                .boxed()
                .toList();
    }

    private static int[] indexes(List<String> header, long line, List<Column> columns)
            throws FileProblemException {
        int[] indexes = new int[columns.size()];
        TreeSet<String> missing = new TreeSet<>();
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
                                    .atLine(line)
                                    .at(column.name()));
                }
            } else if (!column.optional()) {
                missing.add(column.name());
            }
        }
        if (!missing.isEmpty() && !(any && SafeText.isHeader(header))) {
            // The header may be a row of data, whose values must not appear in messages.
            throw new FileProblemException(
                    Problem.of(
                                    "header_missing",
                                    "The first line is not a header with the columns that are mapped: it has %s, and none is named %s. Check the delimiter; if the file has no header, add one."
                                            .formatted(
                                                    Counted.of(header.size(), "field"),
                                                    SafeText.names(missing)))
                            .atLine(line));
        }
        if (!missing.isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                                    "column_missing",
                                    "The header lacks %s; it has %s. Correct the file or the mapping."
                                            .formatted(
                                                    SafeText.names(missing),
                                                    SafeText.names(header)))
                            .atLine(line)
                            .at(missing.first()));
        }
        return indexes;
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        if (!tokens.next()) {
            if (until != null) {
                throw new FileProblemException(
                        Problem.of(
                                "until_missing",
                                "No row has a field that begins with '%s', with which the data should end: the file may be cut off. Have it exported again, or correct 'until'."
                                        .formatted(SafeText.name(until))));
            }
            return false;
        }
        if (until != null && isEnd(until)) {
            skipTrailer(until);
            return false;
        }
        record++;
        defect = tokens.defect();
        if (defect == null && tokens.fieldCount() != headerSize) {
            defect =
                    "ragged_row: the row has %s, the header %d"
                            .formatted(Counted.of(tokens.fieldCount(), "field"), headerSize);
        }
        return true;
    }

    private boolean isEnd(String beginning) {
        for (int i = 0; i < tokens.fieldCount(); i++) {
            String text = tokens.text(i);
            if (text != null && RawText.comparable(text).startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Data that follow the end would be lost silently. */
    private void skipTrailer(String beginning) throws FileProblemException, IOException {
        long line = tokens.line();
        for (int rows = 1; tokens.next(); rows++) {
            if (rows > MAX_TRAILER) {
                throw new FileProblemException(
                        Problem.of(
                                        "until_early",
                                        "More than %d rows follow the row with '%s', with which the data should end; they were not read. Write a text for 'until' that only the end has."
                                                .formatted(MAX_TRAILER, SafeText.name(beginning)))
                                .atLine(line));
            }
        }
    }

    @Override
    public long line() {
        return tokens.line();
    }

    @Override
    public long record() {
        return record;
    }

    @Override
    public List<String> texts(int place) {
        return matching.getOrDefault(place, List.of()).stream()
                .map(index -> text(place, index))
                .toList();
    }

    @Override
    public @Nullable String defect() {
        return defect;
    }

    @Override
    public String text(int place) {
        return text(place, indexes[place]);
    }

    private String text(int place, int index) {
        if (index < 0 || index >= tokens.fieldCount()) {
            return "";
        }
        String text = tokens.text(index);
        if (text == null) {
            if (defect == null) {
                defect =
                        "wrong_encoding: column %s has bytes that are not %s"
                                .formatted(columns.get(place).name(), encoding);
            }
            return "";
        }
        return text;
    }

    @Override
    public long bytesRead() {
        return tokens.bytesTaken();
    }

    @Override
    public void close() throws IOException {
        tokens.close();
    }
}
