package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.run.RunEntry.Chunk;
import io.shopflow.extract.run.RunEntry.ChunkPart;
import io.shopflow.extract.run.RunEntry.RunEnded;
import io.shopflow.extract.run.RunEntry.ScanEnded;
import io.shopflow.extract.run.RunEntry.Taken;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run as a sequence of numbered objects, each of which is put only if its number
 * is free. This is the fence between the invocations of a run: one that takes the run puts its own
 * entry. An earlier invocation then finds its next number taken, however late its put arrives, and
 * writes no more.
 *
 * <p>Rows belong to the run once their chunk is in the log. Only then are they published as raw
 * parts, whose events start the transform. So every object in {@code raw/} is committed, never
 * changes its content, and is in the manifest, which is also an entry of the log.
 */
final class RunLog {

    private static final String GZIP = "application/gzip";
    private static final String CSV = "text/csv";

    /**
     * S3 may reject both of two concurrent puts of one key, so that the object still does not
     * exist.
     */
    private static final int ATTEMPTS = 10;

    private final ObjectStore store;
    private final String source;
    private final RunId runId;
    private final String writer;
    private final List<RunEntry> entries = new ArrayList<>();

    private RunLog(ObjectStore store, String source, RunId runId, String writer) {
        this.store = store;
        this.source = source;
        this.runId = runId;
        this.writer = writer;
    }

    /**
     * Takes a run over from its last writer, and publishes the rows that it did not publish. A run
     * that has ended is not taken.
     *
     * @param writer identifies this invocation
     * @param state of the source now
     */
    static RunLog take(
            ObjectStore store, String source, RunId runId, String writer, SourceState state) {
        RunLog log = new RunLog(store, source, runId, writer);
        do {
            log.readOn();
        } while (log.ended().isEmpty() && !log.put(new Taken(writer, state), List.of()));
        log.publishMissing();
        return log;
    }

    /** The manifest, if the run was read to its end. */
    synchronized Optional<RunManifest> ended() {
        return !entries.isEmpty() && entries.getLast() instanceof RunEnded end
                ? Optional.of(end.manifest())
                : Optional.empty();
    }

    /** The source's state when the run began. */
    synchronized SourceState beginning() {
        return of(Taken.class).getFirst().state();
    }

    /** The scans that ended, in the order of their end. */
    synchronized List<ScanEnded> scans() {
        return of(ScanEnded.class);
    }

    /** The parts of a scan, by stream, in the order of their numbers. */
    synchronized List<ChunkPart> parts(String scan) {
        return chunks(scan).stream().flatMap(chunk -> chunk.parts().stream()).toList();
    }

    /** The scans that have rows, in the order in which they began. */
    synchronized List<String> begun() {
        return chunks().map(Chunk::scan).distinct().toList();
    }

    /** The number of parts of a stream. */
    synchronized int count(StreamName stream) {
        return (int)
                chunks().flatMap(chunk -> chunk.parts().stream())
                        .filter(part -> part.stream().equals(stream.canonicalName()))
                        .count();
    }

    /** Where to continue a scan; null at its beginning. */
    synchronized @Nullable String cursor(String scan) {
        List<Chunk> chunks = chunks(scan);
        return chunks.isEmpty() ? null : chunks.getLast().cursor();
    }

    private List<Chunk> chunks(String scan) {
        return chunks().filter(chunk -> chunk.scan().equals(scan)).toList();
    }

    private Stream<Chunk> chunks() {
        return entries.stream().map(RunEntry::rows).flatMap(Optional::stream);
    }

