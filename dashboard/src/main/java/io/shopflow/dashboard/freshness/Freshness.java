package io.shopflow.dashboard.freshness;

import io.shopflow.core.run.RunId;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.ledger.LoadedPart;
import io.shopflow.dashboard.ledger.QuarantinedRow;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.RunStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Determines how old the figures are, and whether their runs are complete. */
@ApplicationScoped
public class Freshness {
    private static final int FINDINGS = 3;

    private final EntityManager database;
    private final Ledger ledger;
    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    Freshness(EntityManager database, Ledger ledger, DashboardConfig config) {
        this.database = database;
        this.ledger = ledger;
        this.config = config;
    }

    /** A text that changes with each loaded part, each change of a run and each of the figures. */
    public String version() {
        return (String)
                database.createNativeQuery(
                                """
                                select concat_ws(
                                    '-',
                                    (select count(*) from etl.part_ledger),
                                    (select extract(epoch from max(loaded_at)) from etl.part_ledger),
                                    (select count(*) from etl.late_parts),
                                    (select count(*) from etl.runs),
                                    (select extract(epoch from max(closed_at)) from etl.runs),
                                    (select string_agg(xmin::text, '-' order by source) from marts.sources)
                                )
                                """,
                                String.class)
                        .getSingleResult();
    }

    /** Notices for readers about these sources; empty if there are none. */
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
            long rejected = QuarantinedRow.stillOut(List.of(source.source));
            if (rejected > 0) {
                notices.add(
                        new Notice.Rejected(
                                source.source, source.lastRunId, source.lastRunAt, rejected));
            }
            if (source.lastStatus() == RunStatus.INCOMPLETE) {
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

    private boolean isStopped(SourceFreshness source, Instant since) {
        return source.isRunning()
                && ledger.read(reader -> reader.run(new RunId(source.lastRunId)))
                        .filter(run -> LoadedPart.hasStopped(run, since))
                        .isPresent();
    }

    /** The findings of the source's last closed run that put figures in doubt. */
    private List<Notice> doubts(SourceFreshness source) {
        return ledger.read(
                reader -> {
                    Optional<Run> closed = reader.newestClosed(source.source);
                    return closed.isEmpty()
                            ? List.of()
                            : doubts(
                                    closed.get(),
                                    reader.findings(closed.get().runId()).stream()
                                            .filter(finding -> !finding.informs())
                                            .toList());
                });
    }

    private static List<Notice> doubts(Run closed, List<Finding> findings) {
        String runId = closed.runId().value();
        Instant at = Objects.requireNonNull(closed.closedAt());
        List<Notice> notices = new ArrayList<>();
        findings.stream()
                .limit(FINDINGS)
                .forEach(
                        finding ->
                                notices.add(
                                        new Notice.Doubt(
                                                closed.source(),
                                                runId,
                                                at,
                                                finding.stream().isEmpty()
                                                        ? finding.described()
                                                        : finding.stream()
                                                                + ": "
                                                                + finding.described())));
        if (findings.size() > FINDINGS) {
            notices.add(
                    new Notice.MoreDoubts(closed.source(), runId, at, findings.size() - FINDINGS));
        }
        return notices;
    }
}
