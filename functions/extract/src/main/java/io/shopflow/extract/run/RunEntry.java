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

    /** The invocation that wrote it: the holder of the lease at that time. */
    String writer();

    /** The rows that it commits. */
    default Optional<Chunk> rows() {
        return Optional.empty();
    }

    /**
     * An invocation has taken the run: whoever wrote before it writes no more.
     *
     * @param state of the source at that time; that of the first such entry is where the run began
     */
    record Taken(String writer, SourceState state) implements RunEntry {}

    /**
     * Rows of a scan are committed: they are parts of the run.
     *
     * @param scan canonical name of the scan's primary stream
     * @param cursor where to go on; null: from the beginning
     * @param progress how much of the scan is done, 0 to 1
     * @param parts at most one of each stream, in the order of the bytes behind the entry
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
     * A scan was read to its end, or given up.
     *
     * @param rest the rows after its last chunk, which no cursor is behind: with a chunk of their
     *     own, whoever takes the run before this entry is put would read them once more
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

    /** The run was read to its end: the manifest is this one, whoever writes it. */
    record RunEnded(String writer, RunManifest manifest) implements RunEntry {}
}
