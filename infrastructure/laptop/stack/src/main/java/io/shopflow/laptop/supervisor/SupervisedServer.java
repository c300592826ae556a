package io.shopflow.laptop.supervisor;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** A server process that is restarted on its port when it dies. */
final class SupervisedServer<S extends AutoCloseable> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SupervisedServer.class);
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final int port;
    private final IntFunction<S> starter;
    private final Predicate<S> alive;
    private final Runnable onRestart;
    private final ReentrantLock lock = new ReentrantLock();
    private S server;
    private volatile boolean closed;

    private SupervisedServer(
            String name,
            int port,
            IntFunction<S> starter,
            Predicate<S> alive,
            Runnable onRestart,
            S server) {
        this.name = name;
        this.port = port;
        this.starter = starter;
        this.alive = alive;
        this.onRestart = onRestart;
        this.server = server;
    }

    /**
     * Starts a server on a port and watches it.
     *
     * @param starter starts it on the given port
     * @param alive whether its process runs
     * @param onRestart is called after a restart
     */
    static <S extends AutoCloseable> SupervisedServer<S> start(
            String name, int port, IntFunction<S> starter, Predicate<S> alive, Runnable onRestart) {
        SupervisedServer<S> supervised =
                new SupervisedServer<>(name, port, starter, alive, onRestart, starter.apply(port));
        Thread.ofPlatform().daemon().name("watch " + name).start(supervised::watch);
        return supervised;
    }

    /** The server that runs now. */
    S current() {
        lock.lock();
        try {
            return server;
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(LOOK);
                if (!closed && !alive.test(current()) && restart()) {
                    onRestart.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean restart() throws InterruptedException {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closeQuietly();
            server = starter.apply(port);
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be started again; trying once more", name);
            Thread.sleep(PAUSE);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void closeQuietly() {
        try {
            server.close();
        } catch (Exception e) {
            // It is dead already; continues with the start of the next one.
            LOG.debugf(e, "%s", name);
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            closeQuietly();
        } finally {
            lock.unlock();
        }
    }
}
