package io.shopflow.load.warehouse;

import io.shopflow.core.quality.QualityReport.RuleCount;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of a part.
 *
 * @param rules number of rows that each rule rejected
 * @param rows the open CSV after its header; null if it cannot be read
 */
public record RejectedPart(List<RuleCount> rules, @Nullable InputStream rows)
        implements AutoCloseable {

    /** No rejected rows. */
    public static final RejectedPart NONE = new RejectedPart(List.of(), null);

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
