package io.shopflow.laptop.supervisor;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports the steps of a start: each at its end, and long ones periodically, so that a slow, busy
 * machine does not look like a hang.
 */
final class StartSteps {

    private static final Duration FIRST = Duration.ofSeconds(20);
    private static final Duration NEXT = Duration.ofMinutes(1);

    private final Consumer<String> announcements;

    /**
     * Reports nothing yet.
     *
     * @param announcements receives lines for the user
     */
    StartSteps(Consumer<String> announcements) {
        this.announcements = announcements;
    }

    /** A step that may take long. */
    interface Step<T> {
        T take() throws InterruptedException;
    }

    /**
     * Performs a step.
     *
     * @param awaited what the stack waits for, as in "the dashboard to answer"
     * @param done what is true then, as in "the dashboard answers"
     */
    <T> T take(String awaited, String done, Step<T> step) throws InterruptedException {
        long begin = System.nanoTime();
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofPlatform()
                .daemon()
                .name("waiting for " + awaited)
                .start(() -> repeat(awaited, begin, over));
        try {
            T result = step.take();
            announcements.accept(
                    String.format(
                            Locale.ROOT, "  %s (%.1f s)", done, (System.nanoTime() - begin) / 1e9));
            return result;
        } finally {
            over.countDown();
        }
    }

    private void repeat(String awaited, long begin, CountDownLatch over) {
        Duration pause = FIRST;
        try {
            while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                announcements.accept(
                        "  waiting for %s (%d s)"
                                .formatted(awaited, (System.nanoTime() - begin) / 1_000_000_000));
                pause = NEXT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
