package io.shopflow.extract.files;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.yaml.YamlObject;
import java.util.Optional;
import java.util.Set;

/** Sources of kind {@code files}. */
public final class FilesKind implements SourceKind {

    /** Creates a source that is opened later. */
    private interface Sources {
        ConfiguredSource of(FileMapping mapping, String file);
    }

    private final Sources sources;

    private FilesKind(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads files from this store, which holds this bucket, and from folders.
     *
     * @param folders that requests may name
     */
    public FilesKind(ObjectStore store, String bucket, ReadableFolders folders) {
        this(
                (mapping, configuration) ->
                        new FilesSource(mapping, configuration, store, bucket, folders));
    }

    /** Finds mistakes in configurations; cannot read their files. */
    public static FilesKind withoutFiles() {
        return new FilesKind(
                (mapping, configuration) ->
                        request -> {
                            throw new IllegalStateException("there are no files to read");
                        });
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
                .map(mapping -> sources.of(mapping, file));
    }
}
