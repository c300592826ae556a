package io.shopflow.laptop.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * S3's event for the put of an object.
 *
 * @param configuration the id of the notification
 * @param size in bytes
 * @param entityTag without quotes
 * @param sequencer greater for later puts of a key
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
public record ObjectCreatedEvent(
        String bucket,
        String configuration,
        Instant at,
        String key,
        long size,
        String entityTag,
        long sequencer) {

    static final String PUT = "ObjectCreated:Put";

    /** The message that the queue receives. */
    public String json() {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        ObjectNode event = message.putArray("Records").addObject();
        event.put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", "us-east-1")
                .put("eventTime", at.toString())
                .put("eventName", PUT);
        ObjectNode s3 = event.putObject("s3");
        s3.put("s3SchemaVersion", "1.0").put("configurationId", configuration);
        s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
        s3.putObject("object")
                // S3 encodes keys as forms do: a space is a plus.
                .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8))
                .put("size", size)
                .put("eTag", entityTag)
                .put("sequencer", String.format(Locale.ROOT, "%016X", sequencer));
        return message.toString();
    }
}
