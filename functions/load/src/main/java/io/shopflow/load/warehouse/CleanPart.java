package io.shopflow.load.warehouse;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A clean part, open.
 *
 * @param version differs where the content does
 * @param counts what transform counted
 * @param rejected opens what was rejected of it; asked once at most
 * @param rows the CSV after its header
 */
public record CleanPart(
        PartId id,
        String bucket,
        String version,
        CleanCounts counts,
        String pseudonymKeyId,
        Supplier<RejectedPart> rejected,
        InputStream rows)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
