package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A message of the extract-requests queue: run this source now.
 *
 * @param runId null: derived from the message, see {@link RunId#ofMessage}
 * @param path overrides the folder of a file source
 * @param since reads what changed from this day on, in the shop's zone, instead of from the
 *     watermark
 * @param full reads everything
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExtractRequest(
        String source,
        @Nullable RunId runId,
        @Nullable String path,
        @Nullable LocalDate since,
        boolean full) {}
