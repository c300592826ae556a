package io.shopflow.backfill;

import io.quarkus.funqy.Funq;
import io.shopflow.backfill.BackfillReply.PlanReply;
import io.shopflow.backfill.BackfillReply.ProgressReply;
import io.shopflow.backfill.BackfillReply.VerifyReply;
import io.shopflow.backfill.BackfillRequest.PlanRequest;
import io.shopflow.backfill.BackfillRequest.ProgressRequest;
import io.shopflow.backfill.BackfillRequest.VerifyRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.RowCounts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Plans and verifies backfills. It writes nothing, so every request may be repeated. It fails only
 * if the bucket or the warehouse is unavailable; the rejection of a request or of a backfill is a
 * reply.
 */
public class BackfillFunction {

    private static final Logger LOG = Logger.getLogger(BackfillFunction.class);

    private static final String RUN_ID = "run_id";

    private final PlanWindows plan;
    private final Ledger ledger;
    private final VerifyWindows verify;
    private final Metrics metrics;
    private final InvocationMetrics invocations;

    BackfillFunction(
            PlanWindows plan,
            Ledger ledger,
            VerifyWindows verify,
            Metrics metrics,
            InvocationMetrics invocations) {
        this.plan = plan;
        this.ledger = ledger;
        this.verify = verify;
        this.metrics = metrics;
        this.invocations = invocations;
    }

    /** Handles one request. */
    @Funq("backfill")
    public BackfillReply backfill(BackfillRequest request) {
        try {
            return switch (request) {
                case PlanRequest planned -> plan(planned);
                case ProgressRequest(String source, RunId runId) -> progress(source, runId);
                case VerifyRequest(List<Window> windows, int retries) -> verify(windows, retries);
            };
        } finally {
            invocations.ended();
        }
    }

    private PlanReply plan(PlanRequest request) {
        PlanReply reply = plan.plan(request);
        if (!reply.accepted()) {
            LOG.warnf("backfill_refused reasons=%s", reply.reasons());
            return reply;
        }
        LOG.infof(
                "backfill_planned source=%s from=%s until=%s windows=%d",
                reply.source(), request.from(), request.until(), reply.windows().size());
        metrics.ofSource(reply.windows().getFirst().source())
                .put(Metric.BACKFILL_RUNS, reply.windows().size())
                .write();
        return reply;
    }

    private ProgressReply progress(String source, RunId runId) {
        MDC.put(RUN_ID, runId.value());
        try {
            Optional<LoadedRun> run =
                    Optional.ofNullable(LoadedRun.read(ledger, List.of(runId)).get(runId));
            ProgressReply reply =
                    new ProgressReply(
                            source,
                            runId,
                            run.map(known -> known.run().status().canonicalName())
                                    .orElse(ProgressReply.UNKNOWN),
                            run.map(LoadedRun::rows).orElse(RowCounts.NONE),
                            run.map(LoadedRun::problems).orElse(List.of()),
                            Window.again(runId));
            LOG.infof("backfill_progress source=%s status=%s", source, reply.status());
            return reply;
        } finally {
            MDC.remove(RUN_ID);
        }
    }

    private VerifyReply verify(List<Window> windows, int retries) {
        VerifyReply reply = verify.verify(windows, retries);
        LOG.infof(
                "backfill_verified accepted=%s windows=%d complete=%d extracted=%d quarantined_percent=%s",
                reply.accepted(),
                reply.windows(),
                reply.complete(),
                reply.rows().extracted(),
                String.format(Locale.ROOT, "%.2f", reply.quarantinedPercent()));
        return reply;
    }
}