    private <E extends RunEntry> List<E> of(Class<E> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Commits an entry and publishes its rows.
     *
     * @param bodies of the parts of these rows
     */
    synchronized void append(RunEntry entry, List<byte[]> bodies) {
        if (!put(entry, bodies)) {
            throw new LeaseLostException(
                    "entry %d of the log of run %s is of another invocation"
                            .formatted(entries.size() + 1, runId));
        }
        entry.rows()
                .ifPresent(
                        chunk -> {
                            for (int i = 0; i < bodies.size(); i++) {
                                publish(chunk, chunk.parts().get(i), bodies.get(i));
                            }
                        });
    }

    /** Puts the next entry; returns false if another writer's entry is there. */
    private boolean put(RunEntry entry, List<byte[]> bodies) {
        int number = entries.size() + 1;
        String key = RunKeys.log(source, runId, number);
        byte[] body = written(entry, bodies);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (store.putIfAbsent(key, body, GZIP, Map.of())) {
                entries.add(entry);
                return true;
            }
            Optional<RunEntry> there = read(number);
            if (there.isPresent()) {
                // It is our own if the answer to a put was lost and the client repeated it.
                boolean ours = there.get().writer().equals(writer);
                if (ours) {
                    entries.add(entry);
                }
                return ours;
            }
        }
        throw new UncheckedIOException(new IOException("S3 neither keeps nor accepts " + key));
    }

    private void readOn() {
        int listed = store.list(RunKeys.logPrefix(source, runId)).size();
        while (entries.size() < listed) {
            int number = entries.size() + 1;
            entries.add(
                    read(number)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "the log of run %s lacks its entry %d"
                                                            .formatted(runId, number))));
        }
    }

    private Optional<RunEntry> read(int number) {
        String key = RunKeys.log(source, runId, number);
        Optional<Content> found = store.open(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Content content = found.get();
                DataInputStream in = new DataInputStream(new GZIPInputStream(content.body()))) {
            return Optional.of(entry(in));
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    private static RunEntry entry(DataInputStream in) throws IOException {
        return RunJson.read(in.readNBytes(in.readInt()), RunEntry.class);
    }

    private static byte[] written(RunEntry entry, List<byte[]> bodies) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
        try (DataOutputStream out = new DataOutputStream(new FastGzip(bytes))) {
            byte[] header = RunJson.write(entry);
            out.writeInt(header.length);
            out.write(header);
            for (byte[] body : bodies) {
                out.write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Publishes the rows that an earlier invocation committed but may not have published. */
    private void publishMissing() {
        Set<String> published = new HashSet<>();
        chunks().flatMap(chunk -> chunk.parts().stream())
                .map(ChunkPart::stream)
                .distinct()
                .map(name -> StreamName.ofCanonicalName(name).orElseThrow())
                .forEach(
                        stream ->
                                store.list(PartId.rawPrefix(source, runId, stream)).stream()
                                        .map(StoredObject::key)
                                        .forEach(published::add));
        for (int i = 0; i < entries.size(); i++) {
            Optional<Chunk> rows = entries.get(i).rows();
            if (rows.isPresent()
                    && !rows.get().parts().stream()
                            .allMatch(part -> published.contains(part.part().key()))) {
                publishAgain(i + 1, rows.get());
            }
        }
    }

    private void publishAgain(int number, Chunk chunk) {
        String key = RunKeys.log(source, runId, number);
        try (Content content = store.open(key).orElseThrow();
                DataInputStream in = new DataInputStream(new GZIPInputStream(content.body()))) {
            entry(in);
            for (ChunkPart part : chunk.parts()) {
                publish(chunk, part, in.readNBytes(part.bytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    /** Every publication of a part, by any invocation, puts the same bytes. */
    private void publish(Chunk chunk, ChunkPart part, byte[] body) {
        RawPart raw = part.part();
        Map<String, String> metadata = new HashMap<>();
        metadata.put(PartMetadata.ROWS, Long.toString(raw.rows()));
        metadata.put(PartMetadata.SHA256, raw.sha256());
        if (part.stream().equals(chunk.scan())) {
            metadata.put(
                    PartMetadata.PROGRESS, String.format(Locale.ROOT, "%.4f", chunk.progress()));
        }
        if (!store.putIfAbsent(raw.key(), body, CSV, metadata)
                && store.head(raw.key()).filter(there -> isSame(there, raw)).isEmpty()) {
            store.put(raw.key(), body, CSV, metadata);
        }
    }

    private static boolean isSame(StoredObject there, RawPart part) {
        return part.sha256().equals(there.metadata().get(PartMetadata.SHA256));
    }

    /** Parts are put twice, in the log and in {@code raw/}, so compression must be cheap. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 15);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
