package io.shopflow.core.run;

import org.jspecify.annotations.Nullable;

/**
 * Information about a run for the user, not a problem. Never contains PII.
 *
 * @param stream canonical name of the stream; null if it concerns the whole run
 * @param rule short stable name, once per run and stream
 * @param rows number of rows concerned; 0 if none in particular
 * @param message the information; follows the number of rows if that is not 0
 * @param informs whether it concerns no figure: what the user declared, or what the run does
 *     because of it. Otherwise it puts the figures in doubt
 */
public record RunNote(
        @Nullable String stream, String rule, long rows, String message, boolean informs) {}
