package io.shopflow.extract.run;

import io.shopflow.core.run.RunId;
import io.shopflow.extract.run.SourceState.Lease;
import io.shopflow.extract.run.SourceStates.Versioned;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A lease held by one invocation. A timer renews it during the whole invocation, however slow that
 * is. It expires only if the process is paused or dead; then another invocation may take it, and
 * this one notices before its next write. The lease only keeps invocations from interfering with
 * each other; {@link RunLog} makes sure that no write slips in between.
 */
final class HeldLease implements AutoCloseable {

    private static final int RENEWALS_PER_LEASE = 4;

    private final SourceStates states;
    private final String key;
    private final String source;
    private final String holder;
    private final Duration length;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private volatile boolean lost;
    private volatile Instant expiresAt;

    private HeldLease(
            SourceStates states,
            String key,
            String source,
            String holder,
            Instant expiresAt,
            Duration length,
            Clock clock) {
        this.states = states;
        this.key = key;
        this.source = source;
        this.holder = holder;
        this.expiresAt = expiresAt;
        this.length = length;
        this.clock = clock;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("lease").factory());
        long period = Math.max(1, length.toMillis() / RENEWALS_PER_LEASE);
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(
                        this::renewInTime, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lease for a run; empty if another invocation changed the state meanwhile.
     *
     * @param before the state with a free lease
     */
    static Optional<HeldLease> take(
            SourceStates states,
            String key,
            Versioned before,
            RunId runId,
            Duration length,
            Clock clock) {
        String holder = UUID.randomUUID().toString();
        Instant expiresAt = clock.instant().plus(length);
        SourceState taken = before.state().leasedTo(new Lease(runId, expiresAt, holder));
        if (!states.replace(key, before, taken)
                && !isHeldBy(states.read(key, taken.source()), holder)) {
            return Optional.empty();
        }
        return Optional.of(
                new HeldLease(states, key, taken.source(), holder, expiresAt, length, clock));
    }

    /** Identifies this invocation. */
    String holder() {
        return holder;
    }

    /**
     * To be called before each write.
     *
     * @throws LeaseLostException if another invocation or run holds the lease
     */
    void check() {
        if (!clock.instant().isBefore(expiresAt)) {
            renew();
        }
        if (lost) {
            throw new LeaseLostException(
                    "another invocation or run holds the lease of '%s'".formatted(source));
        }
    }

    /**
     * Releases the source; returns false if the lease was lost.
     *
     * @param ended applies the run's end to the state
     */
    boolean end(UnaryOperator<SourceState> ended) {
        return change(ended);
    }

    /**
     * Lets the next invocation of the same run take the lease at once, and other runs when it
     * expires.
     */
    void handOn() {
        change(state -> state.leasedUntil(clock.instant().plus(length), null));
    }

    private void renewInTime() {
        try {
            renew();
        } catch (UncheckedIOException e) {
            // The lake is unavailable: the next renewal or write finds out who holds the lease.
            expiresAt = clock.instant();
        }
    }

    private void renew() {
        Instant next = clock.instant().plus(length);
        boolean held = change(state -> state.leasedUntil(next, holder));
        if (held) {
            expiresAt = next;
        } else {
            lost = true;
        }
    }

    /** Returns false if another holder has the lease. */
    private synchronized boolean change(UnaryOperator<SourceState> change) {
        while (true) {
            Versioned now = states.read(key, source);
            if (!isHeldBy(now, holder)) {
                return false;
            }
            if (states.replace(key, now, change.apply(now.state()))) {
                return true;
            }
        }
    }

    private static boolean isHeldBy(Versioned state, String holder) {
        Lease lease = state.state().lease();
        return lease != null && holder.equals(lease.holder());
    }

    /** Ends the renewals. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
