package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes S3Mock's metadata files. A file is replaced in one go, so that a crash leaves
 * the old or the new one; S3Mock's own way leaves half a file. Buckets' keys are kept apart, in a
 * {@link KeyIndex}.
 */
final class StoredJson extends JsonMapper {

    private static final long serialVersionUID = 1L;

    private final transient Map<Path, Bucket> buckets = new HashMap<>();

    private record Bucket(BucketMetadata metadata, String stored, KeyIndex keys) {}

    StoredJson(JsonMapper like) {
        super(like.rebuild());
    }

    @Override
    public <T> T readValue(File file, Class<T> type) {
        if (type != BucketMetadata.class) {
            return super.readValue(file, type);
        }
        return type.cast(bucket(file.toPath()).metadata());
    }

    @Override
    public void writeValue(File file, @Nullable Object value) {
        if (value instanceof BucketMetadata metadata) {
            writeBucket(file.toPath(), metadata);
        } else {
            replace(file.toPath(), writeValueAsString(value));
        }
    }

    /** The keys of the bucket with this metadata file. */
    KeyIndex keys(Path file) {
        return bucket(file).keys();
    }

    private synchronized Bucket bucket(Path file) {
        Bucket known = buckets.get(file);
        if (known != null) {
            return known;
        }
        try {
            String stored = Files.readString(file);
            BucketMetadata metadata = super.readValue(stored, BucketMetadata.class);
            KeyIndex keys = new KeyIndex(folderOf(file), metadata.getObjects());
            Bucket bucket = new Bucket(withKeys(metadata, file, keys), stored, keys);
            buckets.put(file, bucket);
            return bucket;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the bucket of " + file, e);
        }
    }

    private synchronized void writeBucket(Path file, BucketMetadata metadata) {
        String json = writeValueAsString(withKeys(metadata, file, new HashMap<>()));
        if (!Files.exists(file)) {
            buckets.remove(file);
            replace(file, json);
            return;
        }
        Bucket known = bucket(file);
        if (!known.stored().equals(json)) {
            replace(file, json);
            buckets.put(
                    file, new Bucket(withKeys(metadata, file, known.keys()), json, known.keys()));
        }
    }

    private static BucketMetadata withKeys(
            BucketMetadata metadata, Path file, Map<String, UUID> keys) {
        return new BucketMetadata(
                metadata.getName(),
                metadata.getCreationDate(),
                metadata.getVersioningConfiguration(),
                metadata.getObjectLockConfiguration(),
                metadata.getBucketLifecycleConfiguration(),
                metadata.getObjectOwnership(),
                folderOf(file),
                metadata.getBucketRegion(),
                metadata.getBucketInfo(),
                metadata.getLocationInfo(),
                keys);
    }

    private static void replace(Path file, String content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(temporary, content);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Path folderOf(Path bucketFile) {
        return Objects.requireNonNull(bucketFile.getParent(), "a bucket's file is in its folder");
    }
}
