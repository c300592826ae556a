package io.shopflow.laptop.runs;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.queues.FailedEvent;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.Run;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Follows one run until it is closed, and shows its progress. */
public final class RunFollower {

    private static final Duration GLANCE = Duration.ofMillis(150);
    private static final Duration LOOK = Duration.ofMillis(700);

    /** Interval without a terminal, since each check slows the run down. */
    private static final Duration LINES_EVERY = Duration.ofSeconds(10);

    private static final String STOPPED = "The stack has stopped. Start it with ./shopflow up.";

    private final ObjectStore lake;
    private final RunDatabase database;
    private final FailureJournal failures;
    private final RunRequests requests;
    private final BooleanSupplier stackIsUp;

    /**
     * Follows runs of one stack.
     *
     * @param stackIsUp whether to keep waiting
     */
    public RunFollower(
            ObjectStore lake,
            RunDatabase database,
            FailureJournal failures,
            RunRequests requests,
            BooleanSupplier stackIsUp) {
        this.lake = lake;
        this.database = database;
        this.failures = failures;
        this.requests = requests;
        this.stackIsUp = stackIsUp;
    }

    /** Waits for the end of a run, drawing its stages. */
    public RunOutcome follow(String source, RunId runId, Screen screen)
            throws InterruptedException {
        RunStages stages = new RunStages(source, runId, lake, database);
        StageLines lines = new StageLines();
        Instant lastLook = screen.terminal() ? Instant.EPOCH : Instant.now();
        while (true) {
            if (!stackIsUp.getAsBoolean()) {
                throw new StackException(
                        "The stack stopped before run %s ended. Start it with ./shopflow up: the run continues."
                                .formatted(runId));
            }
            try {
                boolean closed =
                        database.read(ledger -> ledger.run(runId)).filter(Run::closed).isPresent();
                List<FailedEvent> givenUp = failures.givenUp(runId);
                boolean over = closed || !givenUp.isEmpty();
                if (screen.terminal() && (over || since(lastLook).compareTo(LOOK) >= 0)) {
                    lastLook = Instant.now();
                    screen.draw(
                            stages.current().stream()
                                    .map(stage -> stage.bar(screen.columns() - 1))
                                    .toList());
                } else if (!over && since(lastLook).compareTo(LINES_EVERY) >= 0) {
                    lastLook = Instant.now();
                    lines.next(stages.current()).forEach(screen::line);
                }
                if (over) {
                    screen.keep();
                    if (closed) {
                        requests.forget(runId);
                    }
                    return database.read(ledger -> RunOutcome.read(ledger, runId, givenUp));
                }
            } catch (DatabaseUnavailableException | UncheckedIOException e) {
                // A server is restarting; the run continues afterwards.
                Thread.sleep(LOOK);
            }
            Thread.sleep(GLANCE);
        }
    }

    /** Waits until no run of the source is unfinished. */
    public void awaitIdle(String source, Screen screen) throws InterruptedException {
        boolean told = false;
        while (true) {
            Optional<RunId> earlier = outlastingRestarts(() -> unfinished(source));
            if (earlier.isEmpty()) {
                return;
            }
            if (!told) {
                screen.line(
                        "Run %s of %s is not finished yet; this one starts after it."
                                .formatted(earlier.get(), source));
                told = true;
            }
            if (!stackIsUp.getAsBoolean()) {
                throw new StackException(STOPPED);
            }
            Thread.sleep(LOOK);
        }
    }

    /**
     * Runs a step that needs the servers; retries while one of them is restarted.
     *
     * @throws StackException if the whole stack has stopped
     */
    public <T> T outlastingRestarts(Supplier<T> step) throws InterruptedException {
        while (true) {
            try {
                return step.get();
            } catch (SdkServiceException e) {
                // The server is up, and a retry gives the same response.
                if (e.statusCode() < 500) {
                    throw e;
                }
                pause(e);
            } catch (DatabaseUnavailableException | UncheckedIOException | SdkClientException e) {
                pause(e);
            }
        }
    }

    private void pause(RuntimeException reason) throws InterruptedException {
        if (!stackIsUp.getAsBoolean()) {
            throw new StackException(STOPPED, reason);
        }
        Thread.sleep(LOOK);
    }

    /** The same for a step without a result. */
    public void outlastingRestarts(Runnable step) throws InterruptedException {
        outlastingRestarts(
                () -> {
                    step.run();
                    return true;
                });
    }

    private Optional<RunId> unfinished(String source) {
        Optional<RunId> requested =
                requests.underWay(failures).stream()
                        .filter(request -> request.source().equals(source))
                        .map(request -> Objects.requireNonNull(request.runId()))
                        .findFirst();
        if (requested.isPresent()) {
            return requested;
        }
        return database.read(LedgerReader::running).stream()
                .filter(run -> run.source().equals(source))
                .map(Run::runId)
                .filter(run -> failures.givenUp(run).isEmpty())
                .findFirst();
    }

    private static Duration since(Instant instant) {
        return Duration.between(instant, Instant.now());
    }
}
