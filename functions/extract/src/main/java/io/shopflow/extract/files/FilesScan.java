package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping.Extent;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.GoneIds;
import io.shopflow.extract.source.RepeatedIds;
import io.shopflow.extract.source.RowSink;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.spill.SpillingMaps;
import io.shopflow.extract.spill.TemporarySpaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one stream. Its cursor is the number of rows read so far, with a fingerprint of the
 * files' versions. To resume, a scan reads the files again and skips that many rows, which is
 * cheap, and correct only if the files are unchanged.
 */
final class FilesScan implements Scan {

    /** Rows between checkpoints, unless rows are large. */
    private static final int CHECKPOINT_ROWS = 500;

    private static final long CHECKPOINT_BYTES = 4 << 20;

    private final StreamMapping mapping;
    private final FileOpener opener;
    private final LookupTables lookups;
    private final SaleFinders sales;
    private final SpillingMaps maps;
    private final Set<String> lookupFiles;
    private final Set<String> streamFiles;
    private final List<MappedFile> files;
    private final @Nullable OrderCurrencies currencies;
    private final @Nullable LeftOutOrders leftOutOrders;

    /** The readable files with their sizes, in their order. */
    private final Map<MappedFile, Long> readable = new LinkedHashMap<>();

    private final FileVersions versions;
    private boolean complete = true;

    /**
     * A scan.
     *
     * @param files the stream's files
     * @param currencies of the rows' orders; null if rows need none
     * @param leftOutOrders orders whose rows are skipped; null if there are none
     * @param sales that rows may return
     * @param maps for what rows are compared with
     * @param lookupFiles files that are read before this stream's
     * @param streamFiles files that are read as streams
     */
    FilesScan(
            StreamMapping mapping,
            List<MappedFile> files,
            @Nullable OrderCurrencies currencies,
            @Nullable LeftOutOrders leftOutOrders,
            FileOpener opener,
            LookupTables lookups,
            SaleFinders sales,
            SpillingMaps maps,
            Set<String> lookupFiles,
            Set<String> streamFiles) {
        this.mapping = mapping;
        this.files = files;
        this.currencies = currencies;
        this.leftOutOrders = leftOutOrders;
        this.opener = opener;
        this.versions = new FileVersions(mapping.stream(), opener);
        this.lookups = lookups;
        this.sales = sales;
        this.maps = maps;
        this.lookupFiles = lookupFiles;
        this.streamFiles = streamFiles;
    }

