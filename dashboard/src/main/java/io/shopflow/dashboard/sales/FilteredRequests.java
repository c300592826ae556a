package io.shopflow.dashboard.sales;

import io.shopflow.core.source.SourceName;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.freshness.Freshness;
import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.NoticeGroup;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.dashboard.sales.SalesFilter.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests for figures of sales: all have the same filters in their address, and are answered only
 * if the answer has changed.
 */
@ApplicationScoped
public class FilteredRequests {
    /** Invalidates cached answers of an older version of the application. */
    private static final String STARTED = UUID.randomUUID().toString();

    private static final int MAX_CATEGORIES = 300;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_SHOWN_CHARACTERS = 40;

    private final SalesCache sales;
    private final Freshness freshness;
    private final DashboardConfig config;
    private final Request request;
    private final UriInfo uri;

    /** Request and address are those of the current request. */
    FilteredRequests(
            SalesCache sales,
            Freshness freshness,
            DashboardConfig config,
            Request request,
            UriInfo uri) {
        this.sales = sales;
        this.freshness = freshness;
        this.config = config;
        this.request = request;
        this.uri = uri;
    }

    /** The outcome of reading a request. */
    public sealed interface ReadRequest {
        /** The reader's cached response is still valid. */
        record Unchanged(EntityTag tag) implements ReadRequest {}

        /** Nothing has been sold yet, of any source or of the chosen one. */
        record NoSales(
                List<SourceFreshness> sources, List<Notice> notices, String version, EntityTag tag)
                implements ReadRequest {}

        /** Parameters are invalid. */
        record Invalid(List<Mistake> mistakes) implements ReadRequest {}

        /** Figures of a filter. */
        record Figures(PageContext context, EntityTag tag) implements ReadRequest {}
    }

    /**
     * The data that an answer is made from.
     *
     * @param version changes with the data
     */
    public record CurrentData(String version, List<SourceFreshness> sources, List<Notice> notices) {
        /** The notices by title. */
        public List<NoticeGroup> noticeGroups() {
            return NoticeGroup.of(notices);
        }
    }

    /** The data as it is now. */
    public CurrentData current() {
        List<SourceFreshness> sources = SourceFreshness.all();
        return new CurrentData(freshness.version(), sources, freshness.notices(sources));
    }

    /** Whether the reader has the answer with this tag. */
    public boolean isUnchanged(EntityTag tag) {
        return request.evaluatePreconditions(tag) != null;
    }

    /**
     * Reads the parameters.
     *
     * @param mistakes in parameters that only this request has
     */
    public ReadRequest read(SalesFilter.Parameters parameters, List<Mistake> mistakes) {
        CurrentData current = current();
        String version = current.version();
        List<SourceFreshness> sources = current.sources();
        List<Notice> notices = current.notices();
        EntityTag tag = tag(current, "");
        if (isUnchanged(tag)) {
            return new ReadRequest.Unchanged(tag);
        }
        List<SourceSales> known = sales.sources(version);
        if (known.isEmpty()) {
            return new ReadRequest.NoSales(sources, notices, version, tag);
        }
        String source = parameters.source();
        if (source != null && known.stream().noneMatch(sold -> sold.source().equals(source))) {
            List<SourceFreshness> requested =
                    sources.stream().filter(s -> s.source.equals(source)).toList();
            if (!requested.isEmpty()) {
                return new ReadRequest.NoSales(
                        requested,
                        notices.stream().filter(notice -> notice.source().equals(source)).toList(),
                        version,
                        tag);
            }
        }
        Categories categories = sales.categories(version);
        return switch (SalesFilter.read(parameters, known, categories, mistakes)) {
            case Outcome.Unusable(List<Mistake> all) -> new ReadRequest.Invalid(all);
            case Outcome.Usable(SalesFilter filter) ->
                    new ReadRequest.Figures(
                            context(filter, known, categories, sources, notices, version), tag);
        };
    }

