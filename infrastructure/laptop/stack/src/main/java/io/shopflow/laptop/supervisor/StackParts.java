package io.shopflow.laptop.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The parts to stop, in this order: those that start work, those that do it, then the servers that
 * they use. Parts of one layer stop at the same time.
 */
final class StackParts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StackParts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    /** The layers in the order of stopping. */
    enum Layer {
        EVENTS,
        WORKERS,
        CLIENTS,
        SERVERS,
        RECORD,
        FOLDER
    }

    /** The stack was stopped during its start. */
    static final class StoppingException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Map<Layer, Deque<AutoCloseable>> parts = new EnumMap<>(Layer.class);
    private final List<CompletableFuture<?>> starting = new ArrayList<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("parts ", 1).factory());
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Starts a part in a separate thread. */
    <P extends AutoCloseable> CompletableFuture<P> startAsync(Layer layer, Supplier<P> starter) {
        synchronized (this) {
            checkOpen();
            CompletableFuture<P> future =
                    CompletableFuture.supplyAsync(() -> add(layer, starter.get()), threads);
            starting.add(future);
            return future;
        }
    }

    /** Adds a running part; stops it at once if the stack is already stopping. */
    <P extends AutoCloseable> P add(Layer layer, P part) {
        synchronized (this) {
            if (!isClosed()) {
                parts.computeIfAbsent(layer, unused -> new ArrayDeque<>()).addFirst(part);
                return part;
            }
        }
        close(part);
        throw new StoppingException();
    }

    /** Throws if the stack is stopping. */
    void checkOpen() {
        if (isClosed()) {
            throw new StoppingException();
        }
    }

    /** Returns after this time; throws as soon as the stack is stopping. */
    void checkOpenFor(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new StoppingException();
        }
    }

    /** Whether the stack is stopping or has stopped. */
    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Stops all parts. Waits for parts that are still starting, and stops them. */
    @Override
    public void close() {
        List<CompletableFuture<?>> unfinished;
        synchronized (this) {
            if (isClosed()) {
                return;
            }
            closed.countDown();
            unfinished = List.copyOf(starting);
        }
        for (Layer layer : Layer.values()) {
            if (layer == Layer.SERVERS) {
                unfinished.forEach(StackParts::await);
            }
            closeAll(parts.getOrDefault(layer, new ArrayDeque<>()));
        }
        threads.shutdown();
    }

    private void closeAll(Deque<AutoCloseable> layer) {
        List<CompletableFuture<Void>> closing =
                layer.stream()
                        .map(part -> CompletableFuture.runAsync(() -> close(part), threads))
                        .toList();
        closing.forEach(StackParts::await);
    }

    private static void await(CompletableFuture<?> future) {
        try {
            future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a part did not start or stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warnf(e, "%s could not be stopped", part);
        }
    }
}
