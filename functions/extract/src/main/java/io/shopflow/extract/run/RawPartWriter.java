package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.Sha256;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.run.RunEntry.Chunk;
import io.shopflow.extract.run.RunEntry.ChunkPart;
import io.shopflow.extract.run.SourceState.KnownIds;
import io.shopflow.extract.source.GoneIds;
import io.shopflow.extract.source.RepeatedIds;
import io.shopflow.extract.source.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the raw parts of one scan. Rows are cut into chunks at checkpoints; a chunk has one part
 * for each stream with rows. One put writes it to the run's log, with the cursor. Chunks that an
 * earlier invocation of the run committed are kept.
 */
final class RawPartWriter implements RowSink, AutoCloseable {

    private static final DateTimeFormatter ARCHIVE_DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ARCHIVE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Sizes at which a part ends. */
    record Settings(int partRows, int partBytes) {}

    /**
     * Rows to commit.
     *
     * @param bodies of the chunk's parts
     */
    record Rows(Chunk chunk, List<byte[]> bodies) {}

    private final ObjectStore store;
    private final RunLog log;
    private final Uploads uploads;
    private final String source;
    private final RunId runId;
    private final String writer;
    private final List<StreamName> streams;
    private final Settings settings;
    private final BooleanSupplier timeIsShort;
    private final Clock clock;

    private final Map<StreamName, PartBuffer> buffers = new EnumMap<>(StreamName.class);
    private final Map<StreamName, List<RawPart>> parts = new EnumMap<>(StreamName.class);

    /** The number of a stream's last part; another scan may feed the stream too. */
    private final Map<StreamName, Integer> numbers = new EnumMap<>(StreamName.class);

    /** By stream: where the last run stored its ids. */
    private final Map<String, KnownIds> knownIds;

    private final Map<StreamName, SeenIds> seen = new EnumMap<>(StreamName.class);
    private final Map<StreamName, String> ids = new EnumMap<>(StreamName.class);
    private final Set<StreamName> oneRowPerId = EnumSet.noneOf(StreamName.class);

    private @Nullable String cursor;
    private double progress;
    private int chunksOfThisInvocation;
    private int archived;

    RawPartWriter(
            ObjectStore store,
            RunLog log,
            Uploads uploads,
            String source,
            RunId runId,
            String writer,
            List<StreamName> streams,
            Settings settings,
            Map<String, KnownIds> knownIds,
            BooleanSupplier timeIsShort,
            Clock clock) {
        this.store = store;
        this.log = log;
        this.uploads = uploads;
        this.source = source;
        this.runId = runId;
        this.writer = writer;
        this.streams = List.copyOf(streams);
        this.settings = settings;
        this.knownIds = knownIds;
        this.timeIsShort = timeIsShort;
        this.clock = clock;
        for (StreamName stream : streams) {
            buffers.put(stream, new PartBuffer(stream));
            parts.put(stream, new ArrayList<>());
            numbers.put(stream, log.count(stream));
        }
        for (ChunkPart adopted : log.parts(scan())) {
            StreamName stream = StreamName.ofCanonicalName(adopted.stream()).orElseThrow();
            parts.computeIfAbsent(stream, none -> new ArrayList<>()).add(adopted.part());
        }
        this.cursor = log.cursor(scan());
    }

    private String scan() {
        return streams.getFirst().canonicalName();
    }

    /** Where to continue; null at the beginning. */
    @Nullable String cursor() {
        return cursor;
    }

    /** The parts of a stream so far, including those of earlier invocations. */
    List<RawPart> parts(StreamName stream) {
        return List.copyOf(buffered(parts, stream));
    }

    @Override
    public void row(StreamName stream, String[] values) {
        buffered(buffers, stream).add(values);
    }

    /** Where the run has stored the ids of a stream; null if it has not. */
    @Nullable String ids(StreamName stream) {
        return ids.get(stream);
    }

    @Override
    public void seen(StreamName stream, String[] values) {
        seenIds(stream).add(values);
    }

