package io.shopflow.laptop.supervisor;

import java.time.Duration;

/** The counterpart of EventBridge Scheduler. */
@FunctionalInterface
public interface Schedule {

    /**
     * Runs a task periodically until the result is closed; runs never overlap.
     *
     * @param name of the task, unique
     */
    AutoCloseable every(String name, Duration interval, Runnable task);

    /** Never runs anything. */
    static Schedule none() {
        return (name, interval, task) -> () -> {};
    }
}
