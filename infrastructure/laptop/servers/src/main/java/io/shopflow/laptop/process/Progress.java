package io.shopflow.laptop.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process still makes progress: it or one of its descendants uses the processor, or its
 * log grows. A busy machine slows all of this down, so a timeout cannot tell a slow process from
 * one that hangs.
 */
public final class Progress {

    /**
     * The time without progress after which a process counts as stalled. Longer than waits for a
     * slow disk.
     */
    public static final Duration STANDSTILL = Duration.ofMinutes(2);

    /** More than an idle JVM uses for housekeeping in that time. */
    private static final Duration LEAST_WORK = Duration.ofMillis(300);

    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);

    private final ProcessHandle process;
    private final @Nullable Path log;
    private final int looksPerMeasurement;
    private final long standstillMeasurements;
    private int looks;
    private long idleMeasurements;
    private long work = Long.MIN_VALUE;
    private long logBytes = -1;

    private Progress(
            ProcessHandle process, @Nullable Path log, Duration lookEvery, Duration standstill) {
        this.process = process;
        this.log = log;
        this.looksPerMeasurement =
                (int) Math.max(1, MEASURE_EVERY.toMillis() / lookEvery.toMillis());
        this.standstillMeasurements =
                Math.max(1, standstill.dividedBy(lookEvery.multipliedBy(looksPerMeasurement)));
    }

    /**
     * The progress of a process.
     *
     * @param log that it writes; null: none
     * @param lookEvery the caller's interval between two checks. Checks are counted instead of
     *     time: if the caller is hardly scheduled, neither is the process
     */
    public static Progress of(ProcessHandle process, @Nullable Path log, Duration lookEvery) {
        return of(process, log, lookEvery, STANDSTILL);
    }

    /** The same with another value for {@link #STANDSTILL}. */
    static Progress of(
            ProcessHandle process, @Nullable Path log, Duration lookEvery, Duration standstill) {
        return new Progress(process, log, lookEvery, standstill);
    }

    /** Checks again; returns whether there was no progress for {@link #STANDSTILL}. */
    public boolean stalled() {
        if (looks++ % looksPerMeasurement != 0) {
            return false;
        }
        Optional<Duration> used = processorTime();
        if (used.isEmpty()) {
            // The system does not report it; only the end of the process is visible.
            return false;
        }
        long nowWork = used.get().toMillis();
        long nowBytes = logBytes();
        if (Math.abs(nowWork - work) >= LEAST_WORK.toMillis() || nowBytes != logBytes) {
            work = nowWork;
            logBytes = nowBytes;
            idleMeasurements = 0;
            return false;
        }
        return ++idleMeasurements >= standstillMeasurements;
    }

    private Optional<Duration> processorTime() {
        return process.info()
                .totalCpuDuration()
                .map(
                        own ->
                                process.descendants()
                                        .flatMap(Progress::processorTime)
                                        .reduce(own, Duration::plus));
    }

    private static Stream<Duration> processorTime(ProcessHandle process) {
        return process.info().totalCpuDuration().stream();
    }

    private long logBytes() {
        try {
            return log == null ? 0 : Files.size(log);
        } catch (IOException e) {
            return 0;
        }
    }
}