    /** A parameter without blanks around it; the default if it is absent or blank. */
    public static String orDefault(@Nullable String parameter, String defaultValue) {
        return parameter == null || parameter.isBlank() ? defaultValue : parameter.strip();
    }

    /** The number of a page of a list, from 1. */
    public static long pageNumber(@Nullable String parameter, List<Mistake> mistakes) {
        String value = orDefault(parameter, "1");
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= MAX_PAGE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of bounds.
        }
        mistakes.add(
                new Mistake(
                        "page",
                        shortened(value),
                        "a whole number from 1 to %d".formatted(MAX_PAGE)));
        return 1;
    }

    /**
     * The name of a source; null if there is none. If some source has run, one that has not is a
     * mistake, as on the pages of sales: an empty page would look as if all were well.
     */
    public static @Nullable String sourceName(@Nullable String parameter, List<Mistake> mistakes) {
        String value = orDefault(parameter, "");
        if (value.isEmpty()) {
            return null;
        }
        if (!SourceName.isValid(value)) {
            mistakes.add(
                    new Mistake(
                            "source",
                            shortened(value),
                            "a name of at most 31 lower-case letters, digits and _"));
            return null;
        }
        List<String> known =
                SourceFreshness.all().stream().map(freshness -> freshness.source).toList();
        if (!known.isEmpty() && !known.contains(value)) {
            mistakes.add(new Mistake("source", value, "one of " + SalesFilter.listed(known)));
            return null;
        }
        return value;
    }

    /** An invalid parameter as messages show it: without control characters, and cut if long. */
    public static String shortened(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "�");
        return printable.length() <= MAX_SHOWN_CHARACTERS
                ? printable
                : printable.substring(0, MAX_SHOWN_CHARACTERS) + "…";
    }

    private PageContext context(
            SalesFilter filter,
            List<SourceSales> known,
            Categories categories,
            List<SourceFreshness> allSources,
            List<Notice> notices,
            String version) {
        List<String> inScope = filter.scope().sources();
        List<String> all = categories.of(inScope, filter.category());
        List<String> choice = choice(all, filter.category());
        return new PageContext(
                filter,
                Stream.concat(
                                known.stream().map(SourceSales::source),
                                allSources.stream().map(source -> source.source))
                        .distinct()
                        .sorted()
                        .toList(),
                known.stream()
                        .filter(
                                sold ->
                                        filter.source() == null
                                                || sold.source().equals(filter.source()))
                        .map(sold -> sold.currency().getCurrencyCode())
                        .distinct()
                        .toList(),
                choice,
                all.size() - choice.size(),
                allSources.stream().filter(source -> inScope.contains(source.source)).toList(),
                notices.stream().filter(notice -> concerns(notice, filter)).toList(),
                version,
                config.pollInterval().toMillis());
    }

    /**
     * Without a choice of sources, a source that has no figures here, because it failed or sells in
     * another currency, is not passed over in silence.
     */
    private static boolean concerns(Notice notice, SalesFilter filter) {
        boolean all = filter.source() == null && filter.currency() == null;
        return filter.scope().sources().contains(notice.source()) || (all && notice.concernsRun());
    }

    /** A shop may have tens of thousands of categories, so the page shows only some of them. */
    private static List<String> choice(List<String> categories, @Nullable String chosen) {
        if (categories.size() <= MAX_CATEGORIES) {
            return categories;
        }
        List<String> first = new ArrayList<>(categories.subList(0, MAX_CATEGORIES));
        if (chosen != null && !first.contains(chosen)) {
            first.set(MAX_CATEGORIES - 1, chosen);
        }
        return List.copyOf(first);
    }

    /**
     * The tag of the answer to the current request. Includes the notices, which depend on the time:
     * the page may change although the warehouse does not.
     *
     * @param other what else the answer depends on
     */
    public EntityTag tag(CurrentData current, String other) {
        String content =
                String.join(
                        "\n",
                        STARTED,
                        current.version(),
                        current.notices().toString(),
                        uri.getRequestUri().toString(),
                        other);
        return new EntityTag(
                UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString(), true);
    }
}
