package io.shopflow.load.warehouse;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * An open clean part.
 *
 * @param version differs if the content differs
 * @param counts transform's counts
 * @param snapshot whether the rows replace those of earlier runs, even newer versions
 * @param warnings odd values in rows that were not rejected
 * @param rejected opens the rejected rows; called at most once
 * @param columns of the rows; those that are missing are null
 * @param rows the CSV after its header
 */
public record CleanPart(
        PartId id,
        String bucket,
        String version,
        CleanCounts counts,
        String pseudonymKeyId,
        boolean snapshot,
        List<RuleCount> warnings,
        Supplier<RejectedPart> rejected,
        List<String> columns,
        InputStream rows)
        implements AutoCloseable {

    public CleanPart {
        warnings = List.copyOf(warnings);
        columns = List.copyOf(columns);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
