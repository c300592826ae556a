package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to a source: what a run can read from it, and how the source writes its values. Created
 * per run from the source's configuration; not thread-safe.
 */
public interface SourceReader extends AutoCloseable {

    /** How the source writes its values. */
    SourceFormat format();

    /**
     * Identifies how all rows are read: the hash of the configuration, or the source's own
     * settings. If it differs from the last run's, all rows are read again, so the next plain run
     * applies a corrected mapping or state to old rows. Null if unknown.
     */
    default @Nullable String configuration() {
        return null;
    }

    /** The scans, in the order in which to read them. */
    List<Scan> scans();

    /**
     * Mistakes found before the first row, e.g. a file that is missing; the run reads the rest and
     * ends incomplete.
     */
    List<Problem> problems();

    @Override
    void close();
}
