package io.shopflow.extract.run;

import static java.util.Comparator.comparing;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.run.SourceState.KnownIds;
import io.shopflow.extract.source.GoneIds;
import io.shopflow.extract.source.RepeatedIds;
import io.shopflow.extract.spill.TemporaryFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The sorted ids of all rows that a source has of one stream, compared with one another and with
 * the known ids, those that the last run stored. In bounded memory: ids that do not fit are sorted
 * in files and merged.
 */
final class SeenIds implements AutoCloseable {

    /** Estimated memory for ids that are not in a file yet. */
    private static final long MAX_BYTES = 24L << 20;

    private static final int BYTES_PER_ID = 60;

    /** Ends the id of a line. No id has it in its escaped form, and it sorts before all others. */
    private static final char END_OF_ID = '\0';

    private static final int HASH_LENGTH = 16;

    /** Sorts after the digits of hashes: a row that is not left out precedes. */
    private static final String LEFT_OUT = "~";

    private static final String UNDATED = hash(new String[] {""}, 0, 1);

    private static final int POSITION = 0;
    private static final int DEFECT = 1;
    private static final int ID = 2;

    private final ObjectStore store;
    private final RunId runId;
    private final @Nullable KnownIds before;
    private final long maxBytes;
    private final int version;

    /** Id, hashes of version and content, and position of each row, as one text. */
    private final List<String> rows = new ArrayList<>();

    private final List<Path> sorted = new ArrayList<>();
    private final TemporaryFiles files = new TemporaryFiles();
    private final List<GzippedLines> open = new ArrayList<>();
    private long bytes;
    private @Nullable Path all;
    private @Nullable Path leftOutNow;
    private @Nullable Compared compared;
    private RepeatedIds repeated = RepeatedIds.NONE;

    /** The known ids that are in no row that counts. */
    private record Compared(
            GoneIds gone, GoneIds leftOut, @Nullable Path goneFile, @Nullable Path leftOutFile) {}

    /**
     * Begins without ids.
     *
     * @param before the known ids; null if there are none
     */
    SeenIds(ObjectStore store, StreamName stream, RunId runId, @Nullable KnownIds before) {
        this(store, stream, runId, before, MAX_BYTES);
    }

    SeenIds(
            ObjectStore store,
            StreamName stream,
            RunId runId,
            @Nullable KnownIds before,
            long maxBytes) {
        this.version = StreamSchema.of(stream).rawHeader().indexOf("updated_at");
        this.store = store;
        this.runId = runId;
        this.before = before;
        this.maxBytes = maxBytes;
    }

    /** Whether there are any. */
    static boolean has(ObjectStore store, KnownIds read) {
        Optional<ObjectStore.Content> ids = store.open(read.key());
        if (ids.isEmpty()) {
            return false;
        }
        try (ObjectStore.Content content = ids.get();
                GzippedLines lines = new GzippedLines(content.body())) {
            return lines.hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(read.key(), e);
        }
    }

    /** Adds a raw row that has an id. The content of a row with a defect is not compared. */
    void add(String[] row) {
        String line = escaped(row[ID]) + END_OF_ID;
        if (row[DEFECT].isEmpty()) {
            line += hash(row, version, version + 1) + hash(row, ID, row.length) + row[POSITION];
        }
        add(line);
    }

    private void add(String line) {
        rows.add(line);
        bytes += BYTES_PER_ID + line.length();
        if (bytes > maxBytes) {
            spill();
        }
    }

    /** Adds the id of a row that the mapping leaves out; it may also be that of another row. */
    void addLeftOut(String id) {
        add(escaped(id) + END_OF_ID + LEFT_OUT);
    }

    /** The rows that share their id and version with another row. */
    RepeatedIds repeated() {
        sort();
        return repeated;
    }

    /** The known ids that were neither added nor left out. */
    GoneIds gone() {
        return compared().gone();
    }

    /** The known ids of which all rows are left out now. */
    GoneIds leftOut() {
        return compared().leftOut();
    }

    private Compared compared() {
        if (compared == null) {
            try {
                compared = compare();
            } catch (IOException e) {
                throw new UncheckedIOException("comparing ids failed", e);
            }
        }
        return compared;
    }

    private Compared compare() throws IOException {
        Optional<ObjectStore.Content> last = lastTime();
        if (last.isEmpty()) {
            return new Compared(GoneIds.NONE, GoneIds.NONE, null, null);
        }
        Path now = sort();
        long most = last.get().object().size();
        Path goneFile = files.create(most);
        Path leftOutFile = files.create(most);
        long known = 0;
        long gone = 0;
        long leftOut = 0;
        try (ObjectStore.Content content = last.get();
                GzippedLines then = new GzippedLines(content.body());
                GzippedLines seen = new GzippedLines(Files.newInputStream(now));
                GzippedLines left = new GzippedLines(Files.newInputStream(leftOutNow));
                Writer outOfGone = writer(goneFile);
                Writer outOfLeftOut = writer(leftOutFile)) {
            while (then.hasNext()) {
                String line = then.next();
                known++;
                if (seen.skipTo(line)) {
                    continue;
                }
                if (left.skipTo(line)) {
                    leftOut++;
                    outOfLeftOut.append(line).append('\n');
                } else {
                    gone++;
                    outOfGone.append(line).append('\n');
                }
            }
        }
        return new Compared(
                new GoneIds(known, gone, () -> unescaped(goneFile)),
                new GoneIds(known, leftOut, () -> unescaped(leftOutFile)),
                goneFile,
                leftOutFile);
    }

