package io.shopflow.extract.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry of a run's log, see {@link RunLog}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEntry.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = RunEntry.Chunk.class, name = "chunk"),
    @JsonSubTypes.Type(value = RunEntry.ScanEnded.class, name = "scan_ended"),
    @JsonSubTypes.Type(value = RunEntry.RunEnded.class, name = "run_ended")
})
public sealed interface RunEntry {

    /** The invocation that wrote the entry: the holder of the lease at that time. */
    String writer();

    /** The rows that it commits. */
    default Optional<Chunk> rows() {
        return Optional.empty();
    }

    /**
     * An invocation has taken the run: earlier writers write no more.
     *
     * @param state of the source at that time; the first such entry has the state at the run's
     *     beginning
     */
    record Taken(String writer, SourceState state) implements RunEntry {}

    /**
     * Rows of a scan are committed: they are parts of the run.
     *
     * @param scan canonical name of the scan's primary stream
     * @param cursor where to continue; null: from the beginning
     * @param progress how much of the scan is done, 0 to 1
     * @param parts at most one of each stream, in the order of the bytes that follow the entry
     */
    record Chunk(
            String writer,
            String scan,
            @Nullable String cursor,
            double progress,
            List<ChunkPart> parts)
            implements RunEntry {
        public Chunk {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<Chunk> rows() {
            return Optional.of(this);
        }
    }

    /**
     * A part of a chunk.
     *
     * @param bytes its size
     */
    record ChunkPart(String stream, RawPart part, int bytes) {}

    /**
     * A scan was read to its end, or abandoned.
     *
     * @param rest the rows after its last chunk, which have no cursor: in a chunk of their own, an
     *     invocation that takes the run before this entry is put would read them again
     */
    record ScanEnded(
            String writer,
            String scan,
            @Nullable Chunk rest,
            List<StreamExtract> streams,
            List<Problem> problems,
            List<RunNote> notes)
            implements RunEntry {
        public ScanEnded {
            streams = List.copyOf(streams);
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        @Override
        public Optional<Chunk> rows() {
            return Optional.ofNullable(rest);
        }
    }

    /** The run was read to its end: every writer writes this manifest. */
    record RunEnded(String writer, RunManifest manifest) implements RunEntry {}
}