    /** Whether all rows of the stream were read, and no id is repeated. */
    boolean hasOneRowPerId(StreamName stream) {
        return oneRowPerId.contains(stream);
    }

    @Override
    public void hasAllRows(StreamName stream) {
        if (seenIds(stream).repeated().isNone()) {
            oneRowPerId.add(stream);
        }
    }

    @Override
    public RepeatedIds repeated(StreamName stream) {
        return seenIds(stream).repeated();
    }

    @Override
    public void leftOut(StreamName stream, String id) {
        seenIds(stream).addLeftOut(id);
    }

    @Override
    public GoneIds leftOut(StreamName stream) {
        return seenIds(stream).leftOut();
    }

    @Override
    public GoneIds gone(StreamName stream) {
        return seenIds(stream).gone();
    }

    @Override
    public boolean failedBy(StreamName stream, String rule) {
        return log.scans().stream()
                .filter(ended -> ended.scan().equals(stream.canonicalName()))
                .flatMap(ended -> ended.problems().stream())
                .anyMatch(problem -> problem.rule().equals(rule));
    }

    @Override
    public void storeIds(StreamName stream, boolean withGone, boolean withLeftOut) {
        SeenIds all = seenIds(stream);
        KnownIds before = knownIds.get(stream.canonicalName());
        String first = RunKeys.ids(source, stream, 'a');
        String key =
                before != null && before.key().equals(first)
                        ? RunKeys.ids(source, stream, 'b')
                        : first;
        ids.put(stream, key);
        uploads.add(() -> all.put(key, withGone, withLeftOut));
    }

    private SeenIds seenIds(StreamName stream) {
        return seen.computeIfAbsent(
                stream,
                unused -> new SeenIds(store, stream, runId, knownIds.get(stream.canonicalName())));
    }

    @Override
    public void close() {
        seen.values().forEach(SeenIds::close);
    }

    @Override
    public String archive(StreamName stream, byte[] payload) {
        Instant now = clock.instant();
        // Time, run and count together are unique, even if two runs write in the same millisecond.
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
        if (primary.rows() >= settings.partRows() || bytes >= settings.partBytes() || isShort) {
            cut();
        }
        // Without a new chunk the next invocation would begin where this one did.
        return !isShort || chunksOfThisInvocation == 0;
    }

    /**
     * Waits until all chunks are committed.
     *
     * @return the rows since the last checkpoint, to be committed with the scan's end
     */
    Optional<Rows> finish() {
        Optional<Rows> rest = taken();
        uploads.drain();
        return rest;
    }

    private boolean hasRows() {
        return buffers.values().stream().anyMatch(buffer -> buffer.rows() > 0);
    }

    private void cut() {
        taken().ifPresent(
                        rows -> {
                            chunksOfThisInvocation++;
                            uploads.add(() -> log.append(rows.chunk(), rows.bodies()));
                        });
    }

    private Optional<Rows> taken() {
        if (!hasRows()) {
            return Optional.empty();
        }
        List<ChunkPart> cut = new ArrayList<>();
        List<byte[]> bodies = new ArrayList<>();
        for (StreamName stream : streams) {
            PartBuffer buffer = buffered(buffers, stream);
            long rows = buffer.rows();
            if (rows > 0) {
                int number = numbers.merge(stream, 1, Integer::sum);
                byte[] csv = buffer.take();
                RawPart part =
                        new RawPart(
                                number,
                                new PartId(source, runId, stream, number).rawKey(),
                                rows,
                                Sha256.hex(csv));
                buffered(parts, stream).add(part);
                cut.add(new ChunkPart(stream.canonicalName(), part, csv.length));
                bodies.add(csv);
            }
        }
        return Optional.of(new Rows(new Chunk(writer, scan(), cursor, progress, cut), bodies));
    }

    private static <T> T buffered(Map<StreamName, T> byStream, StreamName stream) {
        T found = byStream.get(stream);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the scan did not declare that it feeds " + stream.canonicalName());
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
}
