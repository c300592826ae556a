package io.shopflow.laptop.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A server process that is started again when it dies. */
final class SupervisedServer<S extends AutoCloseable> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SupervisedServer.class);
    private static final Duration LOOK = Duration.ofMillis(400);

    /** A server that cannot start must not use all of the processor. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final Supplier<S> starter;
    private final Predicate<S> alive;
    private final Runnable onRestart;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private S server;

    private SupervisedServer(
            String name, Supplier<S> starter, Predicate<S> alive, Runnable onRestart) {
        this.name = name;
        this.starter = starter;
        this.alive = alive;
        this.onRestart = onRestart;
        this.server = starter.get();
    }

    /**
     * Starts a server and watches it.
     *
     * @param starter returns when it answers
     * @param alive whether its process runs
     * @param onRestart is called after a restart
     */
    static <S extends AutoCloseable> SupervisedServer<S> start(
            String name, Supplier<S> starter, Predicate<S> alive, Runnable onRestart) {
        SupervisedServer<S> supervised = new SupervisedServer<>(name, starter, alive, onRestart);
        Thread.ofPlatform().daemon().name("watch " + name).start(supervised::watch);
        return supervised;
    }

    private void watch() {
        try {
            while (!isClosedWithin(LOOK)) {
                while (!alive.test(server) && !restart()) {
                    if (isClosedWithin(PAUSE)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean restart() {
        lock.lock();
        try {
            if (closed.getCount() == 0) {
                return false;
            }
            closeQuietly();
            server = starter.get();
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                LOG.errorf(e, "%s could not be started again; trying once more", name);
            }
            return false;
        } finally {
            lock.unlock();
        }
        onRestart.run();
        return true;
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
        closed.countDown();
        lock.lock();
        try {
            closeQuietly();
        } finally {
            lock.unlock();
        }
    }
}
