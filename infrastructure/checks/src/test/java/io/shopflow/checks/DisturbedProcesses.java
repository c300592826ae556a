package io.shopflow.checks;

import io.shopflow.checks.Disturbance.Damage;
import io.shopflow.checks.Disturbance.Damage.Kill;
import io.shopflow.checks.Disturbance.Damage.Pause;
import io.shopflow.checks.Disturbance.Damage.Restart;
import io.shopflow.checks.Disturbance.Direction;
import io.shopflow.checks.Disturbance.Moment.AtPiece;
import io.shopflow.checks.Disturbance.Moment.AtTime;
import io.shopflow.checks.Disturbance.Place;
import io.shopflow.checks.Disturbance.Side;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Disturbs the processes of a stack during a run: pauses, kills and restarts them when they send or
 * receive a piece of data, or after some time. Needs Linux.
 */
final class DisturbedProcesses implements AutoCloseable {

    private final Supplier<List<ProcessRecord>> processes;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("disturbs").factory());
    private final Map<Counted, Integer> counts = new HashMap<>();
    private final List<Due> due = new ArrayList<>();
    private final List<Future<?>> planned = new ArrayList<>();
    private final Set<Long> standing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicLong traffic = new AtomicLong();
    private long beginNanos;
    private long lastPieceNanos;

    /** Pieces between a function and a server in one direction. */
    private record Counted(Place place, Direction direction) {}

    /** A disturbance at a piece of this number, counted from 0. */
    private record Due(Damage damage, Place place, Side side, int position) {}

    /**
     * What a quiet run does.
     *
     * @param pieces by what is counted
     */
    record Quiet(Map<Counted, Integer> pieces, Duration time) {}

    /**
     * Disturbs these processes.
     *
     * @param processes that run now
     */
    DisturbedProcesses(Supplier<List<ProcessRecord>> processes) {
        this.processes = processes;
        // A test that is killed leaves no process stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(this::continueAll));
    }

    /** The processes that run now. */
    List<ProcessRecord> running() {
        return processes.get();
    }

    /** Resets the counts, and plans these disturbances. */
    synchronized void begin(List<Disturbance> disturbances, Quiet quiet) {
        end();
        counts.clear();
        done.set(0);
        pauses.set(0);
        traffic.set(0);
        beginNanos = System.nanoTime();
        lastPieceNanos = beginNanos;
        for (Disturbance disturbance : disturbances) {
            switch (disturbance.moment()) {
                case AtPiece(Place place, Side side, double share) -> {
                    int pieces =
                            quiet.pieces().getOrDefault(new Counted(place, side.direction()), 1);
                    due.add(new Due(disturbance.damage(), place, side, (int) (share * pieces)));
                }
                case AtTime(double share) ->
                        after(share, quiet, () -> disturb(disturbance.damage()));
            }
        }
    }

    /** Does something after a share of the time of a quiet run. */
    synchronized void after(double share, Quiet quiet, Runnable work) {
        planned.add(
                timer.schedule(
                        work, (long) (share * quiet.time().toMillis()), TimeUnit.MILLISECONDS));
    }

    /** Plans nothing more. What is under way is not interrupted. */
    synchronized void end() {
        due.clear();
        planned.forEach(work -> work.cancel(false));
        planned.clear();
    }

    /** The counts since the beginning, and the time until the last piece. */
    synchronized Quiet sinceBeginning() {
        return new Quiet(Map.copyOf(counts), Duration.ofNanos(lastPieceNanos - beginNanos));
    }

    /** The number of disturbances since the beginning. */
    int done() {
        return done.get();
    }

    /** The number of those that were pauses. */
    int pauses() {
        return pauses.get();
    }

    /** The number of pieces since the beginning. */
    long traffic() {
        return traffic.get();
    }

    /** Whether a disturbance is under way. */
    boolean disturbing() {
        return underWay.get() > 0;
    }

    /** Sends a piece of data on. */
    interface Passage {
        void pass() throws IOException;
    }

    /**
     * Passes a piece on, unless it is lost by a disturbance.
     *
     * @return whether the connection continues
     */
    boolean pass(ProcessRecord process, String server, Direction direction, Passage passage)
            throws IOException {
        Optional<Due> found = due(new Place(process.name(), server), direction);
        if (found.isEmpty()) {
            passage.pass();
            return true;
        }
        try {
            return disturb(found.get(), process, passage);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private boolean disturb(Due found, ProcessRecord process, Passage passage) throws IOException {
        boolean after = found.side() == Side.AFTER_REQUEST;
        List<Long> sender = List.of(process.pid());
        // A process that stands still does not see the answer of what is passed on.
        return switch (found.damage()) {
            case Pause(String function, Duration time) -> {
                stop(sender);
                if (after) {
                    passage.pass();
                }
                resumeAfter(sender, time);
                if (!after) {
                    passage.pass();
                }
                yield true;
            }
            case Kill(String function) -> {
                stop(sender);
                if (after) {
                    passage.pass();
                }
                kill(sender);
                yield false;
            }
            case Restart restart -> {
                if (after) {
                    passage.pass();
                }
                end(restart);
                yield false;
            }
        };
    }

    private void disturb(Damage damage) {
        underWay.incrementAndGet();
        try {
            switch (damage) {
                case Pause(String function, Duration time) -> {
                    List<Long> all = pids(function);
                    stop(all);
                    resumeAfter(all, time);
                }
                case Kill(String function) -> kill(pids(function));
                case Restart restart -> end(restart);
            }
        } finally {
            underWay.decrementAndGet();
        }
    }

    private synchronized Optional<Due> due(Place place, Direction direction) {
        traffic.incrementAndGet();
        lastPieceNanos = System.nanoTime();
        int position = counts.merge(new Counted(place, direction), 1, Integer::sum) - 1;
        Optional<Due> found =
                due.stream()
                        .filter(
                                next ->
                                        next.place().equals(place)
                                                && next.side().direction() == direction
                                                && next.position() <= position)
                        .findFirst();
        found.ifPresent(
                next -> {
                    due.remove(next);
                    underWay.incrementAndGet();
                });
        return found;
    }

    private void stop(List<Long> pids) {
        standing.addAll(pids);
        pids.forEach(pid -> ChildProcess.send("STOP", pid));
    }

    private void resumeAfter(List<Long> pids, Duration time) {
        try {
            // The pause is under test: it must be longer than the function's lease.
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            done.incrementAndGet();
            pauses.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            resume(pids);
        }
    }

    private void resume(List<Long> pids) {
        pids.forEach(pid -> ChildProcess.send("CONT", pid));
        pids.forEach(standing::remove);
    }

    private void kill(List<Long> pids) {
        pids.forEach(pid -> ChildProcess.send("KILL", pid));
        pids.forEach(standing::remove);
        done.incrementAndGet();
    }

    private void end(Restart restart) {
        pids(restart.server()).forEach(pid -> ChildProcess.send(restart.signal(), pid));
        done.incrementAndGet();
    }

    private List<Long> pids(String name) {
        return running().stream()
                .filter(process -> process.name().equals(name) && process.running().isPresent())
                .map(ProcessRecord::pid)
                .toList();
    }

    /** Continues all stopped processes, and stops no more. */
    private void continueAll() {
        end();
        resume(List.copyOf(standing));
    }

    @Override
    public void close() {
        continueAll();
        timer.shutdownNow();
    }
}
