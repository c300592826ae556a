package io.shopflow.extract.files;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.yaml.YamlObject;
import java.util.Optional;
import java.util.Set;

/** Sources of kind {@code files}. */
public final class FilesKind implements SourceKind {

    private final ObjectStore store;
    private final String bucket;
    private final ReadableFolders folders;

    /**
     * Reads files from this store, which holds this bucket, and from folders.
     *
     * @param folders that requests may name
     */
    public FilesKind(ObjectStore store, String bucket, ReadableFolders folders) {
        this.store = store;
        this.bucket = bucket;
        this.folders = folders;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public Set<String> keysWithoutEffectOnRows() {
        return Set.of();
    }

    @Override
    public Optional<ConfiguredSource> parse(String source, String file, YamlObject root) {
        return new FileMappingParser(source, root)
                .parse()
                .map(mapping -> new FilesSource(mapping, file, store, bucket, folders));
    }
}
