package io.shopflow.extract.run;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;

/** Creates the reader for a source's configuration. */
public interface SourceReaders {

    /**
     * Opens the source of a request.
     *
     * @throws ConfigurationException if the configuration is missing or has mistakes
     * @throws SourceUnavailableException if the source does not answer, or its files do not exist
     */
    SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException;
}
