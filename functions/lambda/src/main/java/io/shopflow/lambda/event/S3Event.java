package io.shopflow.lambda.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An S3 event notification, the body of a message. S3's test event has no records.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record S3Event(@JsonProperty("Records") @Nullable List<S3Record> records) {

    /** The records; none in S3's test event. */
    public List<S3Record> objects() {
        return records == null ? List.of() : records;
    }

    /**
     * The decoded keys of objects in this bucket. Throws {@link IllegalArgumentException} if an
     * object is in another one.
     */
    public List<String> keysIn(String bucket) {
        return objects().stream().map(created -> created.s3().keyIn(bucket)).toList();
    }

    /** One event. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record S3Record(String eventName, S3Entity s3) {}

    /** Bucket and object of an event. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record S3Entity(Bucket bucket, S3Object object) {

        private String keyIn(String expected) {
            if (!bucket.name().equals(expected)) {
                throw new IllegalArgumentException(
                        "received an event of the bucket '%s', but this function reads '%s': check the bucket's notifications"
                                .formatted(bucket.name(), expected));
            }
            return object.decodedKey();
        }
    }

    /** The bucket. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bucket(String name) {}

    /** The object; its key is URL-encoded like form data. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record S3Object(
            String key,
            @Nullable Long size,
            @JsonProperty("eTag") @Nullable String entityTag,
            @Nullable String versionId,
            @Nullable String sequencer) {

        /** The decoded key. */
        public String decodedKey() {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        }
    }
}
