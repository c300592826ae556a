package io.shopflow.dashboard.freshness;

import io.quarkus.qute.TemplateExtension;
import io.shopflow.core.text.Counted;
import java.util.List;

/** The text of a {@link Notice} on pages. */
@TemplateExtension
final class NoticeWords {
    /** All names of kinds, the gravest first. */
    static final List<String> NAMES = List.of("stopped", "incomplete", "doubt", "stale", "running");

    private NoticeWords() {}

    static String name(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i -> "incomplete";
            case Notice.Stale s -> "stale";
            case Notice.Stopped s -> "stopped";
            case Notice.Doubt d -> "doubt";
            case Notice.MoreDoubts d -> "doubt";
            case Notice.FirstRun f -> "running";
        };
    }

    /** The number of findings that it stands for. */
    static long findings(Notice notice) {
        return switch (notice) {
            case Notice.Doubt d -> 1;
            case Notice.MoreDoubts d -> d.findings();
            case Notice.Incomplete i -> 0;
            case Notice.Stale s -> 0;
            case Notice.Stopped s -> 0;
            case Notice.FirstRun f -> 0;
        };
    }

    static String kind(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i -> "incomplete";
            case Notice.Stale s -> "stale";
            case Notice.Stopped s -> "incomplete";
            case Notice.Doubt d -> "doubt";
            case Notice.MoreDoubts d -> "doubt";
            case Notice.FirstRun f -> "running";
        };
    }

    static String title(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i -> "The last run is incomplete.";
            case Notice.Stale s -> "These figures are old.";
            case Notice.Stopped s -> "The last run has stopped.";
            case Notice.Doubt d -> "These figures are in doubt.";
            case Notice.MoreDoubts d -> "These figures are in doubt.";
            case Notice.FirstRun f -> "The first run is still running.";
        };
    }

    static String explanation(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i ->
                    "rows are missing or do not add up. The run's page explains why, and what to do. The"
                            + " figures contain what has arrived.";
            case Notice.Stale s -> "no run has been complete since.";
            case Notice.Stopped s ->
                    "it is not closed, and none of its rows have arrived for a long time. The figures"
                            + " are those of the last closed run.";
            case Notice.Doubt d -> d.finding();
            case Notice.MoreDoubts d -> Counted.of(d.findings(), "more finding") + ".";
            case Notice.FirstRun f -> "the figures appear when it is closed.";
        };
    }
}
