package io.shopflow.s3;

import io.shopflow.core.lake.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of one S3 bucket. The caller owns the client.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 *     writes</a>
 */
public final class S3ObjectStore implements ObjectStore {

    private static final int NOT_FOUND = 404;

    /** The status of a conditional write that lost to a concurrent one. */
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    /** The objects of this bucket, which must exist. */
    public S3ObjectStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return call(
                "HeadObject",
                key,
                () -> {
                    try {
                        HeadObjectResponse head =
                                s3.headObject(request -> request.bucket(bucket).key(key));
                        return Optional.of(
                                new StoredObject(
                                        key,
                                        head.contentLength(),
                                        unquoted(head.eTag()),
                                        head.metadata()));
                    } catch (NoSuchKeyException absent) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public Optional<Content> open(String key) {
        return call(
                "GetObject",
                key,
                () -> {
                    try {
                        ResponseInputStream<GetObjectResponse> body =
                                s3.getObject(request -> request.bucket(bucket).key(key));
                        GetObjectResponse got = body.response();
                        return Optional.of(
                                new Content(
                                        new StoredObject(
                                                key,
                                                got.contentLength(),
                                                unquoted(got.eTag()),
                                                got.metadata()),
                                        body));
                    } catch (NoSuchKeyException absent) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public String put(String key, byte[] body, String contentType, Map<String, String> metadata) {
        return put(key, RequestBody.fromBytes(body), contentType, metadata);
    }

    @Override
    public String put(String key, Path body, String contentType, Map<String, String> metadata) {
        return put(key, RequestBody.fromFile(body), contentType, metadata);
    }

    @Override
    public boolean putIfAbsent(
            String key, Path body, String contentType, Map<String, String> metadata) {
        return putIfAbsent(key, RequestBody.fromFile(body), contentType, metadata);
    }

    @Override
    public boolean putIfAbsent(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        return putIfAbsent(key, RequestBody.fromBytes(body), contentType, metadata);
    }

    @Override
    public boolean putIfMatch(String key, byte[] body, String contentType, String entityTag) {
        return putConditionally(
                key,
                RequestBody.fromBytes(body),
                request -> request.contentType(contentType).ifMatch('"' + entityTag + '"'));
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return call(
                "ListObjectsV2",
                prefix,
                () -> {
                    List<StoredObject> objects = new ArrayList<>();
                    for (S3Object object :
                            s3.listObjectsV2Paginator(
                                            request -> request.bucket(bucket).prefix(prefix))
                                    .contents()) {
                        objects.add(
                                new StoredObject(
                                        object.key(),
                                        object.size(),
                                        unquoted(object.eTag()),
                                        Map.of()));
                    }
                    return objects;
                });
    }

    private String put(
            String key, RequestBody body, String contentType, Map<String, String> metadata) {
        return call(
                "PutObject",
                key,
                () ->
                        unquoted(
                                s3.putObject(
                                                request ->
                                                        request.bucket(bucket)
                                                                .key(key)
                                                                .contentType(contentType)
                                                                .metadata(metadata),
                                                body)
                                        .eTag()));
    }

    private boolean putIfAbsent(
            String key, RequestBody body, String contentType, Map<String, String> metadata) {
        return putConditionally(
                key,
                body,
                request -> request.contentType(contentType).metadata(metadata).ifNoneMatch("*"));
    }

    private boolean putConditionally(
            String key, RequestBody body, Consumer<PutObjectRequest.Builder> condition) {
        return call(
                "PutObject",
                key,
                () -> {
                    try {
                        s3.putObject(
                                request -> request.bucket(bucket).key(key).applyMutation(condition),
                                body);
                        return true;
                    } catch (S3Exception refused) {
                        if (isRefusal(refused)) {
                            return false;
                        }
                        throw refused;
                    }
                });
    }

    /** If-Match on a deleted object returns 404. */
    private static boolean isRefusal(S3Exception e) {
        return e.statusCode() == PRECONDITION_FAILED
                || e.statusCode() == CONFLICT
                || (e.statusCode() == NOT_FOUND && e instanceof NoSuchKeyException);
    }

    private <T> T call(String operation, String key, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw new UncheckedIOException(
                    "S3 %s of s3://%s/%s failed: %s"
                            .formatted(operation, bucket, key, e.getMessage()),
                    new IOException(e));
        }
    }

    private static String unquoted(@Nullable String entityTag) {
        return entityTag == null ? "" : entityTag.replace("\"", "");
    }
}
