package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.api.QuietChanges.Look;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.RowSink;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list forward by time, then compares the rows read with the shop's own count.
 *
 * <p><strong>What is counted.</strong> {@code counted} of the primary stream is the shop's total of
 * the window at the end, plus the rows of this run that this total no longer contains: versions
 * replaced by a newer one during the scan (an order edited meanwhile is read twice), rows read
 * twice around a resumption, and rows deleted meanwhile, each confirmed by a scan of all ids. So
 * {@code counted == extracted} exactly when nothing is missing.
 *
 * <p><strong>What is not detected.</strong> A row deleted permanently after an earlier run read it:
 * the API has no trace of it, and a run keeps no inventory. Orders go to the trash first unless
 * deletion is forced; the trash is read, so such an order becomes cancelled. {@link QuietChanges}
 * finds changes that do not update a row's time.
 */
public final class KeysetScan implements Scan {

    /** Before the first row of any API, and not a special value on some servers as 1970 is. */
    public static final Instant BEGINNING = Instant.parse("1980-01-01T00:00:00Z");

    private static final int TRIES = 8;
    private static final int TRIES_FOR_NEW_ROWS = 3;

    private final KeysetList list;
    private final List<StreamName> streams;
    private final ObjectMapping mapping;
    private final RowCompletion completion;
    private final QuietChanges quietChanges;
    private final Duration overlap;

    /**
     * A scan of a list.
     *
     * @param streams that the mapping feeds, the primary one first
     * @param overlap how far before the last watermark an incremental run begins
     */
    public KeysetScan(
            KeysetList list,
            List<StreamName> streams,
            ObjectMapping mapping,
            RowCompletion completion,
            QuietChanges quietChanges,
            Duration overlap) {
        this.list = list;
        this.streams = List.copyOf(streams);
        this.mapping = mapping;
        this.completion = completion;
        this.quietChanges = quietChanges;
        this.overlap = overlap;
    }

    @Override
    public List<StreamName> streams() {
        return streams;
    }

    @Override
    public boolean readsWindows() {
        return true;
    }

