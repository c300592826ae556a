package io.shopflow.dashboard.quality;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.freshness.Freshness;
import io.shopflow.dashboard.freshness.NoticeGroup;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;

/** How good the data is: what became of the rows, which rules they broke, and what to do. */
@Path("/quality")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class QualityPage {
    private final Quality quality;
    private final Freshness freshness;
    private final DashboardConfig config;

    QualityPage(Quality quality, Freshness freshness, DashboardConfig config) {
        this.quality = quality;
        this.freshness = freshness;
        this.config = config;
    }

    /**
     * The content of the page.
     *
     * @param sources to choose from
     * @param groups of the notices of the chosen sources
     */
    public record View(
            QualityFilter choice,
            QualityFigures figures,
            List<String> sources,
            List<NoticeGroup> groups,
            String version,
            long pollMillis) {
        /** The streams to choose from. */
        public List<String> streams() {
            return QualityFilter.streams();
        }

        /** The numbers of days to choose from. */
        public List<QualityFilter> ranges() {
            return QualityFilter.ofDays(choice);
        }

        /** Whether rows of more than one source are shown. */
        public boolean hasSources() {
            return choice.source() == null && sources.size() > 1;
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance quality(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    public Response quality(@BeanParam QualityFilter.Parameters parameters) {
        List<Mistake> mistakes = new ArrayList<>();
        QualityFilter choice = QualityFilter.read(parameters, mistakes);
        if (!mistakes.isEmpty()) {
            return FilteredPages.mistakes(mistakes);
        }
        List<SourceFreshness> sources = SourceFreshness.all();
        View view =
                new View(
                        choice,
                        quality.figures(choice),
                        sources.stream().map(source -> source.source).toList(),
                        NoticeGroup.of(
                                freshness.notices(
                                        sources.stream()
                                                .filter(
                                                        source ->
                                                                choice.source() == null
                                                                        || source.source.equals(
                                                                                choice.source()))
                                                .toList())),
                        freshness.version(),
                        config.pollInterval().toMillis());
        return Response.ok(Templates.quality(view).render()).build();
    }
}
