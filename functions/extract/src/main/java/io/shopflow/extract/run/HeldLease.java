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
 * A lease in the hands of one invocation. A timer renews it as long as the invocation lasts,
 * however slowly that gets on. It runs out only where the process stands still or is dead; then
 * another invocation may take it, and this one notices before it writes again. That no write slips
 * through between the two is for {@link RunLog} to see to: the lease keeps invocations from getting
 * in each other's way, and is not what makes their writes safe.
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
     * Takes the lease for a run; empty where another invocation changed the state meanwhile.
     *
     * @param before the state, in which the lease is free
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

    /** Tells this invocation from all others. */
    String holder() {
        return holder;
    }

    /**
     * To be called before each write.
     *
     * @throws LeaseLostException where another invocation or run has the lease
     */
    void check() {
        if (!clock.instant().isBefore(expiresAt)) {
            renew();
        }
        if (lost) {
            throw new LeaseLostException("the lease of '%s' went to another".formatted(source));
        }
    }

    /**
     * Gives the source back; false where it was lost.
     *
     * @param ended what the run leaves behind
     */
    boolean end(UnaryOperator<SourceState> ended) {
        return change(ended);
    }

    /**
     * Lets the next invocation of the same run take it at once, and other runs when it runs out.
     */
    void handOn() {
        change(state -> state.leasedUntil(clock.instant().plus(length), null));
    }

    private void renewInTime() {
        try {
            renew();
        } catch (UncheckedIOException e) {
            // The lake is away: the next round, or the next write, finds out who has the lease.
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

    /** False where the lease is another's. */
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
