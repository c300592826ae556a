package io.shopflow.backfill;

import io.quarkus.funqy.Funq;
import io.shopflow.backfill.BackfillReply.Planned;
import io.shopflow.backfill.BackfillReply.Progressed;
import io.shopflow.backfill.BackfillReply.Verified;
import io.shopflow.backfill.BackfillRequest.Execution;
import io.shopflow.backfill.BackfillRequest.Plan;
import io.shopflow.backfill.BackfillRequest.Progress;
import io.shopflow.backfill.BackfillRequest.Verify;
import io.shopflow.backfill.plan.PlanWindows;
import io.shopflow.backfill.plan.Window;
import io.shopflow.backfill.plan.WindowPlan;
import io.shopflow.core.run.RunId;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.RowCounts;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Answers who runs a backfill. Every answer may be asked for again: nothing is written. It fails
 * only where bucket or warehouse are away; a backfill that cannot be made, or is not good, is an
 * answer.
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

    /** Answers one question. */
    @Funq("backfill")
    public BackfillReply backfill(BackfillRequest request) {
        try {
            return switch (request) {
                case Plan asked -> plan(asked);
                case Progress(String source, RunId runId) -> progress(source, runId);
                case Verify(List<Window> windows, int retries) -> verify(windows, retries);
            };
        } finally {
            invocations.ended();
        }
    }

    private Planned plan(Plan asked) {
        Execution execution = asked.execution();
        WindowPlan planned =
                plan.plan(
                        new PlanWindows.Asked(
                                execution == null ? null : execution.name(),
                                execution == null ? null : execution.startedAt(),
                                asked.source(),
                                asked.from(),
                                asked.until(),
                                asked.windowDays()));
        return switch (planned) {
            case WindowPlan.Planned(List<Window> windows) -> {
                LOG.infof(
                        "backfill_planned source=%s from=%s until=%s windows=%d",
                        asked.source(), asked.from(), asked.until(), windows.size());
                metrics.ofSource(windows.getFirst().source())
                        .put(Metric.BACKFILL_RUNS, windows.size())
                        .write();
                yield new Planned(true, asked.source(), windows, List.of());
            }
            case WindowPlan.Refused(List<String> reasons) -> {
                LOG.warnf("backfill_refused reasons=%s", reasons);
                yield new Planned(false, asked.source(), List.of(), reasons);
            }
        };
    }

    private Progressed progress(String source, RunId runId) {
        MDC.put(RUN_ID, runId.value());
        try {
            LoadedRun run = LoadedRun.read(ledger, List.of(runId)).get(runId);
            RunId next = Window.again(runId);
            Progressed progressed =
                    run == null
                            ? new Progressed(
                                    source,
                                    runId,
                                    Progressed.UNKNOWN,
                                    RowCounts.NONE,
                                    List.of(),
                                    next)
                            : new Progressed(
                                    source,
                                    runId,
                                    run.run().status().canonicalName(),
                                    run.rows(),
                                    run.problems(),
                                    next);
            LOG.infof("backfill_progress source=%s status=%s", source, progressed.status());
            return progressed;
        } finally {
            MDC.remove(RUN_ID);
        }
    }

    private Verified verify(List<Window> windows, int retries) {
        Verified verified = verify.verify(windows, retries);
        LOG.infof(
                "backfill_verified accepted=%s windows=%d complete=%d extracted=%d quarantined_percent=%s",
                verified.accepted(),
                verified.windows(),
                verified.complete(),
                verified.rows().extracted(),
                String.format(Locale.ROOT, "%.2f", verified.quarantinedPercent()));
        return verified;
    }
}
