package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list, forward by the time of its rows.
 *
 * <p>Page numbers are not reliable: an order that is edited while pages are read leaves its page,
 * the rows behind it move up by one, and the next page skips a row although the total is the same.
 * So each request is for the <em>first</em> page after the last second that was read completely; an
 * edited row only moves to a later page, where it is read again.
 *
 * <p>Filters are strict and work on whole seconds, so the last second of a page is always requested
 * again: its other rows may be on the next page. If one second alone fills a page (a batch update),
 * it is read by page number, within a window of exactly this second, but from its last page to its
 * first: a row that leaves the second moves those behind it towards the first page, which is read
 * last.
 */
final class KeysetPages {

    private static final int PAGES_UNKNOWN = -1;

    /**
     * A position between two pages.
     *
     * @param from rows up to and including this second have been read
     * @param page the next page of the second after {@code from}, if that second is read by page
     *     number; -1: its last page, whatever its number; 0: it is not read by page number
     * @param total number of rows of that second according to the last answer
     */
    record Position(Instant from, int page, long total) {

        /** The position after this second. */
        static Position after(Instant second) {
            return new Position(second, 0, 0);
        }

        Instant second() {
            return from.plusSeconds(1);
        }

        /** Number of rows of the second that have been read. */
        long read(int pageSize) {
            return page > 0 ? Math.max(0, total - (long) page * pageSize) : 0;
        }
    }

    private final KeysetList list;
    private final boolean keysOnly;
    private final @Nullable Instant before;

    private Position position;
    private boolean atEnd;
    private boolean doubtful;
    private long atLeast;
    private long settled;

    /**
     * The pages from a position on.
     *
     * @param keysOnly whether ids and times are enough
     * @param before end of the pages, exclusive; null: the list's last row
     */
    KeysetPages(KeysetList list, boolean keysOnly, @Nullable Instant before, Position position) {
        this.list = list;
        this.keysOnly = keysOnly;
        this.before = before;
        this.position = position;
    }

    /**
     * The next page, which may repeat rows of an earlier one; empty at the end. After the end, the
     * next call checks for added rows.
     */
    Optional<ListPage> next() throws SourceUnavailableException {
        if (atEnd) {
            atEnd = false;
            return Optional.empty();
        }
        return Optional.of(position.page() == 0 ? nextOfAll() : nextOfSecond());
    }

    /** Where to continue after the pages so far. */
    Position position() {
        return position;
    }

    /** Whether the page that {@link #next} returned was the last for now. */
    boolean isAtEnd() {
        return atEnd;
    }

    /**
     * Whether totals fell between requests, which may be due to deletions or to rows that the
     * server skipped.
     */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Number of rows before the position, by their time when read. */
    long settled() {
        return settled;
    }

    /** Continues from another position and clears doubts. */
    void restart(Position elsewhere) {
        position = elsewhere;
        atEnd = false;
        doubtful = false;
        atLeast = 0;
    }

    private ListPage nextOfAll() throws SourceUnavailableException {
        ListPage page = list.page(position.from(), before, 1, keysOnly);
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
            position = new Position(position.from(), PAGES_UNKNOWN, 0);
        }
        return page;
    }

    private ListPage nextOfSecond() throws SourceUnavailableException {
        int number = position.page();
        ListPage page =
                list.page(
                        position.from(),
                        position.second().plusSeconds(1),
                        Math.max(1, number),
                        keysOnly);
        // For a page beyond the end, after rows left the second, some servers return a total of
        // zero.
        long total = page.rows().isEmpty() ? position.total() : page.total();
        if (number == PAGES_UNKNOWN && page.pages() > 1) {
            settled += total;
            atLeast = Math.max(0, atLeast - total);
            position = new Position(position.from(), (int) page.pages(), total);
        } else if (number > 1) {
            position = new Position(position.from(), number - 1, total);
        } else {
            position = Position.after(position.second());
        }
        return page;
    }

    /**
     * The newest time on a page that begins after a second. A row without a readable time does not
     * affect the position, and is passed on unchanged.
     */
    private Instant lastTime(List<JsonNode> rows, Instant second) {
        return rows.reversed().stream()
                .map(list::timeOf)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(second);
    }

    private boolean isBehind(JsonNode row, Instant second) {
        Instant time = list.timeOf(row);
        return time == null || !time.isAfter(second);
    }
}
