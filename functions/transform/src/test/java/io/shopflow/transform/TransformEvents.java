package io.shopflow.transform;

import static io.restassured.RestAssured.given;

import io.shopflow.core.run.RunJson;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.event.SqsEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events for the function under test, in Lambda's format. */
public final class TransformEvents {

    private TransformEvents() {}

    /** A message with an event about objects that were put. */
    public static SqsEvent.Message message(String id, String bucket, String... keys) {
        List<S3Event.S3Record> records =
                Stream.of(keys)
                        .map(
                                key ->
                                        new S3Event.S3Record(
                                                "ObjectCreated:Put",
                                                new S3Event.S3Entity(
                                                        new S3Event.Bucket(bucket),
                                                        new S3Event.S3Object(
                                                                URLEncoder.encode(
                                                                        key,
                                                                        StandardCharsets.UTF_8),
                                                                1L,
                                                                null,
                                                                null,
                                                                null))))
                        .toList();
        return new SqsEvent.Message(
                id,
                new String(RunJson.write(new S3Event(records)), StandardCharsets.UTF_8),
                Map.of());
    }

    /** Sends the messages; returns the ids of those to deliver again. */
    public static List<String> send(SqsEvent.Message... messages) {
        return given().contentType("application/json")
                .body(RunJson.write(new SqsEvent(List.of(messages))))
                .when()
                .post("/")
                .then()
                .statusCode(200)
                .extract()
                .path("batchItemFailures.itemIdentifier");
    }
}
