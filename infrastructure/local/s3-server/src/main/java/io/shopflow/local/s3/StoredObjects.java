package io.shopflow.local.s3;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** S3Mock's folders of objects in a bucket's folder. */
final class StoredObjects {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private StoredObjects() {}

    /** S3Mock writes an object's metadata after its content, and {@link StoredJson} in one go. */
    static boolean isComplete(Path bucketFolder, UUID id) {
        Path folder = bucketFolder.resolve(id.toString());
        return Files.exists(folder.resolve("objectMetadata.json"))
                && Files.exists(folder.resolve("binaryData"));
    }

    /** Deletes all objects but these. */
    static void deleteOthers(Path bucketFolder, Set<UUID> ids) throws IOException {
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(
                        bucketFolder,
                        entry -> ID.matcher(entry.getFileName().toString()).matches())) {
            for (Path folder : folders) {
                UUID id = UUID.fromString(folder.getFileName().toString());
                if (!ids.contains(id)) {
                    delete(bucketFolder, id);
                }
            }
        }
    }

    /** Deletes an object's folder, where there is one. */
    static void delete(Path bucketFolder, UUID id) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(bucketFolder.resolve(id.toString()))) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
