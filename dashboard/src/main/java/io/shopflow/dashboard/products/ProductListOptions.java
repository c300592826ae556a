package io.shopflow.dashboard.products;

import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Which products are listed, and in which order.
 *
 * @param unsold whether to list the products that were not sold instead of those that were
 * @param search a part of a name, an id or a SKU, in any case; empty for all
 * @param region that the orders were sent to, of any country that has one of this name; empty for
 *     all
 * @param page from 1
 */
public record ProductListOptions(
        boolean unsold,
        ProductColumn column,
        boolean descending,
        String search,
        String region,
        long page) {
    private static final int MAX_LENGTH = 200;

    /**
     * The parameters as received.
     *
     * @param page ignored by the file, which has all pages
     */
    public record Parameters(
            @RestQuery @Nullable String show,
            @RestQuery @Nullable String sort,
            @RestQuery @Nullable String order,
            @RestQuery("q") @Nullable String search,
            @Parameter(description = "Only of orders that were sent to this region.") @RestQuery
                    @Nullable String region,
            @RestQuery @Nullable String page) {}

    /**
     * Reads the parameters.
     *
     * @param mistakes collects the invalid parameters
     */
    static ProductListOptions read(Parameters parameters, List<Mistake> mistakes) {
        String shown = FilteredRequests.orDefault(parameters.show, "sold");
        boolean unsold = shown.equals("unsold");
        if (!unsold && !shown.equals("sold")) {
            mistakes.add(new Mistake("show", FilteredRequests.shortened(shown), "sold or unsold"));
        }
        List<ProductColumn> columns = ProductColumn.of(unsold);
        ProductColumn defaultColumn = ProductColumn.defaultOf(unsold);
        String sorted = FilteredRequests.orDefault(parameters.sort, defaultColumn.key());
        Optional<ProductColumn> column = ProductColumn.named(sorted, unsold);
        if (column.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            "sort",
                            FilteredRequests.shortened(sorted),
                            "one of "
                                    + columns.stream()
                                            .map(ProductColumn::key)
                                            .collect(Collectors.joining(", "))));
        }
        ProductColumn chosen = column.orElse(defaultColumn);
        String direction =
                FilteredRequests.orDefault(
                        parameters.order, chosen.startsDescending() ? "desc" : "asc");
        if (!List.of("asc", "desc").contains(direction)) {
            mistakes.add(
                    new Mistake("order", FilteredRequests.shortened(direction), "asc or desc"));
        }
        return new ProductListOptions(
                unsold,
                chosen,
                direction.equals("desc"),
                text("q", parameters.search, mistakes),
                text("region", parameters.region, mistakes),
                FilteredRequests.pageNumber(parameters.page, mistakes));
    }

    private static String text(String name, @Nullable String value, List<Mistake> mistakes) {
        String text = FilteredRequests.orDefault(value, "");
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            mistakes.add(
                    new Mistake(
                            name,
                            FilteredRequests.shortened(text),
                            "at most %d characters, none of them a control character"
                                    .formatted(MAX_LENGTH)));
        }
        return text;
    }

    ProductListOptions onPage(long other) {
        return new ProductListOptions(unsold, column, descending, search, region, other);
    }

    ProductListOptions sortedBy(ProductColumn other) {
        return new ProductListOptions(
                unsold,
                other,
                other == column ? !descending : other.startsDescending(),
                search,
                region,
                1);
    }

    ProductListOptions showing(boolean otherUnsold) {
        ProductColumn defaultColumn = ProductColumn.defaultOf(otherUnsold);
        return new ProductListOptions(
                otherUnsold, defaultColumn, defaultColumn.startsDescending(), search, region, 1);
    }

    ProductListOptions ofAllRegions() {
        return new ProductListOptions(unsold, column, descending, search, "", 1);
    }

    ProductListOptions withoutSearch() {
        return new ProductListOptions(unsold, column, descending, "", region, 1);
    }

    /** The part of the page's address that other pages do not have; the first page is left out. */
    public String query() {
        StringBuilder query = new StringBuilder();
        if (unsold) {
            query.append("&show=unsold");
        }
        query.append("&sort=").append(column.key());
        query.append("&order=").append(order());
        if (!search.isEmpty()) {
            query.append("&q=").append(URLEncoder.encode(search, StandardCharsets.UTF_8));
        }
        if (!region.isEmpty()) {
            query.append("&region=").append(URLEncoder.encode(region, StandardCharsets.UTF_8));
        }
        if (page > 1) {
            query.append("&page=").append(page);
        }
        return query.toString();
    }

    /** The direction in the page's address. */
    public String order() {
        return descending ? "desc" : "asc";
    }
}
