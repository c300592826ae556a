package io.shopflow.dashboard.freshness;

import java.util.Locale;

/** What a {@link Notice} is about, the gravest first. */
enum NoticeKind {
    /** The last run will not end by itself. */
    STOPPED("incomplete", "The last run has stopped.", "status"),
    /** The last run has not loaded everything. */
    INCOMPLETE("incomplete", "The last run is incomplete.", "run --source %s"),
    /** The rows contradict one another. */
    DOUBT("doubt", "These figures are in doubt.", "status"),
    /** Rows broke a rule. */
    REJECTED("doubt", "Rows were rejected.", "quarantine list --source %s"),
    /** The figures are not those of today. */
    STALE("stale", "These figures are old.", "run --source %s"),
    /** There is no closed run yet. */
    RUNNING("running", "The first run is still running.", "status");

    private final String style;
    private final String title;
    private final String command;

    NoticeKind(String style, String title, String command) {
        this.style = style;
        this.title = title;
        this.command = command;
    }

    /** The command on a laptop that shows the cause in this source, or removes it. */
    String command(String source) {
        return "./shopflow " + command.formatted(source);
    }

    /** A short name, for the element's id. */
    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about a run that is not complete, whatever figures there are. */
    boolean concernsRun() {
        return switch (this) {
            case STOPPED, INCOMPLETE, RUNNING -> true;
            case DOUBT, REJECTED, STALE -> false;
        };
    }

    /** The name of its style. */
    String style() {
        return style;
    }

    /** The text of a page for all notices of this kind. */
    String title() {
        return title;
    }
}
