package io.shopflow.extract;

import io.quarkus.funqy.Funq;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.extract.run.ExtractRun;
import io.shopflow.extract.run.RunResult;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.lambda.QueueHandler;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.lambda.event.SqsEvent.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Runs the sources that messages of the extract-requests queue request. Problems of a source are
 * recorded in the run's manifest, and the message counts as processed. A message fails, and is
 * delivered again, only if the lake is unavailable or the program has a bug.
 */
public class ExtractFunction {

    private static final Logger LOG = Logger.getLogger(ExtractFunction.class);

    /** The shortest delay of a queue other than zero. */
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final ExtractRun run;
    private final RequestQueue requests;
    private final ExtractMetrics metrics;
    private final QueueHandler queue;
    private final Duration workingTime;
    private final Duration retryDelay;
    private final int retries;
    private final Duration unavailableDelay;

    ExtractFunction(
            ExtractRun run,
            RequestQueue requests,
            ExtractMetrics metrics,
            QueueHandler queue,
            ExtractConfig config) {
        this.run = run;
        this.requests = requests;
        this.metrics = metrics;
        this.queue = queue;
        this.workingTime = config.extract().timeout().minus(config.extract().timeMargin());
        this.retryDelay = config.extract().retryDelay();
        this.retries = config.extract().retries();
        this.unavailableDelay = config.extract().unavailableDelay();
    }

    /** Handles a batch of requests; returns those that must be delivered again. */
    @Funq("extract")
    public SqsBatchResponse extract(SqsEvent event) {
        long begun = System.nanoTime();
        BooleanSupplier timeIsShort = () -> System.nanoTime() - begun > workingTime.toNanos();
        return queue.handle(event, message -> handle(message, timeIsShort));
    }

    private void handle(Message message, BooleanSupplier timeIsShort) {
        ExtractRequest request = message.bodyAs(ExtractRequest.class);
        RunId runId =
                request.runId() == null
                        ? RunId.ofMessage(message.messageId(), message.sentAt())
                        : request.runId();
        RunResult result =
                queue.step(
                        "extract " + request.source(),
                        runId,
                        request.source(),
                        () -> run.run(request, runId, timeIsShort));
        switch (result) {
            case RunResult.Finished(RunManifest manifest) -> {
                logEnd(manifest);
                metrics.ended(manifest);
                requestRetryIfUnavailable(request, manifest);
            }
            case RunResult.ToBeContinued(RunId same) -> {
                LOG.infof("extract_to_be_continued source=%s", request.source());
                requests.send(request.ofRun(same), Duration.ZERO);
            }
            case RunResult.Busy(RunId same, RunId holder, Instant until) -> {
                LOG.infof(
                        "extract_waits source=%s holder=%s until=%s",
                        request.source(), holder, until);
                requests.send(request.ofRun(same), delay(until));
            }
            case RunResult.AlreadyFinished(RunManifest manifest) -> {
                LOG.infof("extract_repeated source=%s", request.source());
                // The invocation that ended the run may have been killed before it could request a
                // retry.
                requestRetryIfUnavailable(request, manifest);
            }
        }
    }

    /** The time until the lease may be free, at most the configured delay. */
    private Duration delay(Instant until) {
        Duration left = Duration.between(Instant.now(), until).plusSeconds(1);
        return left.compareTo(retryDelay) > 0 ? retryDelay : left.isPositive() ? left : ONE_SECOND;
    }

    /**
     * Requests another run if the source was unavailable, which is usually temporary. Windows are
     * requested again by their backfill, which counts them.
     */
    private void requestRetryIfUnavailable(ExtractRequest request, RunManifest manifest) {
        boolean unavailable =
                manifest.problems().stream().anyMatch(SourceUnavailableException::mayPass);
        if (!unavailable || request.windowed() || request.attempt() >= retries) {
            return;
        }
        // Derived from the run that ended, so that a repeated request names the same run.
        RunId next =
                RunId.ofMessage(
                        manifest.runId() + "/" + (request.attempt() + 1),
                        manifest.finishedAt().plus(unavailableDelay));
        LOG.infof(
                "extract_retry_requested source=%s next_run_id=%s attempt=%d delay=%s",
                request.source(), next, request.attempt() + 1, unavailableDelay);
        requests.send(request.again(next), unavailableDelay);
    }

    private static void logEnd(RunManifest manifest) {
        manifest.problems()
                .forEach(
                        problem ->
                                LOG.warnf(
                                        "extract_problem source=%s rule=%s stream=%s file=%s line=%s field=%s: %s",
                                        manifest.source(),
                                        problem.rule(),
                                        problem.stream(),
                                        problem.file(),
                                        problem.line(),
                                        problem.field(),
                                        problem.message()));
        manifest.streams()
                .forEach(
                        stream ->
                                LOG.infof(
                                        "extract_stream source=%s stream=%s counted=%s extracted=%d parts=%d",
                                        manifest.source(),
                                        stream.stream(),
                                        stream.counted(),
                                        stream.extracted(),
                                        stream.parts().size()));
        LOG.infof(
                "extract_finished source=%s millis=%d problems=%d",
                manifest.source(),
                Duration.between(manifest.startedAt(), manifest.finishedAt()).toMillis(),
                manifest.problems().size());
    }
}
