package io.shopflow.core.run;

import org.jspecify.annotations.Nullable;

/**
 * What whoever ran a source should know, though nothing is wrong with the run. Never carries PII.
 *
 * @param stream canonical name of the stream; null where it concerns the whole run
 * @param rule short stable name, once a run and stream
 * @param rows how many rows it concerns; 0 where it concerns none in particular
 * @param message what there is to know; follows the number of rows, where that is not 0
 */
public record RunNote(@Nullable String stream, String rule, long rows, String message) {}
