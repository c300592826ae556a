package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.s3.S3Settings.Notification;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class LocalS3Test {

    private static final String BUCKET = "shopflow-data";

    @TempDir Path data;

    private LocalS3 start() {
        return LocalS3.start(data.resolve("s3"), 0, BUCKET, List.of());
    }

    @Test
    void theSdkPutsGetsListsAndDeletes() throws Exception {
        try (LocalS3 s3 = start();
                S3Client client = Clients.s3(s3.endpoint())) {
            assertThat(s3.isAlive()).isTrue();
            assertThat(s3.pid()).isPositive();
            for (int n = 0; n < 1100; n += 100) {
                int from = n;
                IntStream.range(from, from + 100)
                        .parallel()
                        .forEach(i -> put(client, "raw/%04d.csv".formatted(i), "id\n" + i));
            }
            put(client, "clean/a.csv", "x");

            HeadObjectResponse head =
                    client.headObject(get -> get.bucket(BUCKET).key("raw/0007.csv"));
            assertThat(head.metadata()).containsEntry("rows", "1");
            assertThat(head.contentLength()).isEqualTo(4);
            assertThat(read(client, "raw/0007.csv")).isEqualTo("id\n7");
            assertThat(
                            client
                                    .listObjectsV2Paginator(
                                            list -> list.bucket(BUCKET).prefix("raw/"))
                                    .contents()
                                    .stream()
                                    .map(S3Object::key))
                    .hasSize(1100)
                    .isSorted();

            client.deleteObject(delete -> delete.bucket(BUCKET).key("clean/a.csv"));
            assertThatThrownBy(() -> read(client, "clean/a.csv"))
                    .asInstanceOf(type(S3Exception.class))
                    .returns(404, S3Exception::statusCode);
        }
    }

    @Test
    void eventsAreInTheQueueWhenThePutIsAnswered() throws Exception {
        List<LocalQueues.Queue> queueNames =
                List.of(new LocalQueues.Queue("raw-events", Duration.ofSeconds(30), 3));
        try (LocalQueues queues = LocalQueues.start(data.resolve("queues"), 0, queueNames)) {
            Notification notification =
                    new Notification("raw/", ".csv", queues.queueUrl("raw-events"));
            try (LocalS3 s3 = LocalS3.start(data.resolve("s3"), 0, BUCKET, List.of(notification));
                    S3Client client = Clients.s3(s3.endpoint());
                    var sqs = Clients.sqs(queues.endpoint())) {
                put(client, "raw/a b+c.csv", "id\n1\n");
                put(client, "clean/a.csv", "id\n1\n");
                var messages =
                        sqs.receiveMessage(
                                        receive ->
                                                receive.queueUrl(
                                                                queues.queueUrl("raw-events")
                                                                        .toString())
                                                        .maxNumberOfMessages(10))
                                .messages();
                assertThat(messages)
                        .singleElement()
                        .satisfies(
                                message ->
                                        assertThat(message.body())
                                                .contains("\"key\":\"raw%2Fa+b%2Bc.csv\""));
            }
        }
    }

    /**
     * Several threads put objects, also over existing ones, until the server is killed. Then every
     * object must have the content that its metadata describe, and every confirmed put must be
     * there.
     */
    @Test
    void afterAKillEveryObjectIsWholeAndEveryAnsweredPutIsThere() throws Exception {
        for (int round = 0; round < 2; round++) {
            Map<String, String> answered = new ConcurrentHashMap<>();
            Set<String> unanswered = ConcurrentHashMap.newKeySet();
            try (LocalS3 s3 = start();
                    S3Client client = Clients.s3(s3.endpoint());
                    ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int thread = 0; thread < 4; thread++) {
                    String prefix = "raw/" + round + "/" + thread + "/";
                    threads.execute(() -> putUntilItFails(client, prefix, answered, unanswered));
                }
                Clients.await(() -> answered.size() > 40);
                Clients.kill(s3.pid());
            }
            try (LocalS3 s3 = start();
                    S3Client client = Clients.s3(s3.endpoint())) {
                List<String> keys =
                        client
                                .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix("raw/"))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList();
                assertThat(keys).containsAll(answered.keySet());
                for (String key : keys) {
                    var object = client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key));
                    String sha256 = sha256(object.asByteArray());
                    assertThat(object.response().metadata())
                            .as(key)
                            .containsEntry("sha256", sha256);
                    if (answered.containsKey(key) && !unanswered.contains(key)) {
                        assertThat(sha256).as(key).isEqualTo(answered.get(key));
                    }
                }
            }
        }
    }

    private static void putUntilItFails(
            S3Client client, String prefix, Map<String, String> answered, Set<String> unanswered) {
        for (int n = 0; ; n++) {
            // Every key is written several times.
            String key = prefix + n % 20;
            byte[] body = new byte[ThreadLocalRandom.current().nextInt(1, 400_000)];
            ThreadLocalRandom.current().nextBytes(body);
            String sha256 = sha256(body);
            try {
                client.putObject(
                        put ->
                                put.bucket(BUCKET)
                                        .key(key)
                                        .metadata(Map.of("sha256", sha256))
                                        .overrideConfiguration(
                                                c -> c.apiCallTimeout(Duration.ofSeconds(5))),
                        RequestBody.fromBytes(body));
                answered.put(key, sha256);
            } catch (SdkException | UncheckedIOException e) {
                unanswered.add(key);
                return;
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> LocalS3.start(data.resolve("s3"), port, BUCKET, List.of()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("choose another port");
        }
        try (LocalS3 s3 = start()) {
            assertThat(s3.isAlive()).isTrue();
        }
    }

    @Test
    void aFolderInUseIsNamedAndCanBeUsedAfterwards() throws Exception {
        try (LocalS3 s3 = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("in use by another ShopFlow");
            assertThat(s3.isAlive()).isTrue();
        }
    }

    @Test
    void aServerThatCannotStartShowsTheEndOfItsLog() throws Exception {
        try (LocalS3 s3 = start()) {
            assertThat(s3.isAlive()).isTrue();
        }
        Files.writeString(
                data.resolve("s3/objects").resolve(BUCKET).resolve("objects.log"), "nonsense\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("s3.log")
                .hasMessageContaining("unknown entry");
    }

    @Test
    void itListensOnTheLoopbackAddressOnly() throws Exception {
        try (LocalS3 s3 = start()) {
            for (InetAddress address :
                    InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, s3.endpoint().getPort()).close())
                            .isInstanceOf(java.net.ConnectException.class);
                }
            }
        }
    }

    private static void put(S3Client client, String key, String body) {
        client.putObject(
                put -> put.bucket(BUCKET).key(key).metadata(Map.of("rows", "1")),
                RequestBody.fromString(body, StandardCharsets.UTF_8));
    }

    private static String read(S3Client client, String key) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
