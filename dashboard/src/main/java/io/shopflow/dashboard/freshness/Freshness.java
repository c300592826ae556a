package io.shopflow.dashboard.freshness;

import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.runs.Run;
import io.shopflow.dashboard.runs.RunFinding;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells how old the figures are, and whether the runs behind them are whole. */
@ApplicationScoped
public class Freshness {
    private static final int FINDINGS = 3;

    private final EntityManager database;
    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    Freshness(EntityManager database, DashboardConfig config) {
        this.database = database;
        this.config = config;
    }

    /** A text that changes with each loaded part and each change of a run. */
    public String version() {
        return (String)
                database.createNativeQuery(
                                """
                                select concat_ws(
                                    '-',
                                    (select count(*) from etl.part_ledger),
                                    (select extract(epoch from max(loaded_at)) from etl.part_ledger),
                                    (select count(*) from etl.runs),
                                    (select extract(epoch from max(closed_at)) from etl.runs)
                                )
                                """,
                                String.class)
                        .getSingleResult();
    }

    /** What a reader has to know of these sources; empty where all is well. */
    public List<Notice> notices(List<SourceFreshness> sources) {
        Instant tooOld = clock.instant().minus(config.staleAfter());
        List<Notice> notices = new ArrayList<>();
        Instant stoppedSince = clock.instant().minus(config.runStoppedAfter());
        for (SourceFreshness source : sources) {
            boolean stopped = isStopped(source, stoppedSince);
            if (stopped) {
                notices.add(new Notice.Stopped(source.source, source.lastRunId, source.lastRunAt));
            }
            notices.addAll(doubts(source));
            if (source.lastRunStatus.equals("incomplete")) {
                notices.add(
                        new Notice.Incomplete(source.source, source.lastRunId, source.lastRunAt));
            }
            Instant complete = source.lastCompleteAt;
            String completeRun = source.lastCompleteRunId;
            if (complete == null || completeRun == null) {
                if (source.isRunning() && !stopped) {
                    notices.add(
                            new Notice.FirstRun(source.source, source.lastRunId, source.lastRunAt));
                }
            } else if (complete.isBefore(tooOld)) {
                notices.add(new Notice.Stale(source.source, completeRun, complete));
            }
        }
        return List.copyOf(notices);
    }

    private static boolean isStopped(SourceFreshness source, Instant since) {
        Run run = source.isRunning() ? Run.findById(source.lastRunId) : null;
        return run != null && run.isStopped(since);
    }

    /** What the source's last closed run found. */
    private static List<Notice> doubts(SourceFreshness source) {
        Run closed = Run.lastClosed(source.source);
        if (closed == null || closed.closedAt == null) {
            return List.of();
        }
        List<RunFinding> findings = RunFinding.of(closed.runId);
        Instant at = closed.closedAt;
        List<Notice> notices = new ArrayList<>();
        findings.stream()
                .limit(FINDINGS)
                .forEach(
                        finding ->
                                notices.add(
                                        new Notice.Doubt(
                                                source.source,
                                                closed.runId,
                                                at,
                                                finding.stream.isEmpty()
                                                        ? finding.described()
                                                        : finding.stream
                                                                + ": "
                                                                + finding.described())));
        if (findings.size() > FINDINGS) {
            notices.add(
                    new Notice.Doubt(
                            source.source,
                            closed.runId,
                            at,
                            "%d more findings.".formatted(findings.size() - FINDINGS)));
        }
        return notices;
    }
}
