package io.shopflow.lambda;

import io.shopflow.core.run.RunId;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.lambda.event.SqsEvent.Message;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Handles the batches of a function that reads from a queue: one message at a time, with failures
 * logged and returned, the run's id in logs and traces, and the invocation's metrics.
 */
public final class QueueHandler {

    private static final Logger LOG = Logger.getLogger(QueueHandler.class);

    private static final String RUN_ID = "run_id";

    private final FunctionName function;
    private final InvocationMetrics invocations;
    private final Tracer tracer;

    QueueHandler(FunctionName function, InvocationMetrics invocations, Tracer tracer) {
        this.function = function;
        this.invocations = invocations;
        this.tracer = tracer;
    }

    /**
     * Passes each message to the handler; returns those for which it threw, which must be delivered
     * again. A failed message does not affect the others.
     */
    public SqsBatchResponse handle(SqsEvent event, Consumer<Message> handler) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (Message message : event.records()) {
            try {
                handler.accept(message);
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "%s_failed message_id=%s",
                        function.canonicalName(),
                        message.messageId());
                failures.add(new BatchItemFailure(message.messageId()));
            } finally {
                MDC.remove(RUN_ID);
            }
        }
        return invocations.ended(new SqsBatchResponse(failures));
    }

    /** Runs a step of a run. Logs have the run's id until the message is handled. */
    public <T, X extends Exception> T step(
            String name, RunId runId, String source, Tracer.Work<T, X> work) throws X {
        MDC.put(RUN_ID, runId.value());
        return tracer.step(name, Map.of(RUN_ID, runId.value(), "source", source), work);
    }
}
