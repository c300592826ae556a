package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run extracted of one stream.
 *
 * @param stream canonical name of the stream
 * @param counted how many rows the source says there are in the window; null where it could not be
 *     asked
 * @param extracted rows in all parts together
 * @param watermarkBefore newest {@code updated_at} of earlier runs; null for a full run
 * @param watermarkAfter newest {@code updated_at} of this run; null where the source tells none
 * @param parts in order of their number
 * @param remember what the scan wants to be told by the next run; null where nothing, or where the
 *     watermark does not move either
 * @param ids key of the ids of all rows that the source had; null where it was not read whole
 */
public record StreamExtract(
        String stream,
        @Nullable Long counted,
        long extracted,
        @Nullable Instant watermarkBefore,
        @Nullable Instant watermarkAfter,
        List<RawPart> parts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String remember,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ids) {

    /** Of a scan that remembers nothing but its watermark. */
    public StreamExtract(
            String stream,
            @Nullable Long counted,
            long extracted,
            @Nullable Instant watermarkBefore,
            @Nullable Instant watermarkAfter,
            List<RawPart> parts) {
        this(stream, counted, extracted, watermarkBefore, watermarkAfter, parts, null, null);
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
