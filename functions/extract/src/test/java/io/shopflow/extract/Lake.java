package io.shopflow.extract;

import static io.restassured.RestAssured.given;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The bucket and the queue around the function, and its entry: events posted like Lambda does. */
public final class Lake {

    private static int sources;

    private final ObjectStore store;
    private final SqsClient sqs;
    private final String queueUrl;

    Lake(ObjectStore store, SqsClient sqs, String queueUrl) {
        this.store = store;
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    ObjectStore store() {
        return store;
    }

    /** Uploads a configuration under a new name. */
    String source(String yaml) {
        String source = "source" + ++sources;
        configure(source, yaml);
        return source;
    }

    /** Replaces a source's configuration. */
    void configure(String source, String yaml) {
        store.put(
                RunKeys.sourceConfiguration(source),
                yaml.getBytes(StandardCharsets.UTF_8),
                "application/yaml",
                Map.of());
    }

    /** Requests a run and returns its manifest. */
    RunManifest run(String source, String path) {
        RunId runId = RunId.create();
        List<String> failed = post(Map.of("m1", request(source, runId, path)));
        if (!failed.isEmpty()) {
            throw new AssertionError("the message failed");
        }
        return manifest(source, runId);
    }

    static String request(String source, RunId runId, String path) {
        return new String(
                RunJson.write(new ExtractRequest(source, runId, path, null, false)),
                StandardCharsets.UTF_8);
    }

    /** Posts a batch of messages, bodies by id; returns the ids of those that failed. */
    List<String> post(Map<String, String> messages) {
        List<Map<String, Object>> records = new ArrayList<>();
        new java.util.TreeMap<>(messages)
                .forEach(
                        (id, body) ->
                                records.add(
                                        Map.of(
                                                "messageId",
                                                id,
                                                "body",
                                                body,
                                                "eventSource",
                                                "aws:sqs",
                                                "attributes",
                                                Map.of("SentTimestamp", "1767225600000"))));
        return given().contentType("application/json")
                .body(Map.of("Records", records))
                .post("/")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("batchItemFailures.itemIdentifier");
    }

    RunManifest manifest(String source, RunId runId) {
        return RunJson.read(
                store.read(RunKeys.manifest(source, runId)).orElseThrow(), RunManifest.class);
    }

    /** All raw rows of a run's stream, in order of parts and rows. */
    List<Map<String, String>> rows(String source, RunId runId, StreamName stream) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (ObjectStore.StoredObject part : store.list(PartId.rawPrefix(source, runId, stream))) {
            String csv = new String(store.read(part.key()).orElseThrow(), StandardCharsets.UTF_8);
            for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
                rows.add(new LinkedHashMap<>(row.getFieldsAsMap()));
            }
        }
        return rows;
    }

    /** Removes a request from the queue that the function sent. */
    List<String> takeQueued() {
        List<Message> messages =
                sqs.receiveMessage(
                                request ->
                                        request.queueUrl(queueUrl)
                                                .maxNumberOfMessages(10)
                                                .waitTimeSeconds(5))
                        .messages();
        messages.forEach(
                message ->
                        sqs.deleteMessage(
                                request ->
                                        request.queueUrl(queueUrl)
                                                .receiptHandle(message.receiptHandle())));
        return messages.stream().map(Message::body).toList();
    }
}