    /** Checks the files' headers. A file with a problem is skipped. */
    List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        for (MappedFile file : files) {
            String name = file.name();
            try {
                file.open(opener).close();
                readable.put(file, versions.add(name).orElseThrow().size());
            } catch (FileProblemException e) {
                problems.add(opener.problem(mapping.stream(), name, e));
            } catch (IOException e) {
                problems.add(opener.unreadable(mapping.stream(), name, e));
            }
        }
        for (String file : lookupFiles) {
            try {
                var unused = versions.add(file);
            } catch (IOException e) {
                problems.add(opener.unreadable(mapping.stream(), file, e));
            }
        }
        complete = problems.isEmpty();
        return problems;
    }

    @Override
    public List<StreamName> streams() {
        return List.of(mapping.stream());
    }

    @Override
    public boolean readsWindows() {
        return false;
    }

    /** Otherwise an older file that arrives late would replace newer rows. */
    @Override
    public boolean readsSnapshot(boolean again) {
        return again;
    }

    @Override
    public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink) {
        try (LastRows lastRows = new LastRows(mapping, maps)) {
            return read(cursor, sink, lastRows);
        } catch (TemporarySpaceException e) {
            return ScanResult.failed(
                    List.of(
                            Problem.of(
                                            "temporary_space",
                                            "What rows are compared with does not fit: %s. Nothing more was read of the stream. Give extract more temporary storage ('ephemeral_storage_megabytes'), or split the source, and run again."
                                                    .formatted(e.getMessage()))
                                    .of(mapping.stream())
                                    .in(String.join(", ", names(files)))));
        } finally {
            files.forEach(file -> file.rows().clearSums());
        }
    }

    private ScanResult read(@Nullable String cursor, RowSink sink, LastRows lastRows) {
        List<Problem> problems = new ArrayList<>();
        ScanCursor from = ScanCursor.of(cursor);
        String mark = versions.mark();
        if (from.rows() > 0 && !from.mark().equals(mark)) {
            return ScanResult.failed(List.of(versions.changed(names(files))));
        }
        LookupTables.Loaded loaded = lookups.load(lookupFiles, streamFiles);
        problems.addAll(loaded.problems());
        List<Problem> ofOrders = new ArrayList<>(sales.load());
        if (currencies != null) {
            ofOrders.addAll(currencies.load());
        }
        if (leftOutOrders != null) {
            ofOrders.addAll(leftOutOrders.load());
        }
        problems.addAll(ofOrders);
        if (!loaded.usable() || !ofOrders.isEmpty()) {
            // Rows whose lookups fail because a file is missing would be wrong.
            return ScanResult.failed(problems);
        }
        try {
            find(lastRows);
        } catch (FileProblemException | IOException e) {
            // The pass below fails in the same way and reports it.
            lastRows.clear();
        }
        Pass pass = new Pass(sink, from.rows(), mark, lastRows);
        for (MappedFile file : readable.keySet()) {
            try (Records records = file.open(opener)) {
                if (!pass.read(file, records)) {
                    return ScanResult.stopped();
                }
            } catch (FileProblemException e) {
                problems.add(opener.problem(mapping.stream(), file.name(), e));
            } catch (IOException e) {
                problems.add(opener.unreadable(mapping.stream(), file.name(), e));
            }
        }
        problems.addAll(versions.changed());
        List<RunNote> notes = new ArrayList<>();
        if (leftOutOrders != null) {
            notes.addAll(leftOutOrders.notes(mapping.stream(), pass.leftOut));
        }
        if (!complete || !problems.isEmpty()) {
            storeAllIds(sink);
        } else if (!compare(pass, sink, problems, notes)) {
            return ScanResult.stopped();
        }
        pass.checkpoint(1);
        boolean counts = complete && problems.isEmpty();
        return new ScanResult(
                true,
                counts ? Map.of(mapping.stream(), pass.seen) : Map.of(),
                null,
                problems,
                notes,
                null);
    }

    /**
     * Finds the rows that share an id, and those that the files contained last time and no longer
     * contain.
     *
     * @return false if a checkpoint stopped the scan
     */
    private boolean compare(Pass pass, RowSink sink, List<Problem> problems, List<RunNote> notes) {
        StreamName stream = mapping.stream();
        addRepeated(sink.repeated(stream), notes);
        if (mapping.extent() != Extent.SLICE) {
            sink.hasAllRows(stream);
        }
        boolean hasTombstones = StreamSchema.of(stream).keepsTombstones();
        boolean whole = mapping.extent() == Extent.WHOLE;
        GoneIds leftOut = hasTombstones ? sink.leftOut(stream) : GoneIds.NONE;
        GoneIds gone =
                hasTombstones ? sink.gone(stream) : sink.gone(stream).and(sink.leftOut(stream));
        if (pass.uncertain > 0) {
            // One of them may be the row that seems deleted.
            if (whole || leftOut.count() > 0) {
                notes.add(GoneRows.uncertain(stream, pass.uncertain));
            } else if (gone.count() > 0) {
                notes.add(note(rows(gone), hasTombstones));
            }
            storeAllIds(sink);
            return true;
        }
        GoneIds deleted = whole && hasTombstones ? leftOut.and(gone) : leftOut;
        GoneRows rowsLeftOut = rows(leftOut);
        if (rowsLeftOut.areTooMany() || rows(deleted).areTooMany()) {
            problems.add(
                    rowsLeftOut.areTooMany()
                            ? rowsLeftOut.tooManyLeftOut()
                            : rows(deleted).tooMany(leftOut.count() > 0));
            storeAllIds(sink);
            return true;
        }
        if (deleted.count() > 0
                && FilesReader.isPartOfOrder(stream)
                && sink.failedBy(StreamName.ORDERS, GoneRows.RULE_TOO_MANY)) {
            notes.add(rows(deleted).keptWithOrders());
            storeAllIds(sink);
            return true;
        }
        if (leftOut.count() > 0) {
            notes.add(rowsLeftOut.leftOut());
        }
        if (gone.count() > 0) {
            notes.add(note(rows(gone), hasTombstones));
        }
        if (deleted.count() > 0 && !pass.tombstones(deleted)) {
            return false;
        }
        sink.storeIds(stream, !whole, false);
        return true;
    }

    /** No row was deleted, and what was read now counts too: the next run compares all of them. */
    private void storeAllIds(RowSink sink) {
        sink.storeIds(mapping.stream(), true, true);
    }

    private GoneRows rows(GoneIds ids) {
        return new GoneRows(mapping.stream(), ids, mapping.gonePercent());
    }

    private RunNote note(GoneRows gone, boolean hasTombstones) {
        return switch (mapping.extent()) {
            case WHOLE -> hasTombstones ? gone.deleted() : gone.keptAlways();
            case SLICE -> gone.outOfSlice();
            case UNKNOWN -> gone.kept();
        };
    }

    private void addRepeated(RepeatedIds repeated, List<RunNote> notes) {
        if (repeated.different().count() > 0) {
            notes.add(
                    repeated(
                            "id_repeated",
                            repeated.different(),
                            "other content, for example at %s and %s: one row of each id counts. If each row is to count, map an id that differs ('columns' joins several); if the last one is to count, say 'repeated_ids: true' at the stream",
                            false));
        }
        if (repeated.identical().count() > 0) {
            notes.add(
                    repeated(
                            "row_repeated",
                            repeated.identical(),
                            "the same content, for example at %s and %s: they count once. If each row is to count, map an id that differs",
                            true));
        }
    }

    private RunNote repeated(String rule, RepeatedIds.Rows rows, String message, boolean informs) {
        return new RunNote(
                mapping.stream().canonicalName(),
                rule,
                rows.count(),
                "rows with the id of another row and "
                        + message.formatted(rows.one(), rows.other()),
                informs);
    }

    /** Finds the rows that supersede others, if the mapping compares rows. */
    private void find(LastRows last) throws FileProblemException, IOException {
        if (!last.compares()) {
            return;
        }
        files.forEach(file -> file.rows().clearSums());
        long row = 0;
        long recordsBefore = 0;
        for (MappedFile file : readable.keySet()) {
            RecordMapping rows = file.rows();
            try (Records records = file.open(opener)) {
                if (mapping.lastOf() != null) {
                    records.includeEmpty();
                }
                while (records.next()) {
                    long record = recordsBefore + records.record();
                    if (!records.hasRow() || !isRow(rows, records)) {
                        last.addRecord(rows, records, record);
                    } else if (!isLeftOut(rows, records)) {
                        last.add(rows, records, ++row, record);
                    }
                }
                recordsBefore += records.record();
            }
        }
    }

    private static boolean isRow(RecordMapping rows, Records records) {
        return records.defect() != null || rows.accepts(records) || records.defect() != null;
    }

    /** Whether the current row is left out with its order. */
    private boolean isLeftOut(RecordMapping rows, Records records) {
        if (leftOutOrders == null || records.defect() != null) {
            return false;
        }
        String order = rows.order(records);
        return records.defect() == null && leftOutOrders.contains(order);
    }

    private static List<String> names(Collection<MappedFile> files) {
        return files.stream().map(MappedFile::name).distinct().toList();
    }

    /** The progress of a pass. */
    private final class Pass {

        private final RowSink sink;
        private final long skipped;
        private final String mark;
        private final LastRows lastRows;
        private final long bytesInAll = readable.values().stream().mapToLong(Long::longValue).sum();
        private long bytesOfEarlierFiles;
        private long checkpointBytes;
        private int rowsSinceCheckpoint;
        private long seen;

        /** Number of records in the files before the current one. */
        private long recordsBefore;

        /** Number of rows that are left out with their orders. */
        private long leftOut;

        /** Number of rows without a reliable id: it is missing, or may have been read wrongly. */
        private long uncertain;

        Pass(RowSink sink, long skipped, String mark, LastRows lastRows) {
            this.sink = sink;
            this.skipped = skipped;
            this.mark = mark;
            this.lastRows = lastRows;
        }

        boolean read(MappedFile file, Records records) throws FileProblemException, IOException {
            RecordMapping rows = file.rows();
            while (records.next()) {
                boolean isRow = isRow(rows, records);
                if (!isRow || isLeftOut(rows, records)) {
                    leftOut += isRow ? 1 : 0;
                    String id = rows.id(records);
                    if (!id.isEmpty() && records.defect() == null) {
                        sink.leftOut(mapping.stream(), id);
                    }
                    continue;
                }
                seen++;
                String id = rows.id(records);
                if (id.isEmpty() || records.defect() != null) {
                    uncertain++;
                }
                String[] row = row(file, records);
                if (!id.isEmpty() && row[1].startsWith(StreamSchema.SUPERSEDED)) {
                    // What an earlier run loaded of an older version is gone if the last one lacks
                    // it.
                    sink.leftOut(mapping.stream(), id);
                } else if (!id.isEmpty()) {
                    sink.seen(mapping.stream(), row);
                }
                if (seen <= skipped) {
                    continue;
                }
                sink.row(mapping.stream(), row);
                if (++rowsSinceCheckpoint >= CHECKPOINT_ROWS
                        || records.bytesRead() - checkpointBytes > CHECKPOINT_BYTES) {
                    checkpointBytes = records.bytesRead();
                    if (!checkpoint(progress(records.bytesRead()))) {
                        return false;
                    }
                }
            }
            recordsBefore += records.record();
            bytesOfEarlierFiles += records.bytesRead();
            checkpointBytes = 0;
            return true;
        }

        /**
         * Adds a tombstone for each deleted row. Tombstones follow the rows, so that a cursor
         * counts both.
         */
        boolean tombstones(GoneIds gone) {
            Iterator<String> ids = gone.from(Math.max(0, skipped - seen));
            seen = Math.max(seen, skipped);
            while (ids.hasNext()) {
                seen++;
                sink.row(mapping.stream(), tombstone(ids.next()));
                if (++rowsSinceCheckpoint >= CHECKPOINT_ROWS && !checkpoint(1)) {
                    return false;
                }
            }
            return true;
        }

        private String[] tombstone(String id) {
            String[] row = new String[StreamSchema.of(mapping.stream()).rawHeader().size()];
            Arrays.fill(row, "");
            row[0] = String.join(", ", names(readable.keySet()));
            row[1] = StreamSchema.DELETED;
            row[2] = id;
            return row;
        }

        private String[] row(MappedFile file, Records records) {
            RecordMapping rows = file.rows();
            String[] row = rows.row(file.name(), records);
            if (records.defect() == null) {
                String superseded =
                        lastRows.supersedes(rows, records, seen, recordsBefore + records.record());
                if (superseded != null) {
                    row[1] = StreamSchema.SUPERSEDED + ": " + superseded;
                }
            }
            return row;
        }

        boolean checkpoint(double progress) {
            rowsSinceCheckpoint = 0;
            return sink.checkpoint(new ScanCursor(seen, mark).toString(), progress);
        }

        private double progress(long bytesRead) {
            return bytesInAll == 0
                    ? 1
                    : Math.min(1, (double) (bytesOfEarlierFiles + bytesRead) / bytesInAll);
        }
    }
}
