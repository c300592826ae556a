package io.shopflow.local.supervisor;

import java.time.Duration;

/** What plays EventBridge Scheduler. */
@FunctionalInterface
public interface Schedule {

    /**
     * Runs a task again and again until the result is closed; never two of them at a time.
     *
     * @param name of the task, unique
     */
    AutoCloseable every(String name, Duration interval, Runnable task);

    /** Never runs anything. */
    static Schedule none() {
        return (name, interval, task) -> () -> {};
    }
}
