package io.shopflow.dashboard.quality;

import io.shopflow.core.stream.StreamName;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the page of quality.
 *
 * @param days up to today; a run counts on the day of its close
 * @param source null for all
 * @param stream null for all
 */
public record QualityFilter(int days, @Nullable String source, @Nullable String stream) {

    /** The numbers of days to choose from. */
    private static final List<Integer> DAYS = List.of(30, 90);

    /** The parameters as received. */
    public record Parameters(
            @RestQuery @Nullable String days,
            @RestQuery @Nullable String source,
            @RestQuery @Nullable String stream) {}

    /**
     * Reads the parameters.
     *
     * @param mistakes receives what is invalid
     */
    static QualityFilter read(Parameters parameters, List<Mistake> mistakes) {
        String days = FilteredRequests.orDefault(parameters.days, "30");
        int chosen = days.equals("90") ? 90 : 30;
        if (!days.equals(String.valueOf(chosen))) {
            mistakes.add(new Mistake("days", FilteredRequests.shortened(days), "30 or 90"));
        }
        String source = FilteredRequests.sourceName(parameters.source, mistakes);
        String stream = FilteredRequests.orDefault(parameters.stream, "");
        if (!stream.isEmpty() && StreamName.ofCanonicalName(stream).isEmpty()) {
            mistakes.add(
                    new Mistake(
                            "stream",
                            FilteredRequests.shortened(stream),
                            "one of " + String.join(", ", streams())));
        }
        return new QualityFilter(chosen, source, stream.isEmpty() ? null : stream);
    }

    /** The names of all streams. */
    static List<String> streams() {
        return Arrays.stream(StreamName.values()).map(StreamName::canonicalName).toList();
    }

    static List<QualityFilter> ofDays(QualityFilter chosen) {
        return DAYS.stream()
                .map(days -> new QualityFilter(days, chosen.source, chosen.stream))
                .toList();
    }

    String sourceOrAll() {
        return source == null ? "" : source;
    }

    String streamOrAll() {
        return stream == null ? "" : stream;
    }

    /** The query of an address with this filter. */
    public String query() {
        return "?days="
                + days
                + (source == null ? "" : "&source=" + source)
                + (stream == null ? "" : "&stream=" + stream);
    }
}
