package io.shopflow.dashboard.api;

import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.SalesFilter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Figures, with what they mean, how fresh they are, and what is known of the data under them. All
 * amounts are in minor units of the filter's currency, by ISO 4217.
 */
@Schema(
        description =
                "Figures, with what they mean, how fresh they are, and what is known of the data"
                        + " under them. Amounts are in minor units of the filter's currency.")
public record Answer<T>(
        @Schema(description = "The page with the same figures.") String page,
        @Schema(description = "The address of the definition of each figure.")
                Map<String, String> definitions,
        @Schema(description = "The filter; null as long as nothing has been sold.", nullable = true)
                @Nullable Filter filter,
        Freshness freshness,
        @Schema(description = "What puts the figures in doubt; the same notices as on the page.")
                List<Note> quality,
        @Schema(
                        description = "The figures; null as long as nothing has been sold.",
                        nullable = true)
                @Nullable T figures) {

    /** The filter, completed from the data. */
    @Schema(description = "The filter, completed from the data.")
    public record Filter(
            @Schema(description = "First business date.") LocalDate from,
            @Schema(description = "Last business date.") LocalDate to,
            @Schema(description = "Sources whose figures are added up.") List<String> sources,
            @Schema(description = "ISO 4217 code of all amounts without another one.")
                    String currency,
            @Schema(description = "Category of products; null for all.", nullable = true)
                    @Nullable String category) {
        static Filter of(SalesFilter filter) {
            return new Filter(
                    filter.range().from(),
                    filter.range().to(),
                    filter.scope().sources(),
                    filter.scope().currencyCode(),
                    filter.category());
        }
    }

    /** How fresh the figures are. */
    @Schema(description = "How fresh the figures are.")
    public record Freshness(
            @Schema(
                            description =
                                    "When the last complete run of the sources was closed, the"
                                            + " oldest of them; null if a source has none.",
                            nullable = true)
                    @Nullable Instant asOf,
            @Schema(description = "Changes whenever the figures may have changed.") String version,
            List<Source> sources) {
        static Freshness of(List<SourceFreshness> sources, String version) {
            boolean all = sources.stream().allMatch(source -> source.lastCompleteAt != null);
            return new Freshness(
                    all
                            ? sources.stream()
                                    .map(source -> source.lastCompleteAt)
                                    .filter(Objects::nonNull)
                                    .min(Comparator.naturalOrder())
                                    .orElse(null)
                            : null,
                    version,
                    sources.stream().map(Source::of).toList());
        }
    }

    /** How fresh the figures of a source are. */
    @Schema(description = "How fresh the figures of a source are.")
    public record Source(
            String source,
            @Schema(description = "Newest business date of its orders.", nullable = true)
                    @Nullable LocalDate newestOrderOn,
            @Schema(description = "When its last complete run was closed.", nullable = true)
                    @Nullable Instant lastCompleteAt,
            @Schema(nullable = true) @Nullable String lastCompleteRunId,
            String lastRunId,
            @Schema(description = "running, complete or incomplete.") String lastRunStatus) {
        static Source of(SourceFreshness source) {
            return new Source(
                    source.source,
                    source.newestOrderOn,
                    source.lastCompleteAt,
                    source.lastCompleteRunId,
                    source.lastRunId,
                    source.lastRunStatus);
        }
    }

    /** A notice about the data. */
    @Schema(description = "A notice about the data, as beside the figures on the page.")
    public record Note(
            @Schema(
                            description =
                                    "stopped, incomplete, doubt, rejected, stale or running, the"
                                            + " gravest first.")
                    String kind,
            String source,
            @Schema(description = "The run to look at, with its page under /runs/.") String runId,
            @Schema(description = "When that run was closed, or began if it is running.")
                    Instant at,
            String title,
            String explanation) {
        static Note of(Notice notice) {
            return new Note(
                    notice.kindName(),
                    notice.source(),
                    notice.runId(),
                    notice.at(),
                    notice.title(),
                    notice.explanation());
        }
    }
}
