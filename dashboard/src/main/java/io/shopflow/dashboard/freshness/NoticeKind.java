package io.shopflow.dashboard.freshness;

import java.util.Locale;

/** What a {@link Notice} is about, the gravest first. */
enum NoticeKind {
    /** The last run will not end by itself. */
    STOPPED("incomplete", "The last run has stopped."),
    /** The last run has not loaded everything. */
    INCOMPLETE("incomplete", "The last run is incomplete."),
    /** The rows contradict one another. */
    DOUBT("doubt", "These figures are in doubt."),
    /** Rows broke a rule. */
    REJECTED("doubt", "Rows were rejected."),
    /** The figures are not those of today. */
    STALE("stale", "These figures are old."),
    /** There is no closed run yet. */
    RUNNING("running", "The first run is still running.");

    private final String style;
    private final String title;

    NoticeKind(String style, String title) {
        this.style = style;
        this.title = title;
    }

    /** A short name, for the element's id. */
    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its style. */
    String style() {
        return style;
    }

    /** What a page says of all notices of this kind. */
    String title() {
        return title;
    }
}
