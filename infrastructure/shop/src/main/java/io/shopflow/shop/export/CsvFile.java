package io.shopflow.shop.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file that is being written: UTF-8, LF, a header, quotes where needed. */
final class CsvFile implements AutoCloseable {
    private final String name;
    private final List<String> columns;
    private final Writer out;
    private final @Nullable DefectPlan defects;
    private final StringBuilder line = new StringBuilder(512);
    private long lines;
    private String @Nullable [] last;

    /**
     * A file with its header.
     *
     * @param header the names of the columns, separated by commas
     * @param defects to write into it; null: none
     */
    CsvFile(Path folder, String name, String header, @Nullable DefectPlan defects)
            throws IOException {
        this.name = name;
        this.columns = List.of(header.split(","));
        this.defects = defects;
        this.out =
                new BufferedWriter(
                        Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8),
                        1 << 16);
        emit(header.split(","));
    }

    /** Writes a row, with a defect if the plan requires one. */
    void row(String... cells) throws IOException {
        DefectPlan plan = defects;
        if (plan == null) {
            emit(cells);
            return;
        }
        // Written one row late, so that the last row of a file can get the unclosed quote.
        String[] previous = last;
        last = cells;
        if (previous != null) {
            emitPlanned(plan, previous);
        }
    }

    private void emitPlanned(DefectPlan plan, String[] cells) throws IOException {
        CsvDefect defect = plan.next(columns);
        if (defect == null) {
            emit(cells);
            return;
        }
        String field = defect.fieldOf(columns);
        switch (defect) {
            case DUPLICATE -> {
                emit(cells);
                emit(cells);
            }
            case RAGGED_ROW -> emit(Arrays.copyOf(cells, cells.length - 1));
            case UNCLOSED_QUOTE,
                    MISSING_ID,
                    NUMBER_FORMAT,
                    NEGATIVE_PRICE,
                    ZERO_QUANTITY,
                    IMPOSSIBLE_DATE,
                    UNKNOWN_STATUS -> {
                String[] wrong = cells.clone();
                int index = columns.indexOf(field);
                wrong[index] = defect.spoil(wrong[index]);
                emit(wrong);
            }
        }
        plan.note(name, lines, field, defect);
    }

    private void emit(String[] cells) throws IOException {
        write(cells, false);
    }

    private void write(String[] cells, boolean lastLeftOpen) throws IOException {
        line.setLength(0);
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            if (lastLeftOpen && i == cells.length - 1) {
                line.append('"').append(cells[i]);
            } else {
                append(cells[i]);
            }
        }
        line.append('\n');
        out.append(line);
        lines++;
    }

    private void append(String cell) {
        boolean quoted = false;
        for (int i = 0; i < cell.length() && !quoted; i++) {
            char c = cell.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        } else {
            line.append(cell);
        }
    }

    @Override
    public void close() throws IOException {
        DefectPlan plan = defects;
        String[] cells = last;
        if (plan != null && cells != null) {
            write(cells, true);
            plan.note(name, lines, columns.getLast(), CsvDefect.UNCLOSED_QUOTE);
        }
        out.close();
    }
}
