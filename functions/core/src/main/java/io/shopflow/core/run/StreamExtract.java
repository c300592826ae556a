package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run for one stream.
 *
 * @param stream canonical name of the stream
 * @param counted the source's own count of rows in the window; null if unknown
 * @param extracted rows in all parts together
 * @param watermarkBefore newest {@code updated_at} of earlier runs; null for a full run
 * @param watermarkAfter newest {@code updated_at} of this run; null if the source has none
 * @param parts in order of their number
 * @param remember the scan's data for the next run; null if there is none, or if the watermark does
 *     not move
 * @param ids key of the ids that the run stored; null if it stored none
 * @param oneRowPerId whether all rows were read, and no two have the same id: a version that is
 *     older than that of an earlier run contradicts it
 */
public record StreamExtract(
        String stream,
        @Nullable Long counted,
        long extracted,
        @Nullable Instant watermarkBefore,
        @Nullable Instant watermarkAfter,
        List<RawPart> parts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String remember,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ids,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean oneRowPerId) {

    /** For a scan that remembers only its watermark. */
    public StreamExtract(
            String stream,
            @Nullable Long counted,
            long extracted,
            @Nullable Instant watermarkBefore,
            @Nullable Instant watermarkAfter,
            List<RawPart> parts) {
        this(stream, counted, extracted, watermarkBefore, watermarkAfter, parts, null, null, false);
    }

    public StreamExtract {
        parts = List.copyOf(parts);
    }

    /**
     * One raw part.
     *
     * @param number from 1
     * @param rows without the header
     * @param sha256 of the whole object, hexadecimal
     */
    public record RawPart(int number, String key, long rows, String sha256) {}
}
