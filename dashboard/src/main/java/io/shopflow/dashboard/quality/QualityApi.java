package io.shopflow.dashboard.quality;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The figures of the page of data quality as JSON. */
@Path("/api/v1/quality")
@Produces(MediaType.APPLICATION_JSON)
public class QualityApi {
    private final Answers answers;
    private final Quality quality;

    QualityApi(Answers answers, Quality quality) {
        this.answers = answers;
        this.quality = quality;
    }

    /** What the page of data quality shows. */
    @Schema(
            name = "Quality",
            description = "What became of the rows of the runs closed in the days.")
    public record Figures(
            List<Stream> streams,
            @Schema(description = "Days on which a run was closed, the newest first.")
                    List<Day> days,
            @Schema(description = "Rules that rejected rows; at most 100.") List<Rule> rules,
            @Schema(description = "Number of other rules.") long moreRules) {
        static Figures of(QualityFigures figures) {
            return new Figures(
                    figures.streams().stream().map(Stream::of).toList(),
                    figures.days().stream().map(Day::of).toList(),
                    figures.rules().stream().map(Rule::of).toList(),
                    figures.moreRules());
        }
    }

    /** Rows by result. */
    @Schema(
            name = "RowResults",
            description = "Rows that were read = loaded + duplicate + rejected.")
    public record Rows(long extracted, long loaded, long duplicate, long rejected) {
        static Rows of(QualityFigures.Rows rows) {
            return new Rows(rows.extracted(), rows.loaded(), rows.duplicate(), rows.rejected());
        }
    }

    /** The rows of a stream. */
    @Schema(name = "StreamQuality", description = "The rows of a stream of a source.")
    public record Stream(
            String source,
            String stream,
            long runs,
            Rows rows,
            @Schema(
                            description = "Rows that the source counted; null if it cannot.",
                            nullable = true)
                    @Nullable Long counted,
            @Schema(description = "Rows extracted of these.") long extractedOfCounted,
            @Schema(description = "Values that were rounded, cut, masked or left empty.")
                    long warnings,
            @Schema(
                            description =
                                    "Rejected rows of all runs that no later one has loaded or replaced.")
                    long stillOut) {
        static Stream of(QualityFigures.StreamRows stream) {
            return new Stream(
                    stream.source(),
                    stream.stream(),
                    stream.runs(),
                    Rows.of(stream.rows()),
                    stream.counted(),
                    stream.ofCounted(),
                    stream.warnings(),
                    stream.stillOut());
        }
    }

    /** The rows of a day. */
    @Schema(name = "DayQuality", description = "The rows of the runs that were closed on a day.")
    public record Day(LocalDate day, long runs, Rows rows) {
        static Day of(QualityFigures.DayRows day) {
            return new Day(day.day(), day.runs(), Rows.of(day.rows()));
        }
    }

    /** A rule. */
    @Schema(name = "BrokenRule", description = "A rule that rejected rows.")
    public record Rule(
            String source,
            String stream,
            String rule,
            @Schema(description = "Empty if it concerns the whole row.") String field,
            @Schema(description = "Rejected in the days.") long rows,
            @Schema(description = "Of all runs, not loaded or replaced later.") long stillOut,
            @Schema(description = "A value, personal ones masked.", nullable = true)
                    @Nullable String example,
            @Schema(nullable = true) @Nullable String position,
            String lastRunId) {
        static Rule of(QualityFigures.Rule rule) {
            return new Rule(
                    rule.source(),
                    rule.stream(),
                    rule.rule(),
                    rule.field(),
                    rule.rows(),
                    rule.stillOut(),
                    rule.example(),
                    rule.position(),
                    rule.lastRun());
        }
    }

    /** The figures for the parameters. */
    @GET
    @Transactional
    @Operation(operationId = "quality", summary = "Rows read, loaded and rejected, and the rules")
    public RestResponse<Answer<Figures>> quality(@BeanParam QualityFilter.Parameters parameters) {
        QualityFilter choice = answers.read(mistakes -> QualityFilter.read(parameters, mistakes));
        return answers.ofLedger("/quality" + choice.query(), Figures.of(quality.figures(choice)));
    }
}
