package io.shopflow.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

class S3ServerTest {

    private static final String BUCKET = "lake-of-tests";

    @TempDir Path data;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RecordingQueue queue;
    private ConfigurableApplicationContext server;

    @BeforeEach
    void start() throws IOException {
        queue = new RecordingQueue();
        startServer();
    }

    @AfterEach
    void stop() {
        server.close();
        queue.close();
    }

    private void startServer() throws IOException {
        Files.createDirectories(data.resolve("objects"));
        Files.deleteIfExists(data.resolve("port"));
        Path file = data.resolve("s3.properties");
        Files.writeString(
                file,
                """
                port=0
                root=%s
                port-file=%s
                bucket=%s
                notification.0.prefix=raw/
                notification.0.suffix=.csv
                notification.0.queue-url=%s
                """
                        .formatted(
                                data.resolve("objects"),
                                data.resolve("port"),
                                BUCKET,
                                queue.url()));
        server = S3Server.start(Settings.read(file));
    }

    private void restart() throws IOException {
        server.close();
        startServer();
    }

    private Path bucketFolder() {
        return data.resolve("objects").resolve(BUCKET);
    }

    @Test
    void aPutSendsTheEventThatS3WouldSend() throws Exception {
        Instant before = Instant.now();
        assertThat(put("raw/a%20b%2Bc/%C3%BC.csv", "id\n1\n").statusCode()).isEqualTo(200);

        assertThat(queue.events()).hasSize(1);
        JsonNode event = queue.events().get(0);
        assertThat(event.path("eventVersion").asString()).isEqualTo("2.1");
        assertThat(event.path("eventSource").asString()).isEqualTo("aws:s3");
        assertThat(event.path("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(event.path("eventName").asString()).isEqualTo("ObjectCreated:Put");
        assertThat(Instant.parse(event.path("eventTime").asString()))
                .isBetween(before, Instant.now());
        assertThat(event.path("s3").path("s3SchemaVersion").asString()).isEqualTo("1.0");
        assertThat(event.path("s3").path("configurationId").asString()).isEqualTo("notification-0");
        assertThat(event.path("s3").path("bucket").path("name").asString()).isEqualTo(BUCKET);
        assertThat(event.path("s3").path("bucket").path("arn").asString())
                .isEqualTo("arn:aws:s3:::" + BUCKET);
        JsonNode object = event.path("s3").path("object");
        assertThat(object.path("key").asString()).isEqualTo("raw%2Fa+b%2Bc%2F%C3%BC.csv");
        assertThat(object.path("size").asLong()).isEqualTo(5);
        assertThat(object.path("eTag").asString()).isEqualTo(entityTag("raw/a%20b%2Bc/%C3%BC.csv"));
        assertThat(object.path("sequencer").asString()).matches("[0-9A-F]{16}");
        assertThat(object.has("versionId")).isFalse();
    }

    @Test
    void onlyKeysWithThePrefixAndTheSuffixSendEvents() throws Exception {
        put("raw/a.json", "x");
        put("other/raw/a.csv", "x");
        put("raw/a.csv", "x");
        assertThat(queue.keys()).containsExactly("raw%2Fa.csv");
    }

    @Test
    void laterPutsHaveGreaterSequencersAlsoAfterARestart() throws Exception {
        put("raw/a.csv", "1");
        put("raw/a.csv", "2");
        restart();
        put("raw/a.csv", "3");
        assertThat(
                        queue.events().stream()
                                .map(e -> e.path("s3").path("object").path("sequencer").asString()))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aCopySendsAnEvent() throws Exception {
        put("tmp/a.csv", "copied");
        assertThat(copy("tmp/a.csv", "raw/b.csv").statusCode()).isEqualTo(200);
        assertThat(queue.events().get(0).path("eventName").asString())
                .isEqualTo("ObjectCreated:Copy");
        assertThat(get("raw/b.csv").body()).isEqualTo("copied");
    }

    @Test
    void aCopyOntoItselfSendsAnEventAndKeepsTheObject() throws Exception {
        put("raw/a.csv", "kept");
        HttpResponse<String> answer =
                send(
                        request("raw/a.csv")
                                .header("x-amz-copy-source", "/" + BUCKET + "/raw/a.csv")
                                .header("x-amz-metadata-directive", "REPLACE")
                                .header("x-amz-meta-rows", "7")
                                .PUT(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(queue.keys()).hasSize(2);
        HttpResponse<String> object = get("raw/a.csv");
        assertThat(object.body()).isEqualTo("kept");
        assertThat(object.headers().firstValue("x-amz-meta-rows")).hasValue("7");
    }

    @Test
    void aCopyOfWhatIsNotThereSendsNoEvent() throws Exception {
        assertThat(copy("raw/none.csv", "raw/b.csv").statusCode()).isEqualTo(404);
        assertThat(copy("raw/none.csv", "raw/none.csv").statusCode()).isEqualTo(404);
        assertThat(queue.events()).isEmpty();
        assertThat(get("raw/b.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void aMultipartUploadIsNotSeenBeforeItIsCompleteAndSendsOneEvent() throws Exception {
        put("raw/a.csv", "old");
        String upload = beginUpload("raw/a.csv");
        String part = uploadPart("raw/a.csv", upload, "new content");
        assertThat(get("raw/a.csv").body()).isEqualTo("old");
        assertThat(queue.events()).hasSize(1);

        assertThat(completeUpload("raw/a.csv", upload, part).statusCode()).isEqualTo(200);
        assertThat(get("raw/a.csv").body()).isEqualTo("new content");
        assertThat(queue.events()).hasSize(2);
        assertThat(queue.events().get(1).path("eventName").asString())
                .isEqualTo("ObjectCreated:CompleteMultipartUpload");
    }

    @Test
    void anAbortedMultipartUploadLeavesTheObjectThatWasThere() throws Exception {
        put("raw/a.csv", "old");
        String upload = beginUpload("raw/a.csv");
        uploadPart("raw/a.csv", upload, "new content");
        assertThat(send(request("raw/a.csv?uploadId=" + upload).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(get("raw/a.csv").body()).isEqualTo("old");
        assertThat(queue.events()).hasSize(1);
    }

    @Test
    void tagsOfAnObjectSendNoEvent() throws Exception {
        put("raw/a.csv", "x");
        HttpResponse<String> answer =
                send(
                        request("raw/a.csv?tagging")
                                .header("Content-Type", "application/xml")
                                .PUT(
                                        HttpRequest.BodyPublishers.ofString(
                                                "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(queue.events()).hasSize(1);
    }

    @Test
    void anObjectInNoBucketIsRefused() throws Exception {
        assertThat(
                        send(HttpRequest.newBuilder(base().resolve("/no-such-bucket/raw/a.csv"))
                                        .PUT(HttpRequest.BodyPublishers.ofString("x")))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPutIsRefusedWhileItsEventCannotBeSentAndTheEventComesLater() throws Exception {
        queue.outOfOrder(true);
        HttpResponse<String> answer = put("raw/a.csv", "x");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("<Code>ServiceUnavailable</Code>");
        assertThat(queue.events()).isEmpty();

        queue.outOfOrder(false);
        await(() -> queue.keys().equals(List.of("raw%2Fa.csv")));
    }

    @Test
    void anEventThatWasDueWhenTheServerDiedIsSentByTheNextOne() throws Exception {
        queue.outOfOrder(true);
        put("raw/a.csv", "x");
        queue.outOfOrder(false);
        restart();
        await(() -> queue.keys().contains("raw%2Fa.csv"));
        int sent = queue.keys().size();
        await(() -> logOf(BUCKET).contains("sent "));
        restart();
        put("raw/b.csv", "x");
        assertThat(queue.keys()).hasSize(sent + 1);
    }

    @Test
    void theEventOfAnObjectDeletedMeanwhileIsNotSent() throws Exception {
        queue.outOfOrder(true);
        put("raw/a.csv", "x");
        send(request("raw/a.csv").DELETE());
        queue.outOfOrder(false);
        restart();
        put("raw/b.csv", "x");
        assertThat(queue.keys()).containsExactly("raw%2Fb.csv");
    }

    @Test
    void putIfAbsentWritesOnce() throws Exception {
        assertThat(put("raw/a.csv", "1", "If-None-Match", "*").statusCode()).isEqualTo(200);
        HttpResponse<String> second = put("raw/a.csv", "2", "If-None-Match", "*");
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("<Code>PreconditionFailed</Code>");
        assertThat(get("raw/a.csv").body()).isEqualTo("1");
        assertThat(queue.events()).hasSize(1);
    }

    @Test
    void putIfMatchWritesOverTheVersionThatItNames() throws Exception {
        put("state/a.json", "1");
        String first = entityTag("state/a.json");
        assertThat(put("state/a.json", "2", "If-Match", '"' + first + '"').statusCode())
                .isEqualTo(200);
        assertThat(put("state/a.json", "3", "If-Match", '"' + first + '"').statusCode())
                .isEqualTo(412);
        assertThat(put("state/a.json", "3", "If-None-Match", first).statusCode()).isEqualTo(200);
        assertThat(put("state/a.json", "4", "If-Match", "*").statusCode()).isEqualTo(200);
        assertThat(get("state/a.json").body()).isEqualTo("4");
        assertThat(put("state/none.json", "1", "If-Match", first).statusCode()).isEqualTo(404);
        assertThat(get("state/none.json").statusCode()).isEqualTo(404);
    }

    @Test
    void ofManyConditionalPutsOneWins() throws Exception {
        put("state/lease.json", "free");
        String free = entityTag("state/lease.json");
        List<Callable<Integer>> puts = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            String holder = "holder " + n;
            puts.add(() -> put("state/lease.json", holder, "If-Match", free).statusCode());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses = new ArrayList<>();
            for (var answer : threads.invokeAll(puts)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        }
    }

    @Test
    void aReaderSeesOneVersionWholeWhileOthersAreWritten() throws Exception {
        String zeros = "0".repeat(300_000);
        String ones = "1".repeat(200_000);
        put("state/a.json", zeros);
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            var writing =
                    threads.submit(
                            () -> {
                                for (int n = 0; n < 40; n++) {
                                    put("state/a.json", n % 2 == 0 ? ones : zeros);
                                }
                                return null;
                            });
            while (!writing.isDone()) {
                assertThat(get("state/a.json").body().hashCode())
                        .isIn(zeros.hashCode(), ones.hashCode());
            }
            writing.get();
        }
    }

    @Test
    void objectsAndTheirMetadataSurviveARestart() throws Exception {
        put("raw/a.csv", "x", "x-amz-meta-rows", "12");
        put("raw/b.csv", "y");
        send(request("raw/b.csv").DELETE());
        String tag = entityTag("raw/a.csv");
        restart();
        HttpResponse<String> object = get("raw/a.csv");
        assertThat(object.body()).isEqualTo("x");
        assertThat(object.headers().firstValue("x-amz-meta-rows")).hasValue("12");
        assertThat(entityTag("raw/a.csv")).isEqualTo(tag);
        assertThat(get("raw/b.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void aPutThatBreaksOffLeavesTheObjectThatWasThere() throws Exception {
        put("raw/a.csv", "old");
        try (Socket socket = new Socket("127.0.0.1", base().getPort())) {
            socket.getOutputStream()
                    .write(
                            "PUT /%s/raw/a.csv HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
                                    .formatted(BUCKET)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        assertThat(get("raw/a.csv").body()).isEqualTo("old");
        assertThat(queue.events()).hasSize(1);
    }

    @Test
    void whatACrashLeftIsClearedAway() throws Exception {
        put("raw/a.csv", "whole");
        put("raw/lost.csv", "its deletion was cut off");
        server.close();

        UUID torn = UUID.randomUUID();
        Files.createDirectories(bucketFolder().resolve(torn.toString()));
        Files.writeString(bucketFolder().resolve(torn.toString()).resolve("binaryData"), "tor");
        try (Stream<Path> files = Files.walk(bucketFolder())) {
            for (Path metadata :
                    files.filter(file -> file.endsWith("objectMetadata.json")).toList()) {
                if (Files.readString(metadata).contains("raw/lost.csv")) {
                    Files.delete(metadata);
                }
            }
        }
        Files.writeString(
                bucketFolder().resolve("keys.log"),
                "put " + torn + " raw%2Ftor",
                StandardOpenOption.APPEND);

        startServer();
        assertThat(get("raw/a.csv").body()).isEqualTo("whole");
        assertThat(get("raw/lost.csv").statusCode()).isEqualTo(404);
        assertThat(list("raw/")).contains("raw/a.csv").doesNotContain("lost", "tor<");
        assertThat(bucketFolder().resolve(torn.toString())).doesNotExist();
        assertThat(put("raw/lost.csv", "again").statusCode()).isEqualTo(200);
        restart();
        assertThat(get("raw/lost.csv").body()).isEqualTo("again");
    }

    @Test
    void aLogThatIsNotOursStopsTheStart() throws Exception {
        server.close();
        Files.writeString(bucketFolder().resolve("keys.log"), "rename a b\n");
        assertThatThrownBy(this::startServer).hasStackTraceContaining("unknown entry");
        Files.delete(bucketFolder().resolve("keys.log"));
        startServer();
    }

    @Test
    void aBucketCanBeMadeSetUpAndDeletedAndMadeAgain() throws Exception {
        URI bucket = base().resolve("/another-bucket");
        for (int round = 0; round < 2; round++) {
            assertThat(
                            send(HttpRequest.newBuilder(bucket)
                                            .PUT(HttpRequest.BodyPublishers.noBody()))
                                    .statusCode())
                    .isEqualTo(200);
            URI object = base().resolve("/another-bucket/raw/a.csv");
            send(HttpRequest.newBuilder(object).PUT(HttpRequest.BodyPublishers.ofString("x")));
            assertThat(send(HttpRequest.newBuilder(object).GET()).body()).isEqualTo("x");
            HttpResponse<String> lifecycle =
                    send(
                            HttpRequest.newBuilder(URI.create(bucket + "?lifecycle"))
                                    .header("Content-Type", "application/xml")
                                    .PUT(
                                            HttpRequest.BodyPublishers.ofString(
                                                    """
                                                    <LifecycleConfiguration><Rule><ID>a</ID><Filter><Prefix>a/</Prefix></Filter>\
                                                    <Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>""")));
            assertThat(lifecycle.statusCode()).isEqualTo(200);
            assertThat(send(HttpRequest.newBuilder(object).GET()).body()).isEqualTo("x");
            send(HttpRequest.newBuilder(object).DELETE());
            assertThat(send(HttpRequest.newBuilder(bucket).DELETE()).statusCode()).isEqualTo(204);
        }
        assertThat(queue.keys()).hasSize(2);
    }

    @Test
    void aSettingThatIsMissingIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("s3.properties"), "port=0\nroot=/tmp\n");
        assertThatThrownBy(() -> Settings.read(file)).hasMessageContaining("port-file");
    }

    private String logOf(String bucket) {
        try {
            return Files.readString(data.resolve("objects").resolve(bucket).resolve("keys.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private URI base() throws IOException {
        return URI.create("http://127.0.0.1:" + Files.readString(data.resolve("port")));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(base() + "/" + BUCKET + "/" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).PUT(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private String list(String prefix) throws Exception {
        return send(HttpRequest.newBuilder(
                                URI.create(base() + "/" + BUCKET + "?list-type=2&prefix=" + prefix))
                        .GET())
                .body();
    }

    private String entityTag(String path) throws Exception {
        return get(path).headers().firstValue("ETag").orElseThrow().replace("\"", "");
    }

    private HttpResponse<String> copy(String from, String to) throws Exception {
        return send(
                request(to)
                        .header("x-amz-copy-source", BUCKET + "/" + from)
                        .PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private String beginUpload(String path) throws Exception {
        String answer =
                send(request(path + "?uploads").POST(HttpRequest.BodyPublishers.noBody())).body();
        return answer.replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    }

    private String uploadPart(String path, String upload, String body) throws Exception {
        HttpResponse<String> answer =
                send(
                        request(path + "?partNumber=1&uploadId=" + upload)
                                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> completeUpload(String path, String upload, String part)
            throws Exception {
        return send(
                request(path + "?uploadId=" + upload)
                        .header("Content-Type", "application/xml")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                                                + part
                                                + "</ETag></Part></CompleteMultipartUpload>")));
    }
}
