package io.shopflow.laptop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.laptop.s3.S3Settings.Notification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3ServerTest {

    private static final String BUCKET = "lake-of-tests";

    /** Shorter than the product's: several tests wait until it has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @TempDir Path data;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RecordingQueue queue;
    private S3Server server;

    @BeforeEach
    void start() throws IOException {
        queue = new RecordingQueue();
        startServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        queue.close();
    }

    private void startServer() throws IOException {
        Files.createDirectories(data.resolve("objects"));
        Files.deleteIfExists(data.resolve("port"));
        Path file = data.resolve("s3.json");
        new S3Settings(
                        0,
                        data.resolve("objects"),
                        data.resolve("port"),
                        BUCKET,
                        List.of(new Notification("raw/", ".csv", queue.url())),
                        null,
                        null)
                .write(file);
        server = S3Server.start(S3Settings.read(file), PATIENCE);
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
        assertThat(event.path("eventVersion").asText()).isEqualTo("2.1");
        assertThat(event.path("eventSource").asText()).isEqualTo("aws:s3");
        assertThat(event.path("awsRegion").asText()).isEqualTo("us-east-1");
        assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
        assertThat(Instant.parse(event.path("eventTime").asText()))
                .isBetween(before, Instant.now());
        assertThat(event.path("s3").path("s3SchemaVersion").asText()).isEqualTo("1.0");
        assertThat(event.path("s3").path("configurationId").asText()).isEqualTo("notification-0");
        assertThat(event.path("s3").path("bucket").path("name").asText()).isEqualTo(BUCKET);
        assertThat(event.path("s3").path("bucket").path("arn").asText())
                .isEqualTo("arn:aws:s3:::" + BUCKET);
        JsonNode object = event.path("s3").path("object");
        assertThat(object.path("key").asText()).isEqualTo("raw%2Fa+b%2Bc%2F%C3%BC.csv");
        assertThat(object.path("size").asLong()).isEqualTo(5);
        assertThat(object.path("eTag").asText()).isEqualTo(entityTag("raw/a%20b%2Bc/%C3%BC.csv"));
        assertThat(object.path("sequencer").asText()).matches("[0-9A-F]{16}");
        assertThat(object.has("versionId")).isFalse();
    }

    @Test
    void aConnectionStaysOpenBesideHundredsOfIdleOnes() throws Exception {
        byte[] request =
                "HEAD /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                        .formatted(BUCKET)
                        .getBytes(StandardCharsets.US_ASCII);
        List<Socket> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                connections.add(new Socket("127.0.0.1", base().getPort()));
            }
            for (int round = 0; round < 2; round++) {
                for (Socket connection : connections) {
                    connection.getOutputStream().write(request);
                    BufferedReader response =
                            new BufferedReader(
                                    new InputStreamReader(
                                            connection.getInputStream(),
                                            StandardCharsets.US_ASCII));
                    assertThat(response.readLine()).isEqualTo("HTTP/1.1 200 OK");
                    while (!response.readLine().isEmpty()) {}
                }
            }
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
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
                                .map(e -> e.path("s3").path("object").path("sequencer").asText()))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(3);
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
        await(() -> logOf(BUCKET).contains("{\"sent\""));
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

        Path torn = Files.writeString(bucketFolder().resolve(UUID.randomUUID().toString()), "tor");
        try (Stream<Path> files = Files.list(bucketFolder())) {
            for (Path content : files.toList()) {
                if (Files.readString(content).equals("its deletion was cut off")) {
                    Files.delete(content);
                }
            }
        }
        Files.writeString(
                bucketFolder().resolve("objects.log"),
                "{\"put\":{\"id\":\"" + torn.getFileName() + "\",\"key\":\"raw/tor",
                StandardOpenOption.APPEND);

        startServer();
        assertThat(get("raw/a.csv").body()).isEqualTo("whole");
        assertThat(get("raw/lost.csv").statusCode()).isEqualTo(404);
        assertThat(list("raw/")).contains("raw/a.csv").doesNotContain("lost", "tor<");
        assertThat(torn).doesNotExist();
        assertThat(put("raw/lost.csv", "again").statusCode()).isEqualTo(200);
        restart();
        assertThat(get("raw/lost.csv").body()).isEqualTo("again");
    }

    @Test
    void aReplacedObjectLeavesNoFile() throws Exception {
        put("raw/a.csv", "1");
        put("raw/a.csv", "2");
        send(request("raw/a.csv").DELETE());
        put("raw/b.csv", "3");
        try (Stream<Path> files = Files.list(bucketFolder())) {
            assertThat(files).as("the log and one object").hasSize(2);
        }
    }

    @Test
    void contentWithAnotherChecksumIsRefused() throws Exception {
        HttpResponse<String> answer = put("raw/a.csv", "x", "x-amz-checksum-crc32", "AAAAAA==");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>BadDigest</Code>");
        assertThat(get("raw/a.csv").statusCode()).isEqualTo(404);
        assertThat(put("raw/a.csv", "x", "Content-MD5", "ndTkYSaMgDT1yFZOFVxnpg==").statusCode())
                .isEqualTo(200);
    }

    /** The headers of a put, whether it is stored, and the code of its error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-amz-content-sha256 | 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 |",
                "x-amz-content-sha256 | 0d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 | XAmzContentSHA256Mismatch",
                "x-amz-content-sha256 | UNSIGNED-PAYLOAD |",
                "x-amz-content-sha256 | 2D71 | InvalidArgument",
                "x-amz-content-sha256 | STREAMING-OTHER | InvalidArgument",
                "x-amz-checksum-sha256 | LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE= |",
                "x-amz-checksum-sha256 | AXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE= | BadDigest",
                "x-amz-checksum-sha1 | EfatjsUqKYSrqv18O1FlA3hcIHI= |",
                "x-amz-checksum-sha1 | AfatjsUqKYSrqv18O1FlA3hcIHI= | BadDigest",
                "x-amz-checksum-crc32c | AAAAAA== | BadDigest",
                "x-amz-checksum-crc64nvme | Lb1nAmRU5LE= |",
                "x-amz-checksum-crc64nvme | AAAAAAAAAAA= | BadDigest",
                "x-amz-checksum-md6 | AAAAAAAAAAA= | NotImplemented",
                "X-Amz-Checksum-Sha256 | not-base64 | BadDigest",
                "x-amz-checksum-algorithm | SHA256 |",
            })
    void contentIsComparedWithEveryDigestThatItsSenderStates(
            String header, String value, @Nullable String error) throws Exception {
        HttpResponse<String> answer = put("raw/a.csv", "x", header, value);

        assertThat(code(answer)).isEqualTo(error);
        assertThat(get("raw/a.csv").statusCode()).isEqualTo(error == null ? 200 : 404);
        assertThat(queue.events()).hasSize(error == null ? 1 : 0);
    }

    @Test
    void aKeyHasAtMost1024BytesOfUtf8() throws Exception {
        for (String longest : List.of("k".repeat(1024), "%C3%BC".repeat(512))) {
            assertThat(put(longest, "x").statusCode()).isEqualTo(200);
            assertThat(get(longest).body()).isEqualTo("x");
            assertThat(code(put(longest + "k", "x"))).isEqualTo("KeyTooLongError");
            assertThat(code(get(longest + "k"))).isEqualTo("KeyTooLongError");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "raw/%C3", "raw/%ED%A0%80.csv", "%C0%AF", "a?x%FF"})
    void aNameThatIsNotUtf8IsRefused(String path) throws Exception {
        assertThat(code(put(path, "x"))).isEqualTo("InvalidURI");
        assertThat(keys(listing(""))).isEmpty();
        assertThat(listing("&prefix=%FF")).contains("<Code>InvalidURI</Code>");
    }

    @Test
    void aListIsInTheOrderOfBytesInUtf8() throws Exception {
        // In UTF-16, the surrogates of the second one come before the third.
        List<String> inOrder = List.of("a", "%C3%BC", "%EF%BF%BD", "%F0%9F%98%80", "%F0%9F%98%81");
        for (String key : inOrder.reversed()) {
            put(key, "x");
        }
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            String page = listing("&encoding-type=url&max-keys=1" + token);
            found.addAll(keys(page));
            token =
                    page.contains("<NextContinuationToken>")
                            ? "&continuation-token="
                                    + page.replaceAll(
                                            "(?s).*<NextContinuationToken>(.*)</NextC.*", "$1")
                            : "";
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(inOrder);
        assertThat(keys(listing("&encoding-type=url&start-after=%EF%BF%BD")))
                .isEqualTo(inOrder.subList(3, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-keys=-1",
                "max-keys=",
                "max-keys=2147483648",
                "encoding-type=xml",
                "continuation-token=",
                "continuation-token=raw/a.csv",
                "continuation-token=AAAAAAAA"
            })
    void anArgumentOfAListThatCannotBeIsRefused(String argument) throws Exception {
        put("raw/a.csv", "x");

        assertThat(listing("&" + argument)).contains("<Code>InvalidArgument</Code>");
    }

    @Test
    void aPageOfNoKeysIsNotFollowedByAnother() throws Exception {
        put("raw/a.csv", "x");

        assertThat(listing("&max-keys=0"))
                .contains("<IsTruncated>false</IsTruncated>", "<KeyCount>0</KeyCount>");
    }

    private static @Nullable String code(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                ? null
                : answer.body().replaceAll("(?s).*<Code>(.*)</Code>.*", "$1");
    }

    @Test
    void chunksOfAwsAndTheirTrailersAreRead() throws Exception {
        String body =
                "3;chunk-signature=0\r\nabc\r\n2;chunk-signature=0\r\nde\r\n0;chunk-signature=0\r\n"
                        + "x-amz-checksum-crc32:%s\r\n\r\n";
        String[] chunked = {
            "x-amz-content-sha256",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length",
            "5",
            "x-amz-trailer",
            "x-amz-checksum-crc32",
            "Content-Encoding",
            "aws-chunked"
        };
        assertThat(put("raw/a.csv", body.formatted("hYfYZQ=="), chunked).statusCode())
                .isEqualTo(200);
        HttpResponse<String> object = get("raw/a.csv");
        assertThat(object.body()).isEqualTo("abcde");
        assertThat(object.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(put("raw/b.csv", body.formatted("hYfV8g=="), chunked).statusCode())
                .isEqualTo(400);
        assertThat(put("raw/b.csv", body.substring(0, 25), chunked).statusCode()).isEqualTo(400);
        assertThat(get("raw/b.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void lengthsThatCannotBeAreTheClientsMistake() throws Exception {
        for (List<String> lengthAndBody :
                List.of(
                        List.of("five", "5\r\nabcde\r\n0\r\n\r\n"),
                        List.of("99999999999999999999", "5\r\nabcde\r\n0\r\n\r\n"),
                        List.of("5", "-5\r\nabcde\r\n0\r\n\r\n"))) {
            HttpResponse<String> answer =
                    put(
                            "raw/a.csv",
                            lengthAndBody.get(1),
                            "x-amz-content-sha256",
                            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                            "x-amz-decoded-content-length",
                            lengthAndBody.get(0));
            assertThat(answer.statusCode()).as("answer to %s", lengthAndBody).isEqualTo(400);
        }
        assertThat(get("raw/a.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void aListHasPagesFoldersAndEncodedKeys() throws Exception {
        for (String key : List.of("a/1", "a/2/x", "a/2/y", "a/3", "b/%26%20+")) {
            put(key, key);
        }
        assertThat(keys(listing("&prefix=a/&max-keys=2"))).containsExactly("a/1", "a/2/x");
        String next =
                listing("&prefix=a/&max-keys=2")
                        .replaceAll("(?s).*<NextContinuationToken>(.*)</NextC.*", "$1");
        assertThat(listing("&prefix=a/&max-keys=2")).contains("<IsTruncated>true</IsTruncated>");
        assertThat(keys(listing("&prefix=a/&max-keys=2&continuation-token=" + next)))
                .containsExactly("a/2/y", "a/3");
        String folders = listing("&prefix=a/&delimiter=/");
        assertThat(keys(folders)).containsExactly("a/1", "a/3");
        assertThat(folders).contains("<CommonPrefixes><Prefix>a/2/</Prefix></CommonPrefixes>");
        assertThat(keys(listing("&prefix=a/&delimiter=/&start-after=a/2/"))).containsExactly("a/3");
        assertThat(keys(listing("&prefix=b/"))).containsExactly("b/&amp; +");
        assertThat(keys(listing("&prefix=b/&encoding-type=url"))).containsExactly("b/%26%20%2B");
    }

    @Test
    void unsupportedRequestsAreRejectedAndChangeNothing() throws Exception {
        put("raw/a.csv", "x");
        for (HttpRequest.Builder other :
                List.of(
                        request("raw/a.csv?tagging").PUT(HttpRequest.BodyPublishers.ofString("y")),
                        request("raw/a.csv?uploads").POST(HttpRequest.BodyPublishers.noBody()),
                        request("raw/a.csv")
                                .header("x-amz-copy-source", BUCKET + "/raw/b.csv")
                                .PUT(HttpRequest.BodyPublishers.noBody()),
                        request("raw/a.csv").header("If-Match", "\"another\"").DELETE(),
                        request("raw/a.csv").header("If-Match", "\"another\"").GET(),
                        request("raw/a.csv").header("If-None-Match", "*").GET(),
                        request("?lifecycle").GET())) {
            HttpResponse<String> answer = send(other);
            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(answer.body()).contains("<Code>NotImplemented</Code>");
        }
        assertThat(get("raw/a.csv").body()).isEqualTo("x");
        assertThat(queue.events()).hasSize(1);
    }

    @Test
    void theFolderOfAnotherServerStopsTheStartAndIsKept() throws Exception {
        server.close();
        Path file = Files.createDirectory(bucketFolder().resolve("object")).resolve("content");
        Files.writeString(file, "x");
        assertThatThrownBy(this::startServer).hasMessageContaining("./shopflow reset");
        assertThat(file).exists();
    }

    @Test
    void aLogThatIsNotOursStopsTheStart() throws Exception {
        server.close();
        Files.writeString(bucketFolder().resolve("objects.log"), "{\"rename\":\"a\"}\n");
        assertThatThrownBy(this::startServer).hasStackTraceContaining("unknown entry");
        Files.delete(bucketFolder().resolve("objects.log"));
        startServer();
    }

    private String logOf(String bucket) {
        try {
            return Files.readString(data.resolve("objects").resolve(bucket).resolve("objects.log"));
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

    private String listing(String parameters) throws Exception {
        return send(HttpRequest.newBuilder(
                                URI.create(base() + "/" + BUCKET + "?list-type=2" + parameters))
                        .GET())
                .body();
    }

    private static List<String> keys(String listing) {
        return Pattern.compile("<Key>(.*?)</Key>")
                .matcher(listing)
                .results()
                .map(key -> key.group(1))
                .toList();
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
}
