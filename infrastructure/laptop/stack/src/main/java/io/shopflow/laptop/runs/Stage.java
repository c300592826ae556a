package io.shopflow.laptop.runs;

import io.shopflow.core.text.Counted;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a stage of a run.
 *
 * @param rows done so far
 * @param total rows to do, possibly estimated; null if unknown
 * @param finished whether there will be no more rows
 * @param elapsed since the stage's first row
 * @param unit what is counted: {@code row}, or {@code mart}, which has no rate
 */
record Stage(
        String name,
        long rows,
        @Nullable Long total,
        boolean finished,
        Duration elapsed,
        String unit) {

    private static final int SHORTEST_BAR = 10;

    /** A stage that processes rows. */
    Stage(String name, long rows, @Nullable Long total, boolean finished, Duration elapsed) {
        this(name, rows, total, finished, elapsed, "row");
    }

    /** The figures of a new source, which are filled mart by mart: some in less than a second. */
    static Stage ofMarts(long marts, long total) {
        return new Stage("figures", marts, total, marts == total, Duration.ZERO, "mart");
    }

    /** Rows per second; 0 before the first rows. */
    long rate() {
        double seconds = elapsed.toMillis() / 1000.0;
        return seconds < 0.2 ? 0 : Math.round(rows / seconds);
    }

    /** Fraction done, 0 to 1; null if the total is unknown. */
    @Nullable Double share() {
        if (finished) {
            return 1.0;
        }
        return total == null || total == 0
                ? null
                // Never full before it is finished: an estimate may be low.
                : Math.min(0.99, (double) rows / total);
    }

    /** The remaining time at this rate; null if unknown. */
    @Nullable Duration left() {
        long rate = rate();
        return finished || total == null || rate == 0
                ? null
                : Duration.ofSeconds(Math.max(0, (total - rows) / rate));
    }

    /** {@code extract 99,441 rows, done}, if checks are too rare to measure the duration. */
    String doneLine() {
        return rowsLine().append(", done").toString();
    }

    private StringBuilder rowsLine() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-10s", name));
        line.append(String.format(Locale.ROOT, "%,d", rows));
        if (!finished && total != null) {
            line.append(String.format(Locale.ROOT, " of %,d", Math.max(total, rows)));
        }
        return line.append(' ')
                .append(Counted.noun(finished || total == null ? rows : total, unit));
    }

    /** {@code extract 12,000 of 99,441 rows, 24,000 rows/s, 4 s left}. */
    String line() {
        StringBuilder line = rowsLine();
        if (rate() > 0) {
            line.append(String.format(Locale.ROOT, ", %,d rows/s", rate()));
        }
        Duration left = left();
        if (finished) {
            line.append(", done");
            if (!elapsed.isZero()) {
                line.append(" in ").append(seconds(elapsed));
            }
        } else if (left != null) {
            line.append(", ").append(seconds(left)).append(" left");
        }
        return line.toString();
    }

    /** The same line with a bar, in at most this many columns. */
    String bar(int columns) {
        String text = line().strip();
        String rest = text.substring(name.length()).strip();
        int width = Math.min(30, columns - 14 - rest.length() - 3);
        if (width < SHORTEST_BAR) {
            return line();
        }
        Double share = share();
        int full = share == null ? 0 : (int) Math.round(share * width);
        return String.format(
                Locale.ROOT,
                "  %-10s[%s%s] %s",
                name,
                "#".repeat(full),
                ".".repeat(width - full),
                rest);
    }

    private static String seconds(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 60) {
            return "%d min %d s".formatted(seconds / 60, seconds % 60);
        }
        return seconds >= 10
                ? seconds + " s"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
