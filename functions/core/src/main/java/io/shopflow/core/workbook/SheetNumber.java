package io.shopflow.core.workbook;

import io.shopflow.core.workbook.CellFormats.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Numbers of cells, with the 15 digits that Excel shows and compares. */
final class SheetNumber {

    private static final int DIGITS = 15;
    private static final MathContext EXCEL = new MathContext(DIGITS, RoundingMode.HALF_UP);

    /** A longer one was not written by a program that calculates with 64 bits. */
    private static final int MAX_CHARACTERS = 40;

    /** Larger than that of any number of 64 bits. */
    private static final int MAX_EXPONENT = 400;

    /** 31 December 9999, the last day that Excel shows. */
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_466);

    private static final int SECONDS_OF_DAY = 86_400;

    /** Before it, days are counted from one day later: Excel has a 29 February 1900. */
    private static final int LEAP_DAY = 60;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private SheetNumber() {}

    /**
     * A number as text: {@code 12.34}, {@code 2024-03-31} or {@code 2024-03-31T14:05:00}, or, of
     * less than a day, {@code 14:05:00}. An integer of more than 15 digits is in scientific
     * notation, because the cell has only the first ones. What is no number stays as it is.
     *
     * @param from1904 whether days are counted from 1904, as in workbooks of old Macs
     */
    static String text(String written, Kind kind, boolean from1904) {
        BigDecimal number = number(written);
        if (number == null) {
            return written;
        }
        if (kind != Kind.NUMBER && number.signum() >= 0 && number.compareTo(LAST_DAY) < 0) {
            return instant(number, kind, from1904);
        }
        BigDecimal shown = number.round(EXCEL).stripTrailingZeros();
        return shown.precision() - shown.scale() > DIGITS
                ? scientific(shown)
                : shown.toPlainString();
    }

    private static @Nullable BigDecimal number(String written) {
        try {
            if (written.length() > MAX_CHARACTERS) {
                return null;
            }
            BigDecimal number = new BigDecimal(written);
            return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String scientific(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        return number.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + "E+"
                + exponent;
    }

    private static String instant(BigDecimal number, Kind kind, boolean from1904) {
        long seconds =
                number.multiply(BigDecimal.valueOf(SECONDS_OF_DAY))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
        long day = seconds / SECONDS_OF_DAY;
        String time = LocalTime.ofSecondOfDay(seconds % SECONDS_OF_DAY).format(TIME);
        boolean midnight = seconds % SECONDS_OF_DAY == 0;
        if (day == 0 && !from1904 && (kind == Kind.TIME || !midnight)) {
            return time;
        }
        return midnight ? date(day, from1904) : date(day, from1904) + "T" + time;
    }

    private static String date(long day, boolean from1904) {
        if (from1904) {
            return LocalDate.of(1904, 1, 1).plusDays(day).toString();
        }
        if (day == 0) {
            // Excel shows 1900-01-00, often for a missing date.
            return "0000-00-00";
        }
        return day == LEAP_DAY
                ? "1900-02-29"
                : LocalDate.of(1899, 12, day < LEAP_DAY ? 31 : 30).plusDays(day).toString();
    }
}
