package io.shopflow.load.notification;

/** The runs that are notified when they are closed. */
public enum NotifiedRuns {
    /** Every run. */
    ALL,
    /** Each run that is not complete, and the first complete one after it. */
    PROBLEMS,
    /** No run. */
    NONE
}
