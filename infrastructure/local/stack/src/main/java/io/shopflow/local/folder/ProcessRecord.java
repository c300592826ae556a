package io.shopflow.local.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .filter(process -> !isZombie())
                .filter(process -> sameStart(process.info().startInstant().orElse(null)));
    }

    /**
     * Killed, and not yet waited for by its parent: for good, in a container whose first process
     * does not do that. Java calls it alive.
     */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name before the state stands in brackets, and may hold any character.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // No such process any more, or no Linux.
            return false;
        }
    }

    private boolean sameStart(@Nullable Instant other) {
        // Linux counts from boot in ticks, so two readings may differ by one of them.
        return startedAt == null
                || other == null
                || Math.abs(startedAt.toEpochMilli() - other.toEpochMilli()) < 1_500;
    }
}
