package io.shopflow.lambda.tests;

import static io.restassured.RestAssured.given;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A message for the function under test, in Lambda's format. */
public record SqsMessage(String messageId, String body) {

    /** A message with S3's events about objects that were put. */
    public static SqsMessage ofObjects(String id, String bucket, String... keys) {
        return new SqsMessage(
                id,
                Arrays.stream(keys)
                        .map(
                                key ->
                                        """
                                        {"eventName": "ObjectCreated:Put", "s3": {
                                          "bucket": {"name": "%s"}, "object": {"key": "%s", "size": 1, "eTag": "any"}}}
                                        """
                                                .formatted(
                                                        bucket,
                                                        URLEncoder.encode(
                                                                key, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(",", "{\"Records\": [", "]}")));
    }

    /** Sends messages in one batch; returns the ids of those that failed. */
    public static List<String> send(SqsMessage... messages) {
        return given().contentType("application/json")
                .body(Map.of("Records", messages))
                .when()
                .post("/")
                .then()
                .statusCode(200)
                .extract()
                .path("batchItemFailures.itemIdentifier");
    }
}
