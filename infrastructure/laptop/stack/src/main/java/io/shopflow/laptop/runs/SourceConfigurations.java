package io.shopflow.laptop.runs;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.source.SourceName;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources that are configured in {@code sources/*.yaml} of the repository and of the data
 * folder; the latter take precedence.
 */
public final class SourceConfigurations {

    private static final String SUFFIX = ".yaml";

    /** Extract reads no more of a configuration. */
    private static final int MAX_BYTES = 1 << 20;

    private final Map<String, Path> files;
    private final List<Path> folders;

    private SourceConfigurations(Map<String, Path> files, List<Path> folders) {
        this.files = files;
        this.folders = folders;
    }

    /** Those of a repository and a data folder. */
    public static SourceConfigurations of(Path home, DataFolder folder) {
        List<Path> folders = List.of(home.resolve("sources"), folder.sources());
        Map<String, Path> files = new TreeMap<>();
        folders.forEach(sources -> collect(sources, files));
        return new SourceConfigurations(files, folders);
    }

    private static void collect(Path folder, Map<String, Path> files) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .forEach(file -> files.put(sourceOf(file), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sourceOf(Path file) {
        String name = file.getFileName().toString();
        String source = name.substring(0, name.length() - SUFFIX.length());
        try {
            SourceName.check(source);
        } catch (IllegalArgumentException e) {
            throw new StackException(file + ": " + e.getMessage(), e);
        }
        SourceName.conflict(source)
                .ifPresent(
                        reason -> {
                            throw new StackException(file + ": " + reason);
                        });
        return source;
    }

    /** Their files by name. */
    public Map<String, Path> files() {
        return Collections.unmodifiableMap(files);
    }

    /** Their names. */
    public Set<String> names() {
        return files.keySet();
    }

    /**
     * Checks that a source exists.
     *
     * @throws StackException that names where to configure it
     */
    public void require(String source) {
        if (!files.containsKey(source)) {
            throw new StackException(
                    "There is no source '%s'. There are: %s. A source is configured in a file %s%s in %s or %s."
                            .formatted(
                                    source,
                                    files.isEmpty() ? "none" : String.join(", ", files.keySet()),
                                    source,
                                    SUFFIX,
                                    folders.getFirst(),
                                    folders.getLast()));
        }
    }

    /** The content of a configuration, which must exist. */
    public byte[] yaml(String source) {
        require(source);
        try {
            return read(Objects.requireNonNull(files.get(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all configurations to the bucket that differ from the stored ones. */
    public void upload(ObjectStore lake) {
        files.forEach((source, file) -> upload(lake, source, file));
    }

    /** The same for one of them, which must exist. */
    public void upload(ObjectStore lake, String source) {
        require(source);
        upload(lake, source, Objects.requireNonNull(files.get(source)));
    }

    private static void upload(ObjectStore lake, String source, Path file) {
        try {
            byte[] yaml = read(file);
            String key = RunKeys.sourceConfiguration(source);
            boolean same = lake.read(key).filter(old -> Arrays.equals(old, yaml)).isPresent();
            if (!same) {
                lake.put(key, yaml, "application/yaml", Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a configuration. A pipe would never end, nor would a device. */
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new StackException(
                    file
                            + " is not a file but a folder, a pipe or a device, or a link to one. Put a file in its place, or remove it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] yaml = in.readNBytes(MAX_BYTES + 1);
            if (yaml.length > MAX_BYTES) {
                throw new StackException(
                        file + " has more than 1 MiB, which is no configuration of a source.");
            }
            return yaml;
        }
    }
}
