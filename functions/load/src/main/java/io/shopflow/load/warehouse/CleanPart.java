package io.shopflow.load.warehouse;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport.WarnedRows;
import io.shopflow.core.run.PartId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * A clean part, open.
 *
 * @param version differs where the content does
 * @param counts what transform counted
 * @param warnings what was odd in rows that were not rejected
 * @param rejected opens what was rejected of it; asked once at most
 * @param rows the CSV after its header
 */
public record CleanPart(
        PartId id,
        String bucket,
        String version,
        CleanCounts counts,
        String pseudonymKeyId,
        List<WarnedRows> warnings,
        Supplier<RejectedPart> rejected,
        InputStream rows)
        implements AutoCloseable {

    /** Defensive copy. */
    public CleanPart {
        warnings = List.copyOf(warnings);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
