package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Walks a list forward by the time of its rows.
 *
 * <p>Page numbers cannot be trusted: an order that is edited while pages are read leaves its page,
 * the rows behind it move up by one, and the next page skips a row although the total is the same.
 * So each request asks for the <em>first</em> page of what lies after the last second that was read
 * completely; an edited row only moves ahead of the walk, where it is met again.
 *
 * <p>Filters know whole seconds and are strict, so the last second of a page is always asked for
 * again: rows of that second may stand on the next page. Where one second alone fills a page (a
 * batch update), it is read by page number, within a window of exactly this second. A row that
 * leaves the second lowers the window's total, so a pass whose answers all give the same total, and
 * as many rows, has skipped none; any other pass is repeated.
 */
final class KeysetWalk {

    private static final int PASSES_OF_A_SECOND = 10;

    /**
     * Where a walk stands.
     *
     * @param from rows up to this second, itself included, are behind the walk
     * @param page of the second after {@code from} that comes next, where that second is read by
     *     page number; else 0
     * @param total of that second, by the first answer of this pass; -1: not asked
     * @param read rows of that second in this pass
     */
    record Position(Instant from, int page, long total, long read) {

        /** Behind this second. */
        static Position after(Instant second) {
            return new Position(second, 0, -1, 0);
        }

        Instant second() {
            return from.plusSeconds(1);
        }

        private Position secondFromItsBeginning() {
            return new Position(from, 1, -1, 0);
        }
    }

    private final WooCommerceClient client;
    private final Stream stream;
    private final KeysetListing listing;
    private final ShopTimes times;
    private final Map<String, String> extra;
    private final int pageSize;

    private Position position;
    private boolean atEnd;
    private boolean doubtful;
    private long atLeast;
    private long settled;
    private int passes;

    /**
     * A walk from a position.
     *
     * @param extra further parameters, e.g. which fields to return
     */
    KeysetWalk(
            WooCommerceClient client,
            Stream stream,
            KeysetListing listing,
            ShopTimes times,
            int pageSize,
            Map<String, String> extra,
            Position position) {
        this.client = client;
        this.stream = stream;
        this.listing = listing;
        this.times = times;
        this.pageSize = pageSize;
        this.extra = Map.copyOf(extra);
        this.position = position;
    }

    /**
     * The next page, which may hold rows that an earlier one had; empty at the end. After the end,
     * the next call looks whether rows were added.
     */
    Optional<ListPage> next() throws SourceUnavailableException {
        if (atEnd) {
            atEnd = false;
            return Optional.empty();
        }
        return Optional.of(position.page() == 0 ? nextOfAll() : nextOfSecond());
    }

    /** Where to go on after the pages so far. */
    Position position() {
        return position;
    }

    /** Whether the page that {@link #next} gave was the last for now. */
    boolean isAtEnd() {
        return atEnd;
    }

    /**
     * Whether totals fell between requests in a way that deletions explain, but rows skipped by the
     * shop would, too.
     */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Rows that this walk left behind, by their time of then. */
    long settled() {
        return settled;
    }

    /** Walks on from another position, without doubts. */
    void restart(Position elsewhere) {
        position = elsewhere;
        atEnd = false;
        doubtful = false;
        atLeast = 0;
        passes = 0;
    }

    private ListPage nextOfAll() throws SourceUnavailableException {
        ListPage page = ask(listing.window(position.from(), null), 1);
        List<JsonNode> rows = page.rows();
        doubtful |= page.total() < atLeast;
        if (page.total() <= rows.size() || rows.isEmpty()) {
            doubtful |= page.total() > 0 && rows.isEmpty();
            atLeast = page.total();
            atEnd = true;
            return page;
        }
        Instant behindLast = lastTime(rows, position.second()).minusSeconds(1);
        if (behindLast.isAfter(position.from())) {
            long left = rows.stream().filter(row -> isBehind(row, behindLast)).count();
            settled += left;
            atLeast = page.total() - left;
            position = Position.after(behindLast);
        } else {
            atLeast = page.total();
            passes = 1;
            position = position.secondFromItsBeginning();
        }
        return page;
    }

    private ListPage nextOfSecond() throws SourceUnavailableException {
        Instant second = position.second();
        ListPage page =
                ask(listing.window(position.from(), second.plusSeconds(1)), position.page());
        long total = position.total() < 0 ? page.total() : position.total();
        long read = position.read() + page.rows().size();
        boolean stable = page.total() == total && read <= total;
        if (stable && read == total) {
            settled += total;
            atLeast = Math.max(0, atLeast - total);
            position = Position.after(second);
        } else if (stable && !page.rows().isEmpty()) {
            position = new Position(position.from(), position.page() + 1, total, read);
        } else if (passes < PASSES_OF_A_SECOND) {
            passes++;
            // Rows that left the second are ahead now, unless they were deleted.
            atLeast = 0;
            position = position.secondFromItsBeginning();
        } else {
            doubtful = true;
            position = Position.after(second);
        }
        return page;
    }

    private ListPage ask(Map<String, String> query, int page) throws SourceUnavailableException {
        query.putAll(extra);
        query.put("orderby", listing.orderBy());
        query.put("order", "asc");
        query.put("per_page", Integer.toString(pageSize));
        query.put("page", Integer.toString(page));
        return client.list(stream, listing.resource(), query);
    }

    /**
     * The newest time on a page that begins after a second. A row without a readable time tells
     * nothing about where the walk is, and is passed on as it is.
     */
    private Instant lastTime(List<JsonNode> rows, Instant second) {
        return rows.reversed().stream()
                .map(row -> listing.timeOf(row, times))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(second);
    }

    private boolean isBehind(JsonNode row, Instant second) {
        Instant time = listing.timeOf(row, times);
        return time == null || !time.isAfter(second);
    }
}
