package io.shopflow.dashboard.freshness;

import io.shopflow.core.text.Counted;
import java.time.Instant;

/** A notice about the data for readers of figures. */
public sealed interface Notice {
    /** The source concerned. */
    String source();

    /** The run to look at. */
    String runId();

    /** When that run was closed, or when it began if it is still running. */
    Instant at();

    /** What it is about. */
    NoticeKind kind();

    /** The explanation on pages, after the source's name. */
    String explanation();

    /** The name of its kind. */
    default String kindName() {
        return kind().shortName();
    }

    /** The text of a page for all notices of its kind. */
    default String title() {
        return kind().title();
    }

    /** Whether it is about a run that is not complete, whatever figures there are. */
    default boolean concernsRun() {
        return kind().concernsRun();
    }

    /** The command on a laptop that shows the cause, or removes it. */
    default String command() {
        return kind().command(source());
    }

    /** The number of findings that it stands for. */
    default long findings() {
        return 0;
    }

    /** The last run did not balance; the figures contain only the rows that arrived. */
    record Incomplete(String source, String runId, Instant at) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.INCOMPLETE;
        }

        @Override
        public String explanation() {
            return "rows are missing or do not add up. The run's page explains why, and what to do. The"
                    + " figures contain what has arrived.";
        }
    }

    /** No run was complete for too long. */
    record Stale(String source, String runId, Instant at) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.STALE;
        }

        @Override
        public String explanation() {
            return "no run has been complete since.";
        }
    }

    /** A run is not closed, and none of its parts has arrived for too long. */
    record Stopped(String source, String runId, Instant at) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.STOPPED;
        }

        @Override
        public String explanation() {
            return "it is not closed, and none of its rows have arrived for a long time. The figures"
                    + " are those of the last closed run.";
        }
    }

    /**
     * A finding of the last closed run about the figures' rows.
     *
     * @param finding the problem and what to do
     */
    record Doubt(String source, String runId, Instant at, String finding) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.DOUBT;
        }

        @Override
        public String explanation() {
            return finding;
        }

        @Override
        public long findings() {
            return 1;
        }
    }

    /**
     * Findings of the last closed run that are not listed one by one.
     *
     * @param findings their number
     */
    record MoreDoubts(String source, String runId, Instant at, long findings) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.DOUBT;
        }

        @Override
        public String explanation() {
            return Counted.of(findings, "more finding") + ".";
        }
    }

    /**
     * Rejected rows that no later run has loaded or replaced.
     *
     * @param rows their number
     */
    record Rejected(String source, String runId, Instant at, long rows) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.REJECTED;
        }

        @Override
        public String explanation() {
            return Counted.be(rows, "rejected row")
                    + " not in these figures. Where a row was loaded by an earlier run, that version"
                    + " counts.";
        }
    }

    /** The first run is still in progress: more rows will arrive. */
    record FirstRun(String source, String runId, Instant at) implements Notice {
        @Override
        public NoticeKind kind() {
            return NoticeKind.RUNNING;
        }

        @Override
        public String explanation() {
            return "the figures appear when it is closed.";
        }
    }
}
