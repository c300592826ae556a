package io.shopflow.dashboard.quality;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of the runs that were closed in some days.
 *
 * @param streams of each source, by source and stream
 * @param days on which a run was closed, the newest first
 * @param rules that rejected rows of these runs or of rows that are still out, those of most rows
 *     first
 * @param moreRules number of other rules
 */
public record QualityFigures(
        List<StreamRows> streams, List<DayRows> days, List<Rule> rules, long moreRules) {

    /**
     * Extracted rows by result.
     *
     * @param loaded new, changed or the same as before
     * @param duplicate left out because the part has a newer version of the same id
     */
    public record Rows(long extracted, long loaded, long duplicate, long rejected) {
        static final Rows NONE = new Rows(0, 0, 0, 0);

        Rows plus(Rows other) {
            return new Rows(
                    extracted + other.extracted,
                    loaded + other.loaded,
                    duplicate + other.duplicate,
                    rejected + other.rejected);
        }

        /** The length of the bar of the share rejected, of 100. */
        public int rejectedBar() {
            return extracted == 0
                    ? 0
                    : Math.toIntExact((100 * rejected + extracted - 1) / extracted);
        }

        /** Those that broke no rule. */
        public long valid() {
            return extracted - rejected;
        }

        /** Those that no other row of their part replaced. */
        public long unique() {
            return extracted - duplicate;
        }
    }

    /**
     * The rows of a stream of a source.
     *
     * @param counted rows that the source counted; null if it cannot count them
     * @param ofCounted rows extracted of these
     * @param warnings values that were rounded, cut, masked or left empty in loaded rows
     * @param stillOut rejected rows of all runs that no later run has loaded or replaced
     */
    public record StreamRows(
            String source,
            String stream,
            long runs,
            Rows rows,
            @Nullable Long counted,
            long ofCounted,
            long warnings,
            long stillOut) {}

    /** The rows of the runs of a day. */
    public record DayRows(LocalDate day, long runs, Rows rows) {}

    /**
     * A rule that rejected rows.
     *
     * @param field empty if it concerns the whole row
     * @param rows rejected in the days; 0 if only earlier ones are still out
     * @param stillOut of all runs
     * @param example a value, personal ones masked; null if none may be shown
     * @param position of its row in the source; null if it is not known
     * @param lastRun the newest run of the days that it rejected rows of, else that of rows that
     *     are still out
     */
    public record Rule(
            String source,
            String stream,
            String rule,
            String field,
            long rows,
            long stillOut,
            @Nullable String example,
            @Nullable String position,
            String lastRun) {}

    /** All rows. */
    public Rows rows() {
        return streams.stream().map(StreamRows::rows).reduce(Rows.NONE, Rows::plus);
    }

    /** Rejected rows that are still out. */
    public long stillOut() {
        return streams.stream().mapToLong(StreamRows::stillOut).sum();
    }

    /** Whether any source counts its rows. */
    public boolean hasCounted() {
        return streams.stream().anyMatch(stream -> stream.counted() != null);
    }

    /** The rows that sources counted. */
    public long counted() {
        return streams.stream()
                .mapToLong(stream -> stream.counted() == null ? 0 : stream.counted())
                .sum();
    }

    /** The rows extracted of these. */
    public long ofCounted() {
        return streams.stream().mapToLong(StreamRows::ofCounted).sum();
    }
}
