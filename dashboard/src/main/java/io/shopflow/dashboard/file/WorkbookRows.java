package io.shopflow.dashboard.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Rows of a workbook (XLSX), which are written as they come. A text is never a formula. A sheet has
 * at most 1,048,576 rows, so more of them are on further sheets, each with the names of the
 * columns.
 */
public final class WorkbookRows {
    /** The type of the file. */
    public static final String MEDIA_TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /**
     * The limits of <a
     * href="https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3">Excel</a>.
     */
    private static final int ROWS_OF_SHEET = 1_048_576;

    private static final int CHARACTERS_OF_CELL = 32_767;
    private static final int DIGITS_OF_NUMBER = 15;
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final int ROWS_IN_MEMORY = 500;

    private final Workbook workbook;
    private final List<String> columns;
    private int sheets;
    private int rows;
    private Worksheet sheet;

    /** Begins the workbook. */
    public WorkbookRows(OutputStream to, List<String> columns) {
        this.workbook = new Workbook(to, "ShopFlow", "1.0");
        this.columns = List.copyOf(columns);
        this.sheet = nextSheet();
    }

    /** A value of a cell. Values that a spreadsheet cannot hold exactly become texts. */
    public sealed interface Value {
        /** No value. */
        record Nothing() implements Value {}

        /** A text; what exceeds the length of a cell is cut off. */
        record Text(String text) implements Value {}

        /** A number. */
        record Decimal(BigDecimal number) implements Value {}

        /** A day. */
        record Day(LocalDate day) implements Value {}

        /** A day and a time. */
        record Time(LocalDateTime time) implements Value {}

        /** True or false. */
        record Truth(boolean value) implements Value {}
    }

    /** Appends a row. */
    public void row(List<Value> values) {
        if (rows == ROWS_OF_SHEET) {
            finishSheet();
            sheet = nextSheet();
        }
        for (int column = 0; column < values.size(); column++) {
            write(column, values.get(column));
        }
        rows++;
        if (rows % ROWS_IN_MEMORY == 0) {
            flush();
        }
    }

    /** Ends the workbook. Without it, the file is broken, as it should be after a failure. */
    public void finish() throws IOException {
        finishSheet();
        workbook.finish();
    }

    private Worksheet nextSheet() {
        sheets++;
        Worksheet next = workbook.newWorksheet(sheets == 1 ? "rows" : "rows " + sheets);
        for (int column = 0; column < columns.size(); column++) {
            next.inlineString(0, column, columns.get(column));
            next.style(0, column).bold().set();
            next.width(column, 18);
        }
        next.freezePane(0, 1);
        rows = 1;
        return next;
    }

    private void write(int column, Value value) {
        switch (value) {
            case Value.Nothing() -> {
                // The cell stays empty.
            }
            case Value.Text(String text) -> sheet.inlineString(rows, column, cut(text));
            case Value.Decimal(BigDecimal number) -> {
                if (number.stripTrailingZeros().precision() <= DIGITS_OF_NUMBER) {
                    sheet.value(rows, column, number);
                } else {
                    sheet.inlineString(rows, column, number.toPlainString());
                }
            }
            case Value.Day(LocalDate day) -> {
                if (isInCalendar(day)) {
                    sheet.value(rows, column, day);
                    sheet.style(rows, column).format("yyyy-mm-dd").set();
                } else {
                    sheet.inlineString(rows, column, day.toString());
                }
            }
            case Value.Time(LocalDateTime time) -> {
                if (isInCalendar(time.toLocalDate())) {
                    sheet.value(rows, column, time);
                    sheet.style(rows, column).format("yyyy-mm-dd hh:mm:ss").set();
                } else {
                    sheet.inlineString(rows, column, time.toString());
                }
            }
            case Value.Truth(boolean truth) -> sheet.value(rows, column, truth);
        }
    }

    /** Excel's calendar begins in 1900, which it takes for a leap year. */
    private static boolean isInCalendar(LocalDate day) {
        return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
    }

    private static String cut(String text) {
        if (text.length() <= CHARACTERS_OF_CELL) {
            return text;
        }
        int end = CHARACTERS_OF_CELL - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    private void flush() {
        try {
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finishSheet() {
        try {
            sheet.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
