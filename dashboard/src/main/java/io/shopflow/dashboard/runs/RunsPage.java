package io.shopflow.dashboard.runs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.DashboardConfig;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The way down from a figure: the runs, their ledgers, their files, their problems. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class RunsPage {
    private static final int RUNS = 50;
    private static final int PARTS = 500;
    private static final int PROBLEMS = 200;

    private static final int RULES = 100;

    /** A ULID, as {@code io.shopflow.core.run.RunId} has it. */
    private static final Pattern RUN_ID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    /** As {@code io.shopflow.core.source.SourceName} has it. */
    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_]{0,30}");

    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    RunsPage(DashboardConfig config) {
        this.config = config;
    }

    /**
     * A run and its ledger, added up.
     *
     * @param stopped whether nothing has come of it for too long
     */
    public record Line(Run run, Ledger ledger, boolean stopped) {}

    /** Everything that the page of a run shows. */
    public record View(
            Run run,
            boolean stopped,
            List<StreamLedger> ledger,
            List<RunFinding> findings,
            Shown<RunRejection> rejections,
            Shown<RunWarning> warnings,
            Shown<LoadedPart> parts,
            Shown<LatePart> late,
            Shown<RunProblem> problems) {}

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
        String asked = source == null || source.isBlank() ? null : source.strip();
        if (asked != null && !SOURCE.matcher(asked).matches()) {
            throw new BadRequestException(
                    "source is no name of a source: these have at most 31 lower-case letters, digits and _.");
        }
        Instant stoppedSince = clock.instant().minus(config.runStoppedAfter());
        List<Run> runs = Run.latest(asked, RUNS);
        Map<String, Ledger> ledgers =
                Ledger.byRun(StreamLedger.of(runs.stream().map(run -> run.runId).toList()));
        return Templates.runs(
                        runs.stream()
                                .map(
                                        run ->
                                                new Line(
                                                        run,
                                                        ledgers.getOrDefault(
                                                                run.runId, Ledger.sum(List.of())),
                                                        run.isStopped(stoppedSince)))
                                .toList(),
                        asked)
                .render();
    }

    /** One run. */
    @GET
    @Path("{runId}")
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public String run(@PathParam("runId") String runId) {
        Run run = RUN_ID.matcher(runId).matches() ? Run.findById(runId) : null;
        if (run == null) {
            throw new NotFoundException();
        }
        List<RunRejection> rejections = RunRejection.of(runId);
        List<RunWarning> warnings = RunWarning.of(runId);
        return Templates.run(
                        new View(
                                run,
                                run.isStopped(clock.instant().minus(config.runStoppedAfter())),
                                StreamLedger.of(List.of(runId)),
                                RunFinding.of(runId),
                                Shown.of(rejections, RULES, rejections.size()),
                                Shown.of(warnings, RULES, warnings.size()),
                                LoadedPart.of(runId, PARTS),
                                LatePart.of(runId, PARTS),
                                RunProblem.of(runId, PROBLEMS)))
                .render();
    }
}
