package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    public Optional<Problem> refusal(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!isWithinFolder(file.toRealPath())) {
            return Optional.of(
                    Problem.of(
                            "file_outside",
                            "The file, or a folder above it, is a link out of the folder that the run may read. Copy the file into the folder, or name the folder in which it is."));
        }
        return Files.isRegularFile(file)
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                "file_kind",
                                "This is not a file but a folder, a pipe or a device. Put a file in its place, or correct the mapping."));
    }

    private boolean isWithinFolder(Path realFile) throws IOException {
        return realFile.startsWith(folder.toRealPath());
    }

    @Override
    public Optional<FileVersion> version(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !isWithinFolder(file.toRealPath())) {
            return Optional.empty();
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
                new FileVersion(
                        attributes.size(),
                        "%s %s".formatted(attributes.lastModifiedTime(), attributes.fileKey())));
    }

    /** A link that is put in the file's place meanwhile is not followed. */
    @Override
    public InputStream open(String name) throws IOException {
        Path file = folder.resolve(name).toRealPath();
        if (!isWithinFolder(file)) {
            throw new AccessDeniedException(file.toString());
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .limit(NAMES_SHOWN)
                    .toList();
        }
    }

    @Override
    public List<String> names(String prefix) throws IOException {
        String parent = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        Path place = folder.resolve(parent);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> parent + file.getFileName())
                    .filter(name -> name.startsWith(prefix))
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
