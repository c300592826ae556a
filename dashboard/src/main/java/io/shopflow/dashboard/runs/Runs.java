package io.shopflow.dashboard.runs;

import static java.util.stream.Collectors.groupingBy;

import io.shopflow.core.run.RunId;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.ledger.LatePart;
import io.shopflow.dashboard.ledger.LoadedPart;
import io.shopflow.dashboard.ledger.RunTotals;
import io.shopflow.dashboard.ledger.Shown;
import io.shopflow.dashboard.runs.RunsPage.Line;
import io.shopflow.dashboard.runs.RunsPage.View;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads runs and their ledgers. */
@ApplicationScoped
class Runs {
    private static final int RUNS = 50;
    private static final int PARTS = 500;
    private static final int PROBLEMS = 200;
    private static final int RULES = 100;

    private final Ledger ledger;
    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    Runs(Ledger ledger, DashboardConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    /** The newest runs; of all sources if none is given. */
    List<Line> newest(@Nullable String source) {
        return ledger.read(reader -> lines(reader, source));
    }

    /** A run; none if nothing of it has been loaded. */
    Optional<View> run(String runId) {
        return RunId.isValid(runId)
                ? ledger.read(reader -> view(reader, new RunId(runId)))
                : Optional.empty();
    }

    private List<Line> lines(LedgerReader reader, @Nullable String source) throws SQLException {
        Instant stoppedSince = stoppedSince();
        List<Run> runs = source == null ? reader.newest(RUNS) : reader.newest(source, RUNS);
        Map<RunId, List<StreamLedger>> streams =
                reader.streams(runs.stream().map(Run::runId).toList()).stream()
                        .collect(groupingBy(StreamLedger::runId));
        return runs.stream()
                .map(
                        run ->
                                new Line(
                                        run,
                                        RunTotals.of(streams.getOrDefault(run.runId(), List.of())),
                                        LoadedPart.hasStopped(run, stoppedSince)))
                .toList();
    }

    private Optional<View> view(LedgerReader reader, RunId runId) throws SQLException {
        Optional<Run> run = reader.run(runId);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new View(
                        run.get(),
                        LoadedPart.hasStopped(run.get(), stoppedSince()),
                        reader.streams(runId),
                        FindingGroup.of(reader.findings(runId)),
                        Shown.of(reader.rejections(runId), RULES),
                        Shown.of(reader.warnings(runId), RULES),
                        LoadedPart.of(runId.value(), PARTS),
                        LatePart.of(runId.value(), PARTS),
                        Shown.of(reader.problems(runId), PROBLEMS)));
    }

    private Instant stoppedSince() {
        return clock.instant().minus(config.runStoppedAfter());
    }
}
