package io.shopflow.dashboard.runs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The way down from a figure: the runs, their ledgers, their files, their problems. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class RunsPage {
    private static final int RUNS = 50;
    private static final int PARTS = 500;
    private static final int PROBLEMS = 200;

    /** A run and its ledger, added up. */
    public record Line(Run run, Ledger ledger) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance runs(List<Line> lines, @Nullable String source);

        static native TemplateInstance run(
                Run run,
                List<StreamLedger> ledger,
                List<LoadedPart> parts,
                List<RunProblem> problems);
    }

    /** The latest runs. */
    @GET
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public String runs(@QueryParam("source") @Nullable String source) {
        String asked = source == null || source.isBlank() ? null : source.strip();
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
                                                                run.runId, Ledger.sum(List.of()))))
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
        Run run = Run.findById(runId);
        if (run == null) {
            throw new NotFoundException();
        }
        return Templates.run(
                        run,
                        StreamLedger.of(List.of(runId)),
                        LoadedPart.of(runId, PARTS),
                        RunProblem.of(runId, PROBLEMS))
                .render();
    }
}
