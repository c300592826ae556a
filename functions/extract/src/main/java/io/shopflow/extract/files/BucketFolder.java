package io.shopflow.extract.files;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The objects under a prefix of the data bucket. */
final class BucketFolder implements SourceFolder {

    private static final int NAMES_SHOWN = 30;

    private final ObjectStore store;
    private final String prefix;
    private final String description;

    /**
     * The folder.
     *
     * @param prefix empty, or ends with a slash
     */
    BucketFolder(ObjectStore store, String prefix, String description) {
        this.store = store;
        this.prefix = prefix;
        this.description = description;
    }

    @Override
    public Optional<Problem> refusal(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<FileVersion> version(String name) {
        return store.head(prefix + name)
                .map(object -> new FileVersion(object.size(), object.entityTag()));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return store.open(prefix + name)
                .orElseThrow(() -> new FileNotFoundException(prefix + name))
                .body();
    }

    @Override
    public List<String> names() {
        return store.list(prefix).stream()
                .map(object -> object.key().substring(prefix.length()))
                .limit(NAMES_SHOWN)
                .toList();
    }

    @Override
    public List<String> names(String begin) {
        return store.list(prefix + begin).stream()
                .map(object -> object.key().substring(prefix.length()))
                .toList();
    }

    @Override
    public String description() {
        return description;
    }

    /** S3 is unavailable, which is not a problem of the source: the event is delivered again. */
    @Override
    public FileProblemException unreadable(IOException cause) {
        throw new UncheckedIOException("reading " + description + " failed", cause);
    }
}
