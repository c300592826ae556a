package io.shopflow.dashboard.freshness;

import io.quarkus.qute.TemplateExtension;

/** The text of a {@link Notice} on pages. */
@TemplateExtension
final class NoticeWords {
    private NoticeWords() {}

    static String kind(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i -> "incomplete";
            case Notice.Stale s -> "stale";
            case Notice.Stopped s -> "incomplete";
            case Notice.Doubt d -> "doubt";
            case Notice.FirstRun f -> "running";
        };
    }

    static String title(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i -> "The last run is incomplete.";
            case Notice.Stale s -> "These figures are old.";
            case Notice.Stopped s -> "The last run has stopped.";
            case Notice.Doubt d -> "These figures are in doubt.";
            case Notice.FirstRun f -> "The first run is still running.";
        };
    }

    static String explanation(Notice notice) {
        return switch (notice) {
            case Notice.Incomplete i ->
                    "rows are missing or do not add up; the run's page says which, and what to do. The"
                            + " figures contain what has arrived.";
            case Notice.Stale s -> "no run has been complete since.";
            case Notice.Stopped s ->
                    "it is not closed, and nothing of it has arrived for a long time. The figures are"
                            + " those of the last run that was closed.";
            case Notice.Doubt d -> d.finding();
            case Notice.FirstRun f -> "the figures appear when it is closed.";
        };
    }
}
