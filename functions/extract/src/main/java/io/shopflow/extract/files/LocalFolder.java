package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** A folder of the function's own file system. */
final class LocalFolder implements SourceFolder {

    private static final int NAMES_SHOWN = 30;

    private final Path folder;
    private final String description;

    /**
     * The folder.
     *
     * @param description its name in messages
     */
    LocalFolder(Path folder, String description) {
        this.folder = folder;
        this.description = description;
    }

    @Override
    public Optional<FileVersion> version(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
                new FileVersion(
                        attributes.size(),
                        Long.toString(attributes.lastModifiedTime().toMillis())));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public List<String> names() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .limit(NAMES_SHOWN)
                    .toList();
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public FileProblemException unreadable(IOException cause) {
        return new FileProblemException(
                Problem.of(
                        "file_unreadable",
                        "The file cannot be read (%s). Check its permissions and its disk."
                                .formatted(cause.getClass().getSimpleName())));
    }
}
