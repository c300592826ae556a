package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.source.SourceName;
import io.shopflow.extract.configuration.SourceConfiguration;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Reads configurations from the data bucket. Mistakes in one are reported with the name of the file
 * that its author edits, not with the key of its copy.
 */
public final class ConfiguredSourceReaders implements SourceReaders {

    private final ObjectStore store;
    private final SourceConfigurationParser parser;

    /** Reads configurations from this store. */
    public ConfiguredSourceReaders(ObjectStore store, SourceConfigurationParser parser) {
        this.store = store;
        this.parser = parser;
    }

    @Override
    public SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException {
        String key = RunKeys.sourceConfiguration(request.source());
        byte[] yaml = read(key, request.source());
        SourceConfiguration configuration =
                parser.parse(request.source(), SourceName.file(request.source()), yaml);
        return new ConfiguredReader(configuration.source().open(request), configuration.hash());
    }

    /** Reads slightly more than the limit at most; the parser rejects anything larger. */
    private byte[] read(String key, String source) throws ConfigurationException {
        Optional<ObjectStore.Content> found = store.open(key);
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    Problem.of(
                                    "configuration_missing",
                                    "The source '%s' has no configuration. Write %s; it is uploaded to %s."
                                            .formatted(source, SourceName.file(source), key))
                            .in(key));
        }
        try (ObjectStore.Content content = found.get()) {
            return content.body().readNBytes(SourceConfigurationParser.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + key + " failed", e);
        }
    }
}
