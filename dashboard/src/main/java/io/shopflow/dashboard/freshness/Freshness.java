package io.shopflow.dashboard.freshness;

import io.shopflow.dashboard.DashboardConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells how old the figures are, and whether the runs behind them are whole. */
@ApplicationScoped
public class Freshness {
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
        for (SourceFreshness source : sources) {
            if (source.lastRunStatus.equals("incomplete")) {
                notices.add(
                        new Notice.Incomplete(source.source, source.lastRunId, source.lastRunAt));
            }
            Instant complete = source.lastCompleteAt;
            String completeRun = source.lastCompleteRunId;
            if (complete == null || completeRun == null) {
                if (source.isRunning()) {
                    notices.add(
                            new Notice.FirstRun(source.source, source.lastRunId, source.lastRunAt));
                }
            } else if (complete.isBefore(tooOld)) {
                notices.add(new Notice.Stale(source.source, completeRun, complete));
            }
        }
        return List.copyOf(notices);
    }
}
