package io.shopflow.dashboard.runs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.core.run.Problem;
import io.shopflow.dashboard.ledger.LatePart;
import io.shopflow.dashboard.ledger.LoadedPart;
import io.shopflow.dashboard.ledger.RunTotals;
import io.shopflow.dashboard.ledger.Shown;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The details behind a figure: the runs, their ledgers, their files, their problems. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class RunsPage {
    private final Runs runs;

    RunsPage(Runs runs) {
        this.runs = runs;
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
    public Response runs(@QueryParam("source") @Nullable String source) {
        List<Mistake> mistakes = new ArrayList<>();
        String requested = FilteredRequests.sourceName(source, mistakes);
        return mistakes.isEmpty()
                ? Response.ok(Templates.runs(runs.newest(requested), requested).render()).build()
                : FilteredPages.mistakes(mistakes);
    }

    /** One run. */
    @GET
    @Path("{runId}")
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public String run(@PathParam("runId") String runId) {
        return runs.run(runId)
                .map(view -> Templates.run(view).render())
                .orElseThrow(NotFoundException::new);
    }
}
