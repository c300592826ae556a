package io.shopflow.extract.run;

import static java.util.Comparator.comparing;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.RunId;
import io.shopflow.extract.run.SourceState.WholeRead;
import io.shopflow.extract.source.GoneIds;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The sorted ids of all rows that a source has of one stream, compared with those of the last
 * complete read. In bounded memory: ids that do not fit are sorted in files and merged.
 */
final class SeenIds implements AutoCloseable {

    /** Estimated memory for ids that are not in a file yet. */
    private static final long MAX_BYTES = 24L << 20;

    private static final int BYTES_PER_ID = 60;

    private final ObjectStore store;
    private final RunId runId;
    private final @Nullable WholeRead before;
    private final long maxBytes;
    private final List<String> ids = new ArrayList<>();
    private final List<Path> sorted = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<GzippedLines> open = new ArrayList<>();
    private long bytes;
    private @Nullable Path all;

    /**
     * Begins without ids.
     *
     * @param before the last complete read; null if there was none
     */
    SeenIds(ObjectStore store, RunId runId, @Nullable WholeRead before) {
        this(store, runId, before, MAX_BYTES);
    }

    SeenIds(ObjectStore store, RunId runId, @Nullable WholeRead before, long maxBytes) {
        this.store = store;
        this.runId = runId;
        this.before = before;
        this.maxBytes = maxBytes;
    }

    void add(String id) {
        String line = escaped(id);
        ids.add(line);
        bytes += BYTES_PER_ID + line.length();
        if (bytes > maxBytes) {
            spill();
        }
    }

    /** The ids of the last complete read that were not added. */
    GoneIds gone() {
        try {
            Path now = sortedOnce();
            Path gone = file();
            long known = 0;
            long count = 0;
            Optional<ObjectStore.Content> last = lastTime();
            if (last.isEmpty()) {
                return GoneIds.NONE;
            }
            try (ObjectStore.Content content = last.get();
                    GzippedLines then = new GzippedLines(content.body());
                    GzippedLines seen = new GzippedLines(Files.newInputStream(now));
                    Writer out = writer(gone)) {
                while (then.hasNext()) {
                    String line = then.next();
                    known++;
                    while (seen.hasNext() && seen.peek().compareTo(line) < 0) {
                        seen.next();
                    }
                    if (!seen.hasNext() || !seen.peek().equals(line)) {
                        count++;
                        out.append(line).append('\n');
                    }
                }
            }
            return new GoneIds(known, count, () -> unescaped(gone));
        } catch (IOException e) {
            throw new UncheckedIOException("comparing ids failed", e);
        }
    }

    /** Stores the added ids. */
    void put(String key) {
        try {
            store.put(
                    key,
                    sortedOnce(),
                    "application/gzip",
                    Map.of(PartMetadata.RUN_ID, runId.value()));
        } catch (IOException e) {
            throw new UncheckedIOException("sorting ids failed", e);
        }
    }

    /** The ids of the last complete read; empty if another run has replaced them. */
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

    /** All ids in one file, each once. */
    private Path sortedOnce() throws IOException {
        if (all != null) {
            return all;
        }
        spill();
        Path merged = file();
        PriorityQueue<GzippedLines> heads = new PriorityQueue<>(comparing(GzippedLines::peek));
        for (Path run : sorted) {
            heads.add(opened(run));
        }
        try (Writer out = writer(merged)) {
            String last = "";
            while (!heads.isEmpty()) {
                GzippedLines lines = heads.remove();
                String line = lines.next();
                if (!line.equals(last)) {
                    out.append(line).append('\n');
                    last = line;
                }
                if (lines.hasNext()) {
                    heads.add(lines);
                }
            }
        }
        sorted.clear();
        all = merged;
        return merged;
    }

    private void spill() {
        if (ids.isEmpty()) {
            return;
        }
        Collections.sort(ids);
        Path run = file();
        try (Writer out = writer(run)) {
            for (String id : ids) {
                out.append(id).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sorting ids failed", e);
        }
        sorted.add(run);
        ids.clear();
        bytes = 0;
    }

    private Path file() {
        try {
            Path file = Files.createTempFile("ids", ".txt");
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for a temporary file", e);
        }
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
        return id.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
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
                c = after == 'n' ? '\n' : after == 'r' ? '\r' : after;
            }
            id.append(c);
        }
        return id.toString();
    }

    @Override
    public void close() {
        open.forEach(GzippedLines::close);
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // In the platform's folder for temporary files; deleted with the process.
                file.toFile().deleteOnExit();
            }
        }
    }
}
