package io.shopflow.dashboard.runs;

import static java.util.stream.Collectors.groupingBy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.source.SourceName;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The details behind a figure: the runs, their ledgers, their files, their problems. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class RunsPage {
    private static final int RUNS = 50;
    private static final int PARTS = 500;
    private static final int PROBLEMS = 200;
    private static final int RULES = 100;

    private final Ledger ledger;
    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    RunsPage(Ledger ledger, DashboardConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    /**
     * A run and its ledger, added up.
     *
     * @param stopped whether none of its parts has arrived for too long
     */
    public record Line(Run run, RunTotals totals, boolean stopped) {}

    /** The content of a run's page. */
    public record View(
            Run run,
            boolean stopped,
            List<StreamLedger> ledger,
            List<FindingGroup> findings,
            Shown<RuleRows> rejections,
            Shown<RuleRows> warnings,
            Shown<LoadedPart> parts,
            Shown<LatePart> late,
            Shown<Problem> problems) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance runs(List<Line> lines, @Nullable String source);

        static native TemplateInstance run(View view);
    }

    /** The latest runs. */
    @GET
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public String runs(@QueryParam("source") @Nullable String source) {
        String requested = source == null || source.isBlank() ? null : source.strip();
        if (requested != null && !SourceName.isValid(requested)) {
            throw new BadRequestException(
                    "source is not a valid name of a source: names have at most 31 lower-case letters, digits and _.");
        }
        List<Line> lines = ledger.read(reader -> lines(reader, requested));
        return Templates.runs(lines, requested).render();
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

    /** One run. */
    @GET
    @Path("{runId}")
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public String run(@PathParam("runId") String runId) {
        if (!RunId.isValid(runId)) {
            throw new NotFoundException();
        }
        return ledger.read(reader -> view(reader, new RunId(runId)))
                .map(view -> Templates.run(view).render())
                .orElseThrow(NotFoundException::new);
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
