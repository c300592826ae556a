package io.shopflow.extract.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts objects in the background, one after the other in the given order; the reader is at most a
 * few puts ahead. After a failure nothing more is put, and the next call throws it.
 */
final class Uploads implements AutoCloseable {

    private static final int AHEAD = 2;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("uploads").factory());
    private final Deque<Future<?>> running = new ArrayDeque<>();
    private final Runnable check;
    private volatile boolean failed;

    /**
     * @param check runs before each put; throws if no more puts are allowed
     */
    Uploads(Runnable check) {
        this.check = check;
    }

    /** Queues a put; waits while the queue is full. */
    void add(Runnable put) {
        while (running.size() >= AHEAD) {
            await(running.removeFirst());
        }
        running.addLast(
                thread.submit(
                        () -> {
                            if (failed) {
                                return;
                            }
                            failed = true;
                            check.run();
                            put.run();
                            failed = false;
                        }));
    }

    /** Waits until all puts are done. */
    void drain() {
        while (!running.isEmpty()) {
            await(running.removeFirst());
        }
    }

    private static void await(Future<?> put) {
        try {
            put.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while putting parts", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
