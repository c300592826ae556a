package io.shopflow.load.warehouse;

import io.shopflow.core.quality.QualityReport.RejectedRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What transform rejected of a part, open.
 *
 * @param rules how many rows each rule rejected
 * @param rows the rejected rows as CSV, after their header; null where they cannot be read
 */
public record RejectedPart(List<RejectedRows> rules, @Nullable InputStream rows)
        implements AutoCloseable {

    /** Nothing was rejected. */
    public static final RejectedPart NONE = new RejectedPart(List.of(), null);

    /** Defensive copy. */
    public RejectedPart {
        rules = List.copyOf(rules);
    }

    @Override
    public void close() throws IOException {
        if (rows != null) {
            rows.close();
        }
    }
}
