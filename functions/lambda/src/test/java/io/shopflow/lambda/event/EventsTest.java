package io.shopflow.lambda.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.lambda.event.S3Event.S3Object;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as AWS documents them. */
class EventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aQueuesMessagesAreRead() throws Exception {
        SqsEvent event =
                JSON.readValue(
                        """
                        {"Records": [{
                          "messageId": "059f36b4",
                          "receiptHandle": "AQEB",
                          "body": "{}",
                          "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183"},
                          "messageAttributes": {},
                          "eventSource": "aws:sqs",
                          "awsRegion": "us-east-2"
                        }, {"messageId": "other", "body": ""}]}""",
                        SqsEvent.class);

        assertThat(event.records()).hasSize(2);
        assertThat(event.records().get(0).sentAt()).isEqualTo(Instant.ofEpochMilli(1545082649183L));
        assertThat(event.records().get(1).sentAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anObjectsKeyIsDecoded() throws Exception {
        S3Event event =
                JSON.readValue(
                        """
                        {"Records": [{
                          "eventVersion": "2.1",
                          "eventName": "ObjectCreated:Put",
                          "s3": {
                            "s3SchemaVersion": "1.0",
                            "bucket": {"name": "data", "arn": "arn:aws:s3:::data"},
                            "object": {
                              "key": "raw/year%3D2026/a+b.csv", "size": 3, "eTag": "d41d", "versionId": "v1",
                              "sequencer": "0055"
                            }
                          }
                        }]}""",
                        S3Event.class);

        S3Object object = event.objects().get(0).s3().object();
        assertThat(object.decodedKey()).isEqualTo("raw/year=2026/a b.csv");
        assertThat(object.entityTag()).isEqualTo("d41d");
        assertThat(event.objects().get(0).s3().bucket().name()).isEqualTo("data");
    }

    @Test
    void s3sTestEventHasNoObjects() throws Exception {
        assertThat(
                        JSON.readValue(
                                        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}",
                                        S3Event.class)
                                .objects())
                .isEmpty();
    }

    @Test
    void aResponseNamesTheMessagesThatFailed() throws Exception {
        assertThat(
                        JSON.writeValueAsString(
                                new SqsBatchResponse(
                                        List.of(new SqsBatchResponse.BatchItemFailure("m1")))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    }
}
