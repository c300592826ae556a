package io.shopflow.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.run.RunId;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.lambda.event.SqsEvent.Message;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.lambda.trace.Tracer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** Batches of messages with S3's events. */
class QueueHandlerTest {

    private static final RunId RUN = RunId.create();

    private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();

    private final QueueHandler queue =
            new QueueHandler(
                    FunctionName.LOAD,
                    new InvocationMetrics(
                            new Metrics(
                                    FunctionName.LOAD,
                                    "test",
                                    () -> new PrintStream(metrics, true, StandardCharsets.UTF_8),
                                    Clock.systemUTC())),
                    Tracer.none());

    @Test
    void aFailedMessageIsReturnedAndDoesNotAffectTheOthers() {
        List<String> handled = new ArrayList<>();

        SqsBatchResponse response =
                queue.handle(
                        batchOf("good", "bad", "better"),
                        message -> {
                            if (message.body().equals("bad")) {
                                throw new IllegalStateException("not good");
                            }
                            handled.add(message.body());
                        });

        assertThat(response.batchItemFailures()).containsExactly(new BatchItemFailure("id of bad"));
        assertThat(handled).containsExactly("good", "better");
        assertThat(metrics.toString(StandardCharsets.UTF_8)).contains("\"MessagesFailed\":1");
    }

    @Test
    void aHandledBatchReturnsNoMessage() {
        assertThat(queue.handle(batchOf("one", "two"), message -> {}).batchItemFailures())
                .isEmpty();
        assertThat(metrics.toString(StandardCharsets.UTF_8)).contains("\"MessagesFailed\":0");
    }

    @Test
    void logsHaveTheRunsIdUntilItsMessageIsHandled() {
        List<Object> before = new ArrayList<>();

        queue.handle(
                batchOf("one", "bad", "two"),
                message -> {
                    before.add(String.valueOf(MDC.get("run_id")));
                    String logged =
                            queue.step(
                                    "load orders",
                                    RUN,
                                    "shop",
                                    () -> String.valueOf(MDC.get("run_id")));
                    assertThat(logged).isEqualTo(RUN.value());
                    if (message.body().equals("bad")) {
                        throw new IllegalStateException("not good");
                    }
                });

        assertThat(before).containsExactly("null", "null", "null");
    }

    @Test
    void aMessageThatIsNotJsonFailsWhereItIsRead() {
        Message message = new Message("m", "not json", null);

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
