package io.shopflow.load.warehouse;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import java.io.IOException;
import java.io.InputStream;

/**
 * A clean part, open.
 *
 * @param version entity tag of the object that was opened
 * @param counts what transform counted
 * @param rows the CSV after its header
 */
public record CleanPart(
        PartId id,
        String bucket,
        String version,
        CleanCounts counts,
        String pseudonymKeyId,
        InputStream rows)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
