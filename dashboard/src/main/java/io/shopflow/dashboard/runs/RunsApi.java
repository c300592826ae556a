package io.shopflow.dashboard.runs;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import io.shopflow.dashboard.ledger.RunTotals;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The runs and their ledgers as JSON. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsApi {
    private final Answers answers;
    private final Runs runs;

    RunsApi(Answers answers, Runs runs) {
        this.answers = answers;
        this.runs = runs;
    }

    /** The newest runs. */
    @Schema(name = "Runs", description = "The newest runs, the last one first.")
    public record Newest(List<Summary> runs) {}

    /** A run. */
    @Schema(name = "Run", description = "A run of a source.")
    public record Summary(
            String runId,
            String source,
            @Schema(description = "running, complete or incomplete.") String status,
            @Schema(description = "Whether nothing of it has arrived for too long.")
                    boolean stopped,
            @Schema(
                            description = "Whether everything was read; null until that is known.",
                            nullable = true)
                    @Nullable Boolean full,
            @Schema(description = "Whether only a window of days was read.") boolean window,
            Instant startedAt,
            @Schema(nullable = true) @Nullable Instant closedAt,
            Rows rows,
            boolean balanced) {
        static Summary of(Run run, RunTotals totals, boolean stopped) {
            return new Summary(
                    run.runId().value(),
                    run.source(),
                    run.status().canonicalName(),
                    stopped,
                    run.full(),
                    run.window(),
                    run.startedAt(),
                    run.closedAt(),
                    Rows.of(totals.rows()),
                    totals.balanced());
        }
    }

    /** Counts of rows. */
    @Schema(description = "Extracted rows by result.")
    public record Rows(
            long extracted,
            long inserted,
            long updated,
            long unchanged,
            long duplicate,
            long quarantined) {
        static Rows of(RowCounts rows) {
            return new Rows(
                    rows.extracted(),
                    rows.inserted(),
                    rows.updated(),
                    rows.unchanged(),
                    rows.duplicate(),
                    rows.quarantined());
        }
    }

    /** A run with its ledger. */
    @Schema(name = "RunLedger", description = "A run with its ledger.")
    public record Single(
            Summary run,
            List<Stream> streams,
            List<Found> findings,
            @Schema(description = "Rules that rejected rows, at most 100.") List<Rule> rejections,
            @Schema(description = "Rules that warned of rows, at most 100.") List<Rule> warnings) {
        static Single of(RunsPage.View view) {
            return new Single(
                    Summary.of(view.run(), RunTotals.of(view.ledger()), view.stopped()),
                    view.ledger().stream().map(Stream::of).toList(),
                    view.findings().stream()
                            .flatMap(group -> group.findings().stream())
                            .map(Found::of)
                            .toList(),
                    view.rejections().first().stream().map(Rule::of).toList(),
                    view.warnings().first().stream().map(Rule::of).toList());
        }
    }

    /** The ledger of a stream. */
    @Schema(name = "StreamLedger", description = "The ledger of a stream of a run.")
    public record Stream(
            String stream,
            @Schema(
                            description = "Rows that the source counts; null if it cannot.",
                            nullable = true)
                    @Nullable Long counted,
            Rows rows,
            long missingParts,
            boolean balanced) {
        static Stream of(StreamLedger stream) {
            return new Stream(
                    stream.stream(),
                    stream.counted(),
                    Rows.of(stream.rows()),
                    stream.missingParts(),
                    stream.balanced());
        }
    }

    /** What a run found. */
    @Schema(name = "Finding", description = "What a run found in its source or in the warehouse.")
    public record Found(
            String rule,
            @Schema(description = "Empty if it concerns the whole source.") String stream,
            @Schema(description = "failure, doubt or information.") String severity,
            long rows,
            String message) {
        static Found of(Finding finding) {
            return new Found(
                    finding.rule(),
                    finding.stream(),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.rows(),
                    finding.described());
        }
    }

    /** The rows of a rule. */
    @Schema(name = "RuleRows", description = "Rows of a stream that a rule concerns in a field.")
    public record Rule(
            String stream,
            String rule,
            @Schema(description = "Empty if it concerns the whole row.") String field,
            long rows,
            @Schema(description = "Rejected rows that no later run has loaded or replaced.")
                    long stillOut,
            @Schema(
                            description =
                                    "A value, personal ones masked; null if none may be shown.",
                            nullable = true)
                    @Nullable String example,
            @Schema(description = "Position of the example's row in its source.", nullable = true)
                    @Nullable String position) {
        static Rule of(RuleRows rows) {
            return new Rule(
                    rows.stream(),
                    rows.rule(),
                    rows.field(),
                    rows.rows(),
                    rows.stillOut(),
                    rows.example(),
                    rows.position());
        }
    }

    /** The newest runs. */
    @GET
    @Transactional
    @Operation(operationId = "runs", summary = "The newest runs")
    public RestResponse<Answer<Newest>> runs(@RestQuery @Nullable String source) {
        Optional<String> requested =
                answers.read(
                        mistakes ->
                                Optional.ofNullable(FilteredRequests.sourceName(source, mistakes)));
        return answers.ofLedger(
                "/runs" + requested.map(name -> "?source=" + name).orElse(""),
                new Newest(
                        runs.newest(requested.orElse(null)).stream()
                                .map(line -> Summary.of(line.run(), line.totals(), line.stopped()))
                                .toList()));
    }

    /** One run. */
    @GET
    @Path("{runId}")
    @Transactional
    @Operation(operationId = "run", summary = "A run and its ledger")
    public RestResponse<Answer<Single>> run(@PathParam("runId") String runId) {
        return answers.ofLedger(
                "/runs/" + runId,
                runs.run(runId).map(Single::of).orElseThrow(NotFoundException::new));
    }
}
