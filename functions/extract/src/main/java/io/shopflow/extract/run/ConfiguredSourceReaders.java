package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunKeys;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.configuration.ConfigurationException;
import io.shopflow.extract.configuration.SourceConfiguration;
import io.shopflow.extract.configuration.SourceConfiguration.Files;
import io.shopflow.extract.configuration.SourceConfiguration.WooCommerce;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.files.FileMapping;
import io.shopflow.extract.files.FilesReader;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.extract.woocommerce.WooCommerceReader;
import io.shopflow.extract.woocommerce.WooCommerceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads configurations from the data bucket. */
public final class ConfiguredSourceReaders implements SourceReaders {

    private final ObjectStore store;
    private final String bucket;
    private final SourceConfigurationParser parser;
    private final ReadableFolders folders;
    private final HostLimits hosts;

    /**
     * Reads from this store, which holds this bucket.
     *
     * @param folders that requests may name
     * @param hosts the limits of all APIs that are read
     */
    public ConfiguredSourceReaders(
            ObjectStore store,
            String bucket,
            SourceConfigurationParser parser,
            ReadableFolders folders,
            HostLimits hosts) {
        this.store = store;
        this.bucket = bucket;
        this.parser = parser;
        this.folders = folders;
        this.hosts = hosts;
    }

    @Override
    public SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException {
        String key = RunKeys.sourceConfiguration(request.source());
        byte[] yaml = read(key, request.source());
        SourceConfiguration configuration = parser.parse(request.source(), key, yaml);
        return new ConfiguredReader(reader(request, key, configuration), configuration.hash());
    }

    private SourceReader reader(
            ExtractRequest request, String key, SourceConfiguration configuration)
            throws ConfigurationException, SourceUnavailableException {
        return switch (configuration) {
            case Files(FileMapping mapping, String hash) -> {
                if (request.windowed()) {
                    throw new ConfigurationException(
                            new Problem(
                                    null,
                                    key,
                                    null,
                                    "until",
                                    "window_unsupported",
                                    "Files have no times of change, so no window can be cut out of them. Run the source '%s' in full, without since and until."
                                            .formatted(request.source())));
                }
                String path = path(request, mapping, key);
                String shown =
                        request.path() == null && mapping.writtenPath() != null
                                ? mapping.writtenPath()
                                : path;
                yield FilesReader.open(mapping, path, shown, store, bucket);
            }
            case WooCommerce(WooCommerceSettings settings, String hash) ->
                    new WooCommerceReader(settings, hosts);
        };
    }

    /** Reads slightly more than the limit at most; the parser rejects anything larger. */
    private byte[] read(String key, String source) throws ConfigurationException {
        Optional<ObjectStore.Content> found = store.open(key);
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    new Problem(
                            null,
                            key,
                            null,
                            null,
                            "configuration_missing",
                            "The source '%s' has no configuration. Put %s.yaml into sources/; it is uploaded to %s."
                                    .formatted(source, source, key)));
        }
        try (ObjectStore.Content content = found.get()) {
            return content.body().readNBytes(SourceConfigurationParser.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + key + " broke off", e);
        }
    }

    private String path(ExtractRequest request, FileMapping mapping, String key)
            throws ConfigurationException {
        String wanted = request.path();
        if (wanted != null && !folders.allow(wanted)) {
            throw new ConfigurationException(
                    new Problem(
                            null,
                            null,
                            null,
                            "path",
                            "path_not_allowed",
                            "The request names a folder that is not to be read from here. On a laptop, name it with ./shopflow run --path; in the cloud, copy the files into the data bucket."));
        }
        String path = request.path() == null ? mapping.path() : request.path();
        if (path == null) {
            throw new ConfigurationException(
                    new Problem(
                            null,
                            key,
                            null,
                            "path",
                            "path_missing",
                            "Where are the files? Write 'path:' into the mapping, or name a path with the run."));
        }
        return path;
    }
}