    /**
     * Stores the added ids.
     *
     * @param withGone whether to store those that are gone too
     * @param withLeftOut whether to store those that are left out too
     */
    void put(String key, boolean withGone, boolean withLeftOut) {
        Path ids = sort();
        try {
            ids = union(ids, withGone ? compared().goneFile() : null);
            ids = union(ids, withLeftOut ? compared().leftOutFile() : null);
        } catch (IOException e) {
            throw new UncheckedIOException("sorting ids failed", e);
        }
        store.put(key, ids, "application/gzip", Map.of(PartMetadata.RUN_ID, runId.value()));
    }

    /** Of two sorted files without common lines. */
    private Path union(Path one, @Nullable Path other) throws IOException {
        if (other == null) {
            return one;
        }
        Path union = files.create(Files.size(one) + Files.size(other));
        try (GzippedLines first = new GzippedLines(Files.newInputStream(one));
                GzippedLines second = new GzippedLines(Files.newInputStream(other));
                Writer out = writer(union)) {
            while (first.hasNext() || second.hasNext()) {
                boolean takeFirst =
                        !second.hasNext()
                                || (first.hasNext() && first.peek().compareTo(second.peek()) < 0);
                out.append((takeFirst ? first : second).next()).append('\n');
            }
        }
        return union;
    }

    /** The known ids; empty if another run has replaced them. */
    private Optional<ObjectStore.Content> lastTime() throws IOException {
        if (before == null) {
            return Optional.empty();
        }
        Optional<ObjectStore.Content> found = store.open(before.key());
        if (found.isPresent()
                && !before.runId()
                        .value()
                        .equals(found.get().object().metadata().get(PartMetadata.RUN_ID))) {
            found.get().close();
            return Optional.empty();
        }
        return found;
    }

    /** Writes all ids to one file, each once, and compares the rows that share one. */
    private Path sort() {
        if (all != null) {
            return all;
        }
        spill();
        try {
            all = merged();
        } catch (IOException e) {
            throw new UncheckedIOException("sorting ids failed", e);
        }
        sorted.clear();
        return all;
    }

    private Path merged() throws IOException {
        long most = 0;
        for (Path run : sorted) {
            most += Files.size(run);
        }
        Path merged = files.create(most);
        PriorityQueue<GzippedLines> heads = new PriorityQueue<>(comparing(GzippedLines::peek));
        for (Path run : sorted) {
            heads.add(opened(run));
        }
        leftOutNow = files.create(most);
        try (Writer out = writer(merged);
                Writer outOfLeftOut = writer(leftOutNow)) {
            String last = "";
            while (!heads.isEmpty()) {
                GzippedLines lines = heads.remove();
                String line = lines.next();
                String id = line.substring(0, line.indexOf(END_OF_ID));
                boolean isLeftOut = line.endsWith(END_OF_ID + LEFT_OUT);
                if (!last.startsWith(id + END_OF_ID)) {
                    (isLeftOut ? outOfLeftOut : out).append(id).append('\n');
                } else if (!isLeftOut) {
                    compareRows(last, line, id.length() + 1);
                }
                last = line;
                if (lines.hasNext()) {
                    heads.add(lines);
                }
            }
        }
        return merged;
    }

    /** Two rows with one id; their versions are compared from an index on. */
    private void compareRows(String last, String line, int version) {
        int content = version + HASH_LENGTH;
        if (line.length() <= content || last.length() <= content) {
            return;
        }
        if (!line.regionMatches(version, last, version, HASH_LENGTH)
                && !isUndated(line, version)
                && !isUndated(last, version)) {
            repeated = repeated.andVersion();
            return;
        }
        repeated =
                line.regionMatches(content, last, content, HASH_LENGTH)
                        ? repeated.andIdentical(position(last), position(line))
                        : repeated.andDifferent(position(last), position(line));
    }

    /** Whether a row has no version: it cannot be compared with one that has. */
    private static boolean isUndated(String line, int version) {
        return line.startsWith(UNDATED, version);
    }

    private static String position(String line) {
        return line.substring(line.indexOf(END_OF_ID) + 1 + 2 * HASH_LENGTH);
    }

    /** FNV-1a of some values of a row, in {@link #HASH_LENGTH} digits. */
    private static String hash(String[] row, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < row[i].length(); j++) {
                hash = (hash ^ row[i].charAt(j)) * 0x100000001b3L;
            }
            hash = (hash ^ END_OF_ID) * 0x100000001b3L;
        }
        return HexFormat.of().toHexDigits(hash);
    }

    private void spill() {
        if (rows.isEmpty()) {
            return;
        }
        Collections.sort(rows);
        Path run = files.create(bytes);
        try (Writer out = writer(run)) {
            for (String row : rows) {
                out.append(row).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sorting ids failed", e);
        }
        sorted.add(run);
        rows.clear();
        bytes = 0;
    }

    private static Writer writer(Path file) throws IOException {
        return new BufferedWriter(
                new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file), 1 << 16),
                        StandardCharsets.UTF_8));
    }

    private GzippedLines opened(Path file) throws IOException {
        GzippedLines lines = new GzippedLines(Files.newInputStream(file));
        open.add(lines);
        return lines;
    }

    private Iterator<String> unescaped(Path file) {
        GzippedLines lines;
        try {
            lines = opened(file);
        } catch (IOException e) {
            throw new UncheckedIOException("comparing ids failed", e);
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public String next() {
                return unescaped(lines.next());
            }
        };
    }

    /** An id on one line. Ids are sorted and compared in this form. */
    private static String escaped(String id) {
        return id.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                char after = line.charAt(++i);
                c =
                        switch (after) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case '0' -> '\0';
                            default -> after;
                        };
            }
            id.append(c);
        }
        return id.toString();
    }

    @Override
    public void close() {
        open.forEach(GzippedLines::close);
        files.close();
    }
}
