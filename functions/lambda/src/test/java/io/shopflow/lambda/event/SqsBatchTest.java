package io.shopflow.lambda.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.lambda.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.lambda.event.SqsEvent.Message;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch of messages with S3's events. */
class SqsBatchTest {

    private final List<String> story = new ArrayList<>();

    private final SqsBatch batch =
            new SqsBatch(
                    (message, e) -> story.add(message.messageId() + " failed: " + e.getMessage()),
                    () -> story.add("after"));

    @Test
    void aMessageThatFailsKeepsNoOtherFromBeingHandled() {
        SqsBatchResponse response =
                batch.each(
                        batchOf("good", "bad", "better"),
                        message -> {
                            if (message.body().equals("bad")) {
                                throw new IllegalStateException("no good");
                            }
                            story.add(message.body());
                        });

        assertThat(response.batchItemFailures()).containsExactly(new BatchItemFailure("id of bad"));
        assertThat(story)
                .containsExactly(
                        "good", "after", "id of bad failed: no good", "after", "better", "after");
    }

    @Test
    void aBatchThatIsDoneNamesNoMessage() {
        assertThat(batch.each(batchOf("one", "two"), message -> {}).batchItemFailures()).isEmpty();
        assertThat(story).containsExactly("after", "after");
    }

    @Test
    void aMessageThatIsNoJsonFailsWhereItIsRead() {
        Message message = new Message("m", "no json", null);

        assertThatThrownBy(() -> message.bodyAs(S3Event.class))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void theKeysOfABucketsObjectsAreDecodedInOrder() {
        S3Event event = eventOf(record("data", "raw/a%3D1.csv"), record("data", "raw/b+c.csv"));

        assertThat(event.keysIn("data")).containsExactly("raw/a=1.csv", "raw/b c.csv");
    }

    @Test
    void anObjectOfAnotherBucketIsRefused() {
        S3Event event = eventOf(record("data", "raw/a.csv"), record("other", "raw/b.csv"));

        assertThatThrownBy(() -> event.keysIn("data"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("'data'");
    }

    @Test
    void s3sTestEventNamesNoKeys() {
        Message message =
                new Message("m", "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}", null);

        assertThat(message.bodyAs(S3Event.class).keysIn("data")).isEmpty();
    }

    private static SqsEvent batchOf(String... bodies) {
        return new SqsEvent(
                List.of(bodies).stream()
                        .map(body -> new Message("id of " + body, body, null))
                        .toList());
    }

    private static S3Event eventOf(String... records) {
        return new Message("m", "{\"Records\": [%s]}".formatted(String.join(",", records)), null)
                .bodyAs(S3Event.class);
    }

    private static String record(String bucket, String key) {
        return "{\"eventName\": \"ObjectCreated:Put\", \"s3\": {\"bucket\": {\"name\": \"%s\"}, \"object\": {\"key\": \"%s\"}}}"
                .formatted(bucket, key);
    }
}
