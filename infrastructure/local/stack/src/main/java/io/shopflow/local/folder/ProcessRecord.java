package io.shopflow.local.folder;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process, told from a later one with the same number by the instant of its start.
 *
 * @param name what it is for
 * @param startedAt to the second, as the operating system tells it; null where it does not
 */
public record ProcessRecord(String name, long pid, @Nullable Instant startedAt) {

    /** The record of a process. */
    public static ProcessRecord of(String name, ProcessHandle process) {
        return new ProcessRecord(name, process.pid(), process.info().startInstant().orElse(null));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> sameStart(process.info().startInstant().orElse(null)));
    }

    private boolean sameStart(@Nullable Instant other) {
        // Linux counts from boot in ticks, so two readings may differ by one of them.
        return startedAt == null
                || other == null
                || Math.abs(startedAt.toEpochMilli() - other.toEpochMilli()) < 1_500;
    }
}