    @Override
    public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink)
            throws SourceUnavailableException {
        return new Pass(window, cursor, sink).read();
    }

    private StreamName primary() {
        return streams.getFirst();
    }

    /** Accepts a row whose time cannot be read; the transform reports it. */
    private Instant timeOf(JsonNode row) {
        Instant time = list.timeOf(row);
        return time == null ? BEGINNING : time;
    }

    /** The version of a row: an edit within the same second changes only the content. */
    private record Version(Instant time, int content) {}

    /** One call of {@link #read}, from the beginning or from a checkpoint. */
    private final class Pass {
        private final @Nullable Instant since;
        private final @Nullable Instant before;
        private final Instant start;
        private final RowSink sink;
        private final KeysetPages pages;
        private final Map<Long, Version> versions = new HashMap<>();
        private final @Nullable String remember;
        private final List<RunNote> notes = new ArrayList<>();

        // This pass accounts for rows after passStart, some of which an earlier pass read.
        private Instant passStart;
        private long carried;
        private final long settledBefore;
        private long emitted;
        private Instant newest;

        Pass(ChangeWindow window, @Nullable String cursor, RowSink sink)
                throws SourceUnavailableException {
            this.since = window.after();
            this.before = window.before();
            this.sink = sink;
            KeysetCursor from = cursor == null ? beginning(window) : KeysetCursor.parse(cursor);
            this.start = from.start();
            this.remember = from.remember();
            this.settledBefore = from.settled();
            this.emitted = from.emitted();
            this.newest = from.newest();
            KeysetPages.Position position = from.position(list.pageSize());
            this.passStart = position.from();
            this.carried = position.read(list.pageSize());
            this.pages = new KeysetPages(list, false, before, position);
        }

        /** Looks for quiet changes before the first row, once per run: the whole run reads them. */
        private KeysetCursor beginning(ChangeWindow window) throws SourceUnavailableException {
            Look look =
                    window.before() == null
                            ? quietChanges.look(window.after(), window.remembered())
                            : Look.nothing(null);
            String note = look.note();
            if (note != null) {
                notes.add(new RunNote(primary().canonicalName(), "quiet_changes", 0, note, true));
            }
            return KeysetCursor.beginning(
                    earlier(start(window), look.from()), list.pageSize(), look.remember());
        }

        /** A window with an end begins exactly at its start: its neighbour reads the overlap. */
        private Instant start(ChangeWindow window) {
            Instant after = window.after();
            if (after == null) {
                return BEGINNING;
            }
            Instant second = after.truncatedTo(ChronoUnit.SECONDS);
            return window.before() == null ? second.minus(overlap) : second;
        }

        private Instant earlier(Instant start, @Nullable Instant from) {
            if (from == null || start.equals(BEGINNING)) {
                return start;
            }
            Instant again = from.equals(BEGINNING) ? from : from.minus(overlap);
            return again.isBefore(start) ? again.truncatedTo(ChronoUnit.SECONDS) : start;
        }

        private long count(Instant from) throws SourceUnavailableException {
            return list.count(from, before);
        }

        ScanResult read() throws SourceUnavailableException {
            for (int attempt = 1; ; attempt++) {
                if (!readForward()) {
                    return ScanResult.stopped();
                }
                long total = count(passStart);
                long held = versions.size() + carried;
                if (total == held && !pages.isDoubtful() && !restartedForEarlierPasses()) {
                    return finished(0);
                }
                if (total > held && attempt < TRIES_FOR_NEW_ROWS) {
                    // Most likely orders created since the last page.
                    continue;
                }
                Map<Long, Instant> lost = lost();
                if (lost.isEmpty() && !restartedForEarlierPasses()) {
                    return finished(0);
                }
                if (attempt >= TRIES) {
                    return finished(lost.size());
                }
                lost.values().stream()
                        .min(Instant::compareTo)
                        .map(earliest -> earliest.minusSeconds(1))
                        .map(before -> before.isBefore(passStart) ? passStart : before)
                        .map(KeysetPages.Position::after)
                        .ifPresent(pages::restart);
            }
        }

        private boolean readForward() throws SourceUnavailableException {
            for (Optional<ListPage> page = pages.next(); page.isPresent(); page = pages.next()) {
                emit(page.get());
                // Only the count follows the last page; otherwise a run stopped at every checkpoint
                // would read the last page forever.
                if (!pages.isAtEnd() && !sink.checkpoint(cursor(), progress(page.get()))) {
                    return false;
                }
            }
            return true;
        }

        private void emit(ListPage page) throws SourceUnavailableException {
            List<JsonNode> changed = new ArrayList<>();
            for (JsonNode row : page.rows()) {
                Instant time = timeOf(row);
                Version version = new Version(time, row.hashCode());
                if (!version.equals(versions.put(ListPage.idOf(row), version))) {
                    changed.add(row);
                }
                if (time.isAfter(newest)) {
                    newest = time;
                }
            }
            if (changed.isEmpty()) {
                return;
            }
            String archived = sink.archive(primary(), page.body());
            List<JsonNode> complete =
                    completion.complete(changed, body -> sink.archive(primary(), body));
            for (JsonNode row : complete) {
                for (RawCsvRow raw : mapping.rows(row, archived + "#" + ListPage.idOf(row))) {
                    sink.row(raw.stream(), raw.values());
                    if (raw.stream() == primary()) {
                        emitted++;
                    }
                }
            }
        }

        /**
         * The rows in the shop's list, with their times, whose current version was not read. Rows
         * newer than the newest one read are left to the next run, unless the window ended before
         * now: then they cannot be new.
         */
        private Map<Long, Instant> lost() throws SourceUnavailableException {
            Map<Long, Instant> lost = new HashMap<>();
            Instant last = isPast() ? Instant.MAX : newest;
            KeysetPages ids =
                    new KeysetPages(list, true, before, KeysetPages.Position.after(passStart));
            for (Optional<ListPage> page = ids.next(); page.isPresent(); page = ids.next()) {
                for (JsonNode row : page.get().rows()) {
                    Instant time = timeOf(row);
                    Version read = versions.get(ListPage.idOf(row));
                    if (!time.isAfter(last) && (read == null || !read.time().equals(time))) {
                        lost.put(ListPage.idOf(row), time);
                    }
                }
            }
            return lost;
        }

        private boolean isPast() {
            return before != null && before.isBefore(list.serverTime());
        }

        /**
         * A resumed pass has the number of rows that earlier passes read, but not their ids: rows
         * only leave that part of the list. If it has more, everything is read again.
         */
        private boolean restartedForEarlierPasses() throws SourceUnavailableException {
            if (!passStart.isAfter(start)) {
                return false;
            }
            long withEarlier = count(start);
            long earlier = withEarlier - count(passStart);
            if (earlier <= settledBefore) {
                return false;
            }
            passStart = start;
            carried = 0;
            pages.restart(KeysetPages.Position.after(start));
            return true;
        }

        private ScanResult finished(long missing) throws SourceUnavailableException {
            List<Problem> problems = new ArrayList<>();
            if (missing > 0) {
                problems.add(
                        problem(
                                "rows_missing",
                                "%s of %s in the shop's list could not be read after %d tries. Run the source again; if this stays, lower the property page_size."
                                        .formatted(
                                                Counted.of(missing, "row"), list.name(), TRIES)));
            }
            long undated = since == null && before == null ? undated() : 0;
            if (undated > 0) {
                problems.add(
                        problem(
                                "rows_without_time",
                                "%s of %s without %s: no filter finds such rows. Save them once in the shop."
                                        .formatted(
                                                Counted.of(undated, "row"),
                                                list.name(),
                                                list.timeField())));
            }
            return new ScanResult(
                    true,
                    Map.of(primary(), emitted + missing + undated),
                    problems.isEmpty() ? watermark() : since,
                    problems,
                    notes,
                    remember);
        }

        /**
         * Number of rows that only the unfiltered list contains. New rows in between make it lower,
         * not higher.
         */
        private long undated() throws SourceUnavailableException {
            long all = list.count(null, null);
            return Math.max(0, all - count(BEGINNING));
        }

        /**
         * Never later than the shop's clock: otherwise a row with a future time would hide all
         * changes until then.
         */
        private @Nullable Instant watermark() {
            Instant latest = newest.isAfter(list.serverTime()) ? list.serverTime() : newest;
            if (since != null && !latest.isAfter(since)) {
                return since;
            }
            return latest.equals(BEGINNING) ? null : latest;
        }

        private Problem problem(String rule, String message) {
            return Problem.of(rule, message).of(primary()).in(list.address());
        }

        private double progress(ListPage page) {
            double behind = settledBefore + pages.settled();
            return behind == 0 ? 0 : Math.min(1, behind / (behind + page.total()));
        }

        private String cursor() {
            return new KeysetCursor(
                            pages.position(),
                            list.pageSize(),
                            settledBefore + pages.settled(),
                            emitted,
                            newest,
                            start,
                            remember)
                    .text();
        }
    }
}
