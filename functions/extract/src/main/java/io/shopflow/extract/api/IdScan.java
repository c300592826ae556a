package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.RowSink;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list without a filter by change by id, from its last page to its first.
 *
 * <p>Backwards, because a deletion during the scan moves the later rows towards the first page:
 * reading forward, the scan would miss one; reading backward, it finds it on the next page. New
 * rows have higher ids and are at the end, so the scan reads the end again last. Ids fall
 * throughout, so the lowest id so far separates new rows from known ones, without a list of all
 * ids.
 *
 * <p>{@code counted} is the shop's total at the end plus the rows that were deleted meanwhile or
 * that a repeated pass read again; it equals {@code extracted} exactly when nothing is missing.
 *
 * <p>Not detected: a row deleted after an earlier run and, with a filter by creation, edits of rows
 * created before it.
 */
public final class IdScan implements Scan {

    private static final int PASSES = 3;
    private static final int CURSOR_FIELDS = 7;

    private final IdList list;
    private final StreamName stream;
    private final ObjectMapping mapping;
    private final Duration overlap;

    /**
     * A scan of a list.
     *
     * @param overlap how far before the last watermark an incremental run begins
     */
    public IdScan(IdList list, StreamName stream, ObjectMapping mapping, Duration overlap) {
        this.list = list;
        this.stream = stream;
        this.mapping = mapping;
        this.overlap = overlap;
    }

    @Override
    public List<StreamName> streams() {
        return List.of(stream);
    }

    @Override
    public boolean readsWindows() {
        return false;
    }

    @Override
    public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink)
            throws SourceUnavailableException {
        return new Pass(window.after(), cursor, sink).read();
    }

    private final class Pass {
        private final @Nullable Instant since;
        private final @Nullable Instant createdAfter;
        private final RowSink sink;

        private long page;
        private long low;
        private long high;
        private long emitted;
        private long held;
        private @Nullable Instant newest;

        Pass(@Nullable Instant since, @Nullable String cursor, RowSink sink)
                throws SourceUnavailableException {
            this.since = since;
            this.sink = sink;
            this.createdAfter =
                    list.filtersByCreation() && since != null ? since.minus(overlap) : null;
            this.newest = since;
            if (cursor == null) {
                begin();
            } else {
                long[] fields = fields(cursor);
                page = fields[0];
                low = fields[1];
                high = fields[2];
                emitted = fields[3];
                held = fields[4];
                Instant before = Instant.ofEpochSecond(fields[5]);
                newest = before.equals(Instant.EPOCH) ? null : before;
                if (fields[6] != list.pageSize()) {
                    // Page numbers are invalid if the page size was changed meanwhile.
                    begin();
                }
            }
        }

        ScanResult read() throws SourceUnavailableException {
            for (int pass = 1; ; pass++) {
                if (!readBackward()) {
                    return ScanResult.stopped();
                }
                readNewRows();
                long missing = list.count(createdAfter) - held;
                if (missing > 0) {
                    readNewRows();
                    missing = list.count(createdAfter) - held;
                }
                if (missing <= 0 || pass == PASSES) {
                    return finished(Math.max(0, missing));
                }
                begin();
            }
        }

        private void begin() throws SourceUnavailableException {
            page = list.pages(createdAfter);
            low = Long.MAX_VALUE;
            high = 0;
            held = 0;
        }

        private boolean readBackward() throws SourceUnavailableException {
            long pages = Math.max(1, page);
            while (page > 0) {
                ListPage answer = page(page);
                emit(answer, 0, low);
                page--;
                if (page > 0 && !sink.checkpoint(cursor(), 1 - (double) page / pages)) {
                    return false;
                }
            }
            return true;
        }

        /** Reads rows added since the pass began: from the end down to the highest id read. */
        private void readNewRows() throws SourceUnavailableException {
            long known = high;
            long below = Long.MAX_VALUE;
            for (long tail = list.pages(createdAfter); tail > 0; tail--) {
                ListPage answer = page(tail);
                emit(answer, known, below);
                if (answer.rows().isEmpty()) {
                    continue;
                }
                below = ListPage.idOf(answer.rows().getFirst());
                if (below <= known) {
                    return;
                }
            }
        }

        private void emit(ListPage answer, long above, long below) {
            List<JsonNode> fresh =
                    answer.rows().stream()
                            .filter(row -> ListPage.idOf(row) > above && ListPage.idOf(row) < below)
                            .toList();
            if (fresh.isEmpty()) {
                return;
            }
            String archived = sink.archive(stream, answer.body());
            for (JsonNode row : fresh) {
                long id = ListPage.idOf(row);
                for (RawCsvRow raw : mapping.rows(row, archived + "#" + id)) {
                    sink.row(raw.stream(), raw.values());
                }
                emitted++;
                held++;
                low = Math.min(low, id);
                high = Math.max(high, id);
                Instant created = list.createdAt(row);
                if (created != null && (newest == null || created.isAfter(newest))) {
                    newest = created;
                }
            }
        }

        private ListPage page(long number) throws SourceUnavailableException {
            ListPage answer = list.page(createdAfter, number);
            long previous = 0;
            for (JsonNode row : answer.rows()) {
                if (ListPage.idOf(row) <= previous) {
                    throw list.outOfOrder();
                }
                previous = ListPage.idOf(row);
            }
            return answer;
        }

        private ScanResult finished(long missing) {
            List<Problem> problems = new ArrayList<>();
            if (missing > 0) {
                problems.add(
                        Problem.of(
                                        "rows_missing",
                                        "The shop counts %s of %s more than it gave in %d passes. Run the source again."
                                                .formatted(
                                                        Counted.of(missing, "row"),
                                                        list.name(),
                                                        PASSES))
                                .of(stream)
                                .in(list.address()));
            }
            boolean keepsWatermark = list.filtersByCreation();
            return new ScanResult(
                    true,
                    Map.of(stream, emitted + missing),
                    keepsWatermark ? (problems.isEmpty() ? watermark() : since) : null,
                    problems);
        }

        private @Nullable Instant watermark() {
            Instant latest = newest;
            return latest != null && latest.isAfter(list.serverTime()) ? list.serverTime() : latest;
        }

        private String cursor() {
            Instant latest = newest;
            return "1;%d;%d;%d;%d;%d;%d;%d"
                    .formatted(
                            page,
                            low,
                            high,
                            emitted,
                            held,
                            latest == null ? 0 : latest.getEpochSecond(),
                            list.pageSize());
        }

        private static long[] fields(String cursor) {
            String[] parts = cursor.split(";");
            if (parts.length != CURSOR_FIELDS + 1 || !parts[0].equals("1")) {
                throw new IllegalArgumentException("not a cursor of this version: " + cursor);
            }
            long[] fields = new long[CURSOR_FIELDS];
            for (int i = 0; i < CURSOR_FIELDS; i++) {
                fields[i] = Long.parseLong(parts[i + 1]);
            }
            return fields;
        }
    }
}
