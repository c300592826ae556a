package io.shopflow.extract.run;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.extract.configuration.ConfigurationException;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;

/** Makes the reader that a source's configuration asks for. */
public interface SourceReaders {

    /**
     * Opens the source of a request.
     *
     * @throws ConfigurationException where the configuration is missing or has mistakes
     * @throws SourceUnavailableException where the source does not answer, or its files are nowhere
     */
    SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException;
}
