package io.shopflow.dashboard.freshness;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The resource that an open page polls for newer data. */
@Path("/freshness")
public class FreshnessResource {
    private final Freshness freshness;

    FreshnessResource(Freshness freshness) {
        this.freshness = freshness;
    }

    /**
     * The state of the data.
     *
     * @param version changes whenever the content of a page would change
     */
    public record Report(String version, List<Source> sources) {}

    /** The state of one source. */
    public record Source(
            String source,
            @Nullable LocalDate newestOrderOn,
            @Nullable Instant lastCompleteAt,
            String lastRunStatus) {}

    /** Costs two small queries. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Transactional
    public Report report() {
        return new Report(
                freshness.version(),
                SourceFreshness.all().stream()
                        .map(
                                source ->
                                        new Source(
                                                source.source,
                                                source.newestOrderOn,
                                                source.lastCompleteAt,
                                                source.lastRunStatus))
                        .toList());
    }
}
