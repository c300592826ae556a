package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.CrashSchedule.Selection;
import io.shopflow.checks.CrashedStack.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and pauses processes of functions during their work, restarts PostgreSQL and S3, and
 * doubles and delays events, in schedules drawn from seeds: the warehouse, the marts and the
 * ledgers end as after a quiet run, and do not change once the run is closed. A pause is longer
 * than the lease, the visibility timeout and PostgreSQL's timeout of idle transactions.
 *
 * <p>Fifty schedules, at least twenty of them with a pause; {@code infrastructure/checks/crashes}
 * tries 1,000, or repeats one by its seed, and {@code infrastructure/checks/pauses} only pauses.
 */
@EnabledOnOs(OS.LINUX)
class CrashMatrixTest {

    private static final int SCHEDULES = Integer.getInteger("shopflow.crashes.schedules", 50);
    private static final long FIRST_SEED = Long.getLong("shopflow.crashes.seed", 1);

    /** A stack keeps about two processors busy. */
    private static final int STACKS =
            Integer.getInteger(
                    "shopflow.crashes.stacks",
                    Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2));

    private static final Selection SELECTION =
            Selection.valueOf(
                    System.getProperty("shopflow.crashes.selection", "all")
                            .toUpperCase(Locale.ROOT));

    /** A function may end before it is disturbed. */
    private static final int ATTEMPTS = 3;

    /** With as many, there is no point in the rest. */
    private static final int MOST_FAILURES = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    private final AtomicLong nextSeed = new AtomicLong(FIRST_SEED);
    private final AtomicInteger startedStacks = new AtomicInteger();
    private final AtomicInteger schedules = new AtomicInteger();
    private final AtomicInteger disturbed = new AtomicInteger();
    private final AtomicInteger paused = new AtomicInteger();
    private final AtomicInteger disturbances = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void aDisturbedRunEndsAsAQuietOne() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(STACKS)) {
            List<Future<?>> stacks = new ArrayList<>();
            for (int i = 0; i < STACKS; i++) {
                stacks.add(
                        threads.submit(
                                () -> {
                                    trySchedules();
                                    return null;
                                }));
            }
            for (Future<?> stack : stacks) {
                stack.get();
            }
        }
        System.out.printf(
                "%d schedules, %d disturbed, %d with a pause; %d disturbances; %d failures%n",
                schedules.get(),
                disturbed.get(),
                paused.get(),
                disturbances.get(),
                failures.size());
        assertThat(failures).isEmpty();
        assertThat(schedules.get()).isEqualTo(SCHEDULES);
        assertThat(SCHEDULES - disturbed.get()).isLessThanOrEqualTo(SCHEDULES / 10);
        if (SCHEDULES >= 50) {
            assertThat(paused.get()).isGreaterThanOrEqualTo(SCHEDULES * 2 / 5);
        }
    }

    private void trySchedules() throws IOException, SQLException {
        boolean hasMore = true;
        while (hasMore) {
            Path folder = temporary.resolve("stack-" + startedStacks.incrementAndGet());
            try (CrashedStack stack = new CrashedStack(folder)) {
                stack.learn();
                hasMore = tryUntilFailure(stack);
            }
        }
    }

    /** Returns whether there is more to try, on another stack than the one that has failed. */
    private boolean tryUntilFailure(CrashedStack stack) {
        while (failures.size() < MOST_FAILURES) {
            long seed = nextSeed.getAndIncrement();
            if (seed >= FIRST_SEED + SCHEDULES) {
                return false;
            }
            schedules.incrementAndGet();
            if (!tried(stack, seed)) {
                return true;
            }
        }
        return false;
    }

    private boolean tried(CrashedStack stack, long seed) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            CrashSchedule schedule = CrashSchedule.of(seed, attempt, SELECTION);
            long start = System.nanoTime();
            try {
                Result result = stack.disturb(schedule, "crashed_%d_%d".formatted(seed, attempt));
                System.out.printf(
                        "seed %d, %s (%d done, %.1f s)%n",
                        seed, schedule, result.done(), (System.nanoTime() - start) / 1e9);
                disturbances.addAndGet(result.done());
                if (result.pauses() > 0) {
                    paused.incrementAndGet();
                }
                if (result.done() > 0 || schedule.events().isPresent()) {
                    disturbed.incrementAndGet();
                    return true;
                }
            } catch (AssertionError | RuntimeException e) {
                String failure = "seed %d, %s: %s".formatted(seed, schedule, e);
                System.out.println(failure);
                failures.add(failure);
                return false;
            }
        }
        return true;
    }
}
