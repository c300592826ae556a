package io.shopflow.laptop.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports long waits of the stack periodically, so that a slow, busy machine does not look like a
 * hang.
 */
final class WaitingLine {

    private static final Duration FIRST = Duration.ofSeconds(20);
    private static final Duration NEXT = Duration.ofMinutes(1);

    private final CountDownLatch over = new CountDownLatch(1);

    private WaitingLine() {}

    /** A step that may take long. */
    interface Step<T> {
        T take() throws InterruptedException;
    }

    /**
     * Runs a step.
     *
     * @param what the stack waits for, as in "the dashboard to answer"
     */
    static <T> T during(String what, Consumer<String> announcements, Step<T> step)
            throws InterruptedException {
        WaitingLine line = new WaitingLine();
        Thread.ofPlatform()
                .daemon()
                .name("waiting for " + what)
                .start(() -> line.repeat(what, announcements));
        try {
            return step.take();
        } finally {
            line.over.countDown();
        }
    }

    private void repeat(String what, Consumer<String> announcements) {
        long begin = System.nanoTime();
        Duration pause = FIRST;
        try {
            while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                announcements.accept(
                        "  waiting for %s (%d s)"
                                .formatted(what, (System.nanoTime() - begin) / 1_000_000_000));
                pause = NEXT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
