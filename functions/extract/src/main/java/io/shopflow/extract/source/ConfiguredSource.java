package io.shopflow.extract.source;

import io.shopflow.core.run.ExtractRequest;

/** A source as its file in {@code sources/} configures it. */
public interface ConfiguredSource {

    /**
     * Opens the source for a request.
     *
     * @throws ConfigurationException if the request contradicts the configuration
     * @throws SourceUnavailableException if the source does not answer, or its files do not exist
     */
    SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException;
}
