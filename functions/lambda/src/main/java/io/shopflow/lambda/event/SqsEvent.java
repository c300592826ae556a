package io.shopflow.lambda.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.shopflow.core.run.RunJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event that Lambda passes to a function that reads from a queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SqsEvent(@JsonProperty("Records") List<Message> records) {

    /** One message. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Message(String messageId, String body, @Nullable Map<String, String> attributes) {

        /** The body, which is JSON. Throws {@link java.io.UncheckedIOException} if it is not. */
        public <T> T bodyAs(Class<T> type) {
            return RunJson.read(body.getBytes(StandardCharsets.UTF_8), type);
        }

        /** When the message was first sent; the epoch if the queue does not provide it. */
        public Instant sentAt() {
            String timestamp = attributes == null ? null : attributes.get("SentTimestamp");
            return timestamp == null
                    ? Instant.EPOCH
                    : Instant.ofEpochMilli(Long.parseLong(timestamp));
        }
    }
}
