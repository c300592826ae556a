package io.shopflow.dashboard.customers;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who the customers are, who comes back, and who leaves. Nothing here names a person. */
@Path("/customers")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class CustomersPage {
    private final FilteredPages pages;
    private final CustomerQueries customers;

    CustomersPage(FilteredPages pages, CustomerQueries customers) {
        this.pages = pages;
        this.customers = customers;
    }

    /** The content of the page. */
    public record View(PageContext context, CustomerFigures figures, CohortChoice chosen) {
        /** The numbers of cohorts to choose from. */
        public List<CohortChoice> cohortChoices() {
            return List.of(CohortChoice.values());
        }

        /** The part of the page's address that other pages do not have. */
        public String choices() {
            return "&cohorts=" + chosen.months();
        }

        /** The page's address with another number of cohorts. */
        public String link(CohortChoice other) {
            return "/customers" + context.filter().query() + "&cohorts=" + other.months();
        }

        /** Whether customers of more than one source are listed. */
        public boolean hasSources() {
            return context.filter().scope().sources().size() > 1;
        }
    }

    /** How many cohorts are shown. */
    public enum CohortChoice {
        /** Of a year. */
        YEAR(12),
        /** Of two years. */
        TWO_YEARS(24);

        private final int months;

        CohortChoice(int months) {
            this.months = months;
        }

        static CohortChoice read(@Nullable String cohorts, List<Mistake> mistakes) {
            String value = FilteredRequests.orDefault(cohorts, "12");
            CohortChoice chosen = value.equals("24") ? TWO_YEARS : YEAR;
            if (!value.equals(String.valueOf(chosen.months))) {
                mistakes.add(new Mistake("cohorts", value, "12 or 24"));
            }
            return chosen;
        }

        /** Their number: one for each month. */
        public int months() {
            return months;
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance customers(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response customers(
            @BeanParam SalesFilter.Parameters filter, @RestQuery @Nullable String cohorts) {
        return pages.page(
                "customers",
                filter,
                mistakes -> CohortChoice.read(cohorts, mistakes),
                (context, chosen) ->
                        Templates.customers(
                                new View(
                                        context,
                                        customers.figures(context, chosen.months()),
                                        chosen)));
    }
}
