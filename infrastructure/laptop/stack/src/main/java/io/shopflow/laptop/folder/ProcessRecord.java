package io.shopflow.laptop.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process, distinguished from a later one with the same number by its start time.
 *
 * @param name its purpose
 * @param startedAt to the second, from the operating system; null if unknown
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
     * Killed, but not yet reaped by its parent; it stays so in a container whose first process
     * reaps none. Java reports it as alive.
     */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name before the state is in brackets and may contain any character.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // The process has ended, or this is not Linux.
            return false;
        }
    }

    private boolean sameStart(@Nullable Instant other) {
        // Linux counts ticks from boot, so two readings may differ by one tick.
        return startedAt == null
                || other == null
                || Math.abs(startedAt.toEpochMilli() - other.toEpochMilli()) < 1_500;
    }
}
