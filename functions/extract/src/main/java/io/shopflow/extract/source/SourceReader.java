package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to a source: what a run can read of it, and how the source writes its values. Made per
 * run from the source's configuration; not safe for use by several threads.
 */
public interface SourceReader extends AutoCloseable {

    /** How the source writes its values. */
    SourceFormat format();

    /**
     * What says how all rows are read: the hash of the configuration, or the source's own settings.
     * Where it differs from the last run's, all rows are read again: what a mended mapping or state
     * brings back comes by the next plain run. Null where that cannot be told.
     */
    default @Nullable String configuration() {
        return null;
    }

    /** What to read, in this order. */
    List<Scan> scans();

    /**
     * Mistakes found before the first row, e.g. a file that is missing; the run reads the rest and
     * ends incomplete.
     */
    List<Problem> problems();

    @Override
    void close();
}
