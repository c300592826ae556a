package io.shopflow.extract.files;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;

/**
 * Files as a mapping describes them.
 *
 * @param file the configuration's name in messages
 * @param folders that requests may name
 */
public record FilesSource(
        FileMapping mapping, String file, ObjectStore store, String bucket, ReadableFolders folders)
        implements ConfiguredSource {

    @Override
    public SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException {
        if (request.windowed()) {
            throw new ConfigurationException(
                    Problem.of(
                                    "window_unsupported",
                                    "Files do not record when a row changed, so a window of days cannot be read. Run the source '%s' in full, without since and until."
                                            .formatted(request.source()))
                            .in(file)
                            .at("until"));
        }
        String path = path(request);
        String written = mapping.writtenPath();
        String shown = request.path() == null && written != null ? written : path;
        return FilesReader.open(mapping, path, shown, store, bucket);
    }

    private String path(ExtractRequest request) throws ConfigurationException {
        String wanted = request.path();
        if (wanted != null && !folders.allow(wanted)) {
            throw new ConfigurationException(
                    Problem.of(
                                    "path_not_allowed",
                                    "The request names a folder that is not to be read from here. On a laptop, name it with ./shopflow run --path; in the cloud, copy the files into the data bucket.")
                            .at("path"));
        }
        String path = wanted == null ? mapping.path() : wanted;
        if (path == null) {
            throw new ConfigurationException(
                    Problem.of(
                                    "path_missing",
                                    "No folder is configured. Set 'path' in the mapping, or name a path with the run.")
                            .in(file)
                            .at("path"));
        }
        return path;
    }
}
