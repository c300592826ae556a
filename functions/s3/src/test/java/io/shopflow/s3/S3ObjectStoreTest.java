package io.shopflow.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.laptop.servers.LocalS3;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract of the lake's port, on a real S3 protocol server. */
class S3ObjectStoreTest {

    private static final String BUCKET = "shopflow-data";
    private static final String TEXT = "text/plain";

    @TempDir static Path folder;

    private static LocalS3 server;
    private static S3Client client;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        server = LocalS3.start(folder.resolve("s3"), 0, BUCKET, List.of());
        client = client(server.endpoint());
        store = new S3ObjectStore(client, BUCKET);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatIsPutIsReadBackWithItsMetadata() throws Exception {
        String tag = store.put("a/whole.txt", bytes("hello"), TEXT, Map.of("rows", "3"));

        StoredObject head = store.head("a/whole.txt").orElseThrow();
        assertThat(head.size()).isEqualTo(5);
        assertThat(head.entityTag()).isEqualTo(tag).doesNotContain("\"");
        assertThat(head.metadata()).containsEntry("rows", "3");
        try (ObjectStore.Content content = store.open("a/whole.txt").orElseThrow()) {
            assertThat(content.object()).isEqualTo(head);
            assertThat(content.body().readAllBytes()).isEqualTo(bytes("hello"));
        }
        assertThat(store.read("a/whole.txt")).hasValue(bytes("hello"));
    }

    @Test
    void aFileIsPutAsItIsAndOverWhatWasThere() throws Exception {
        Path file = Files.writeString(folder.resolve("body.txt"), "from a file");
        store.put("a/file.txt", bytes("before"), TEXT, Map.of());

        store.put("a/file.txt", file, TEXT, Map.of());

        assertThat(store.read("a/file.txt")).hasValue(bytes("from a file"));
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.head("nothing")).isEmpty();
        assertThat(store.open("nothing")).isEmpty();
        assertThat(store.read("nothing")).isEmpty();
        assertThat(store.list("nothing")).isEmpty();
    }

    @Test
    void onlyTheFirstPutIfAbsentIsWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("second.txt"), "second");

        assertThat(store.putIfAbsent("once/key", bytes("first"), TEXT, Map.of("n", "1"))).isTrue();
        assertThat(store.putIfAbsent("once/key", bytes("second"), TEXT, Map.of())).isFalse();
        assertThat(store.putIfAbsent("once/key", file, TEXT, Map.of())).isFalse();
        assertThat(store.putIfAbsent("once/other", file, TEXT, Map.of())).isTrue();

        assertThat(store.read("once/key")).hasValue(bytes("first"));
        assertThat(store.head("once/key").orElseThrow().metadata()).containsEntry("n", "1");
    }

    @Test
    void aPutIfMatchIsWrittenOnlyOverTheVersionThatWasRead() {
        String first = store.put("state/shop.json", bytes("1"), TEXT, Map.of());

        assertThat(store.putIfMatch("state/shop.json", bytes("2"), TEXT, first)).isTrue();
        assertThat(store.putIfMatch("state/shop.json", bytes("3"), TEXT, first)).isFalse();
        assertThat(store.putIfMatch("state/absent.json", bytes("3"), TEXT, first)).isFalse();

        assertThat(store.read("state/shop.json")).hasValue(bytes("2"));
        assertThat(store.head("state/absent.json")).isEmpty();
    }

    @Test
    void aListHasEveryObjectOfThePrefixInOrderAcrossPages() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1_005; i++) {
            String key = "many/%05d".formatted(i);
            keys.add(key);
            store.put(key, bytes("x"), TEXT, Map.of());
        }
        store.put("manyother/1", bytes("x"), TEXT, Map.of());

        assertThat(store.list("many/").stream().map(StoredObject::key))
                .containsExactlyElementsOf(keys);
    }

    @Test
    void anUnavailableStoreIsReportedWithTheKey() {
        try (S3Client nowhere = client(URI.create("http://127.0.0.1:1"))) {
            ObjectStore away = new S3ObjectStore(nowhere, BUCKET);

            assertThatThrownBy(() -> away.head("a/key"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("HeadObject of s3://shopflow-data/a/key");
            assertThatThrownBy(() -> away.open("a/key")).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> away.list("a/")).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> away.put("a/key", bytes("x"), TEXT, Map.of()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> away.putIfAbsent("a/key", bytes("x"), TEXT, Map.of()))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aBucketThatIsMissingIsAFailureAndNotAnEmptyAnswer() {
        ObjectStore wrong = new S3ObjectStore(client, "no-such-bucket");

        assertThatThrownBy(() -> wrong.putIfAbsent("a/key", bytes("x"), TEXT, Map.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://no-such-bucket/a/key");
        assertThatThrownBy(() -> wrong.list("a/")).isInstanceOf(UncheckedIOException.class);
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_WEST_2)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                .overrideConfiguration(
                        configuration ->
                                configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
