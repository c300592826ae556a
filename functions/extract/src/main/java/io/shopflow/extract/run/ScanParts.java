package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.source.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The raw parts of one scan. Rows are cut into chunks at checkpoints; a chunk is one part of each
 * stream that has rows in it, all of the same number. The primary stream's part is put last and
 * carries the cursor, so a chunk is there when that part is. What an earlier invocation of the run
 * put is adopted.
 */
final class ScanParts implements RowSink {

    private static final String CSV = "text/csv";

    private static final DateTimeFormatter ARCHIVE_DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ARCHIVE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Where and how parts are written. */
    record Settings(int partRows, int partBytes) {}

    private final ObjectStore store;
    private final Uploads uploads;
    private final String source;
    private final RunId runId;
    private final List<Stream> streams;
    private final Settings settings;
    private final BooleanSupplier timeIsShort;
    private final Clock clock;

    private final Map<Stream, PartBuffer> buffers = new EnumMap<>(Stream.class);
    private final Map<Stream, List<RawPart>> parts = new EnumMap<>(Stream.class);

    /** Secondary parts of a chunk whose primary part was never put. */
    private final Set<String> orphans = new HashSet<>();

    private int chunks;
    private @Nullable String cursor;
    private double progress;
    private int chunksOfThisInvocation;
    private int archived;

    ScanParts(
            ObjectStore store,
            Uploads uploads,
            String source,
            RunId runId,
            List<Stream> streams,
            Settings settings,
            BooleanSupplier timeIsShort,
            Clock clock) {
        this.store = store;
        this.uploads = uploads;
        this.source = source;
        this.runId = runId;
        this.streams = List.copyOf(streams);
        this.settings = settings;
        this.timeIsShort = timeIsShort;
        this.clock = clock;
        for (Stream stream : streams) {
            buffers.put(stream, new PartBuffer(stream));
            parts.put(stream, new ArrayList<>());
        }
        adopt();
    }

    /** Where to go on; null at the beginning. */
    @Nullable String cursor() {
        return cursor;
    }

    /** The parts of a stream so far, those of earlier invocations too. */
    List<RawPart> parts(Stream stream) {
        return List.copyOf(buffered(parts, stream));
    }

    @Override
    public void row(Stream stream, String[] values) {
        buffered(buffers, stream).add(values);
    }

    @Override
    public String archive(Stream stream, byte[] payload) {
        Instant now = clock.instant();
        // Time, run and count together are unique, also when two runs have the same millisecond.
        String key =
                "archive/%s/%s/%s_%s-%s-%d.json.gz"
                        .formatted(
                                source,
                                ARCHIVE_DAY.format(now),
                                stream.canonicalName(),
                                ARCHIVE_TIME.format(now),
                                runId,
                                ++archived);
        uploads.add(() -> store.put(key, gzipped(payload), "application/gzip", Map.of()));
        return key;
    }

    @Override
    public boolean checkpoint(String cursor, double progress) {
        this.cursor = cursor;
        this.progress = progress;
        PartBuffer primary = buffered(buffers, streams.getFirst());
        int bytes = buffers.values().stream().mapToInt(PartBuffer::size).sum();
        boolean isShort = timeIsShort.getAsBoolean();
        if (primary.rows() >= settings.partRows()
                || bytes >= settings.partBytes()
                || (isShort && hasRows())) {
            cut();
        }
        // Without a new part the next invocation would begin where this one did.
        return !isShort || chunksOfThisInvocation == 0;
    }

    /** Puts what is left and waits until all is there. */
    void finish() {
        if (hasRows() || !orphans.isEmpty()) {
            cut();
        }
        uploads.drain();
    }

    private boolean hasRows() {
        return buffers.values().stream().anyMatch(buffer -> buffer.rows() > 0);
    }

    private void cut() {
        int number = ++chunks;
        chunksOfThisInvocation++;
        for (Stream stream : streams.subList(1, streams.size())) {
            PartId part = new PartId(source, runId, stream, number);
            boolean orphaned = orphans.remove(part.rawKey());
            if (orphaned || buffered(buffers, stream).rows() > 0) {
                put(part, Map.of(), orphaned);
            }
        }
        put(
                new PartId(source, runId, streams.getFirst(), number),
                Map.of(
                        PartMetadata.CURSOR,
                        cursor == null ? "" : cursor,
                        PartMetadata.PROGRESS,
                        String.format(Locale.ROOT, "%.4f", progress)),
                false);
    }

    private void put(PartId part, Map<String, String> metadata, boolean replaces) {
        PartBuffer buffer = buffered(buffers, part.stream());
        long rows = buffer.rows();
        byte[] csv = buffer.take();
        String key = part.rawKey();
        String sha256 = sha256(csv);
        Map<String, String> all =
                new java.util.HashMap<>(
                        Map.of(
                                PartMetadata.ROWS,
                                Long.toString(rows),
                                PartMetadata.SHA256,
                                sha256));
        all.putAll(metadata);
        buffered(parts, part.stream()).add(new RawPart(part.number(), key, rows, sha256));
        uploads.add(
                () -> {
                    if (replaces) {
                        store.put(key, csv, CSV, all);
                    } else if (!store.putIfAbsent(key, csv, CSV, all)) {
                        throw new ConcurrentRunException(key);
                    }
                });
    }

    /** The parts of a run's stream that are there. */
    static List<RawPart> present(ObjectStore store, String source, RunId runId, Stream stream) {
        return listed(store, source, runId, stream).stream()
                .map(object -> rawPart(store.head(object.key()).orElseThrow()))
                .toList();
    }

    private void adopt() {
        Stream primary = streams.getFirst();
        for (StoredObject object : listed(store, source, runId, primary)) {
            StoredObject part = store.head(object.key()).orElseThrow();
            buffered(parts, primary).add(rawPart(part));
            chunks = number(part);
            cursor = part.metadata().get(PartMetadata.CURSOR);
        }
        for (Stream stream : streams.subList(1, streams.size())) {
            for (StoredObject object : listed(store, source, runId, stream)) {
                if (number(object) <= chunks) {
                    buffered(parts, stream).add(rawPart(store.head(object.key()).orElseThrow()));
                } else {
                    orphans.add(object.key());
                }
            }
        }
        if (cursor != null && cursor.isEmpty()) {
            cursor = null;
        }
    }

    private static List<StoredObject> listed(
            ObjectStore store, String source, RunId runId, Stream stream) {
        return store.list(PartId.rawPrefix(source, runId, stream)).stream()
                .filter(object -> PartId.ofKey(object.key()).isPresent())
                .toList();
    }

    private static RawPart rawPart(StoredObject part) {
        return new RawPart(
                number(part),
                part.key(),
                Long.parseLong(metadata(part, PartMetadata.ROWS)),
                metadata(part, PartMetadata.SHA256));
    }

    private static int number(StoredObject part) {
        return PartId.ofKey(part.key()).orElseThrow().number();
    }

    private static String metadata(StoredObject part, String name) {
        return Optional.ofNullable(part.metadata().get(name))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        part.key() + " has no metadata '" + name + "'"));
    }

    private static <T> T buffered(Map<Stream, T> byStream, Stream stream) {
        T found = byStream.get(stream);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the scan did not say that it feeds " + stream.canonicalName());
        }
        return found;
    }

    private static byte[] gzipped(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
