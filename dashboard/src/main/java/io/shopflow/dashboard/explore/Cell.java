package io.shopflow.dashboard.explore;

import io.shopflow.dashboard.file.WorkbookRows.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row.
 *
 * @param value as text; null if there is none
 */
public record Cell(Column column, @Nullable String value) {

    /** Whether the row has a value. */
    public boolean isPresent() {
        return value != null && !value.isEmpty();
    }

    /** The value as pages and files have it: times as in ISO 8601, instants in UTC. */
    public String text() {
        if (value == null) {
            return "";
        }
        return switch (column.kind()) {
            case INSTANT -> isFinite(value) ? value.replace(' ', 'T') + "Z" : value;
            case TIME -> isFinite(value) ? value.replace(' ', 'T') : value;
            case TEXT, NUMBER, DATE, BOOLEAN, OTHER -> value;
        };
    }

    /** The value as a spreadsheet has it: numbers and times as such, ids as text. */
    Value spreadsheetValue() {
        if (value == null) {
            return new Value.Nothing();
        }
        try {
            return switch (column.kind()) {
                case TEXT, OTHER -> new Value.Text(value);
                case NUMBER -> new Value.Decimal(new BigDecimal(value));
                case DATE -> new Value.Day(LocalDate.parse(value));
                case INSTANT, TIME -> new Value.Time(LocalDateTime.parse(value.replace(' ', 'T')));
                case BOOLEAN -> new Value.Truth(value.equals("true"));
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            // NaN, infinity and years before Christ are not in a spreadsheet's numbers and
            // calendar.
            return new Value.Text(text());
        }
    }

    private static boolean isFinite(String time) {
        return !time.endsWith("infinity") && !time.endsWith("BC");
    }
}
