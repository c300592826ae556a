package io.shopflow.lambda;

import io.shopflow.core.run.RunId;
import io.shopflow.lambda.event.SqsBatch;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.lambda.event.SqsEvent.Message;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.trace.Tracer;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What a function that reads from a queue does around its own work: each message is handled for
 * itself, a failure is logged and named in the response, logs and traces carry the run's id, and
 * the invocation's metrics are written.
 */
public final class QueueHandler {

    private static final Logger LOG = Logger.getLogger(QueueHandler.class);

    private static final String RUN_ID = "run_id";

    private final SqsBatch batch;
    private final InvocationMetrics invocations;
    private final Tracer tracer;

    QueueHandler(FunctionName function, InvocationMetrics invocations, Tracer tracer) {
        this.batch =
                new SqsBatch(
                        (message, e) ->
                                LOG.errorf(
                                        e,
                                        "%s_failed message_id=%s",
                                        function.canonicalName(),
                                        message.messageId()),
                        () -> MDC.remove(RUN_ID));
        this.invocations = invocations;
        this.tracer = tracer;
    }

    /** Hands each message to the handler; names those that must come again. */
    public SqsBatchResponse handle(SqsEvent event, Consumer<Message> handler) {
        return invocations.ended(batch.each(event, handler));
    }

    /** Does a step of a run; what is logged until the message is done carries the run's id. */
    public <T, X extends Exception> T step(
            String name, RunId runId, String source, Tracer.Work<T, X> work) throws X {
        MDC.put(RUN_ID, runId.value());
        return tracer.step(name, Map.of(RUN_ID, runId.value(), "source", source), work);
    }
}
