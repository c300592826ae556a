/**
 * Reads sources into the lake. {@link io.shopflow.extract.ExtractFunction} takes requests from the
 * queue, {@link io.shopflow.extract.run.ExtractRun} is the use case, {@link
 * io.shopflow.extract.source.SourceReader} is the port that connectors implement.
 */
package io.shopflow.extract;
