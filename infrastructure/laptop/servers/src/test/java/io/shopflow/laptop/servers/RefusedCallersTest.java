package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.Callers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A page in the user's browser reached every server of the stack: it read raw customer data from
 * the bucket, and made extract read folders of the machine with a message from an HTML form.
 */
class RefusedCallersTest {

    private static final String BUCKET = "shopflow-data";
    private static final AccessKeys KEYS = new AccessKeys(Set.of("extract", "shopflow"), "secret");
    private static final String ORIGIN = "Origin: https://shop.example";

    @TempDir Path data;

    @Test
    void theBucketIsOpenToSignedCallsOfTheStacksKeysAlone() throws Exception {
        try (LocalS3 server = s3Server(Optional.of(KEYS));
                S3Client owner = Clients.s3(server.endpoint(), "extract", "secret");
                S3Client stranger = Clients.s3(server.endpoint(), "stranger", "secret");
                S3Client guesser = Clients.s3(server.endpoint(), "extract", "guess")) {
            for (String key : List.of("raw/a.csv", "raw/year=2026/ü + %2B'()!*.csv")) {
                owner.putObject(
                        put -> put.bucket(BUCKET).key(key).metadata(Map.of("rows", "1 2  3")),
                        RequestBody.fromString("id"));
                assertThat(
                                owner.getObjectAsBytes(get -> get.bucket(BUCKET).key(key))
                                        .asUtf8String())
                        .isEqualTo("id");
            }
            assertThat(
                            owner.listObjectsV2(
                                            list ->
                                                    list.bucket(BUCKET)
                                                            .prefix("raw/year=2026/ü +")
                                                            .maxKeys(5))
                                    .contents())
                    .hasSize(1);
            assertThatThrownBy(() -> stranger.getObject(g -> g.bucket(BUCKET).key("raw/a.csv")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo("InvalidAccessKeyId"));
            assertThatThrownBy(() -> guesser.getObject(g -> g.bucket(BUCKET).key("raw/a.csv")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo("SignatureDoesNotMatch"));
            for (String path :
                    List.of("/" + BUCKET + "/raw/a.csv", "/" + BUCKET, "/", "/actuator")) {
                assertThat(
                                RawHttp.send(
                                        server.endpoint(),
                                        "GET",
                                        path,
                                        "",
                                        host(server.endpoint())))
                        .startsWith("HTTP/1.1 403");
            }
        }
    }

    @Test
    void theBucketIsClosedToWebPages() throws Exception {
        try (LocalS3 server = s3Server(Optional.empty())) {
            URI endpoint = server.endpoint();
            String object = "/" + BUCKET + "/raw/a.csv";
            assertThat(RawHttp.send(endpoint, "PUT", object, "id", host(endpoint)))
                    .startsWith("HTTP/1.1 200");
            assertThat(RawHttp.send(endpoint, "GET", object, "", host(endpoint), ORIGIN))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContainIgnoringCase("Access-Control-");
            assertThat(
                            RawHttp.send(
                                    endpoint,
                                    "OPTIONS",
                                    object,
                                    "",
                                    host(endpoint),
                                    ORIGIN,
                                    "Access-Control-Request-Method: PUT"))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContainIgnoringCase("Access-Control-");
            assertThat(RawHttp.send(endpoint, "GET", object, "", "Host: evil.example:80"))
                    .startsWith("HTTP/1.1 403");
            assertThat(
                            RawHttp.send(
                                    endpoint,
                                    "GET",
                                    object,
                                    "",
                                    host(endpoint),
                                    "Sec-Fetch-Site: cross-site"))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawHttp.send(endpoint, "GET", object, "", "Host: localhost"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aMessageThatAFormOfAPagePostsIsInNoQueue() throws Exception {
        try (LocalQueues server =
                        LocalQueues.start(
                                data.resolve("queues"),
                                0,
                                List.of(
                                        new LocalQueues.Queue(
                                                "extract-requests", Duration.ofSeconds(30), 2)));
                SqsClient sqs = Clients.sqs(server.endpoint())) {
            URI endpoint = server.endpoint();
            String form =
                    "Action=SendMessage&MessageBody=x&QueueUrl=http%3A%2F%2F127.0.0.1%2F000000000000%2Fextract-requests";
            for (String path :
                    List.of(
                            "/000000000000/extract-requests",
                            "/queue/extract-requests",
                            "/extract-requests",
                            "/",
                            "/?" + form)) {
                assertThat(
                                RawHttp.send(
                                        endpoint,
                                        "POST",
                                        path,
                                        form,
                                        host(endpoint),
                                        ORIGIN,
                                        "Content-Type: application/x-www-form-urlencoded"))
                        .startsWith("HTTP/1.1 4");
            }
            assertThat(
                            sqs.receiveMessage(
                                            receive ->
                                                    receive.queueUrl(
                                                                    server.queueUrl(
                                                                                    "extract-requests")
                                                                            .toString())
                                                            .waitTimeSeconds(1))
                                    .messages())
                    .isEmpty();
        }
    }

    @Test
    void aServersSecretPathStaysTheSame() {
        URI before = LocalQueues.endpoint(data.resolve("queues"), 1);
        assertThat(LocalQueues.endpoint(data.resolve("queues"), 1)).isEqualTo(before);
        assertThat(LocalQueues.endpoint(data.resolve("others"), 1)).isNotEqualTo(before);
        assertThat(before.getPath()).matches("/[0-9a-f]{64}");
    }

    @Test
    void secretsAreReturnedOnlyToSignedRequests() throws Exception {
        try (LocalSecrets secrets =
                LocalSecrets.start(Callers.withKeys(KEYS), (caller, name) -> {})) {
            secrets.put("database", Map.of("password", "hidden"));
            String target = "X-Amz-Target: secretsmanager.GetSecretValue";
            String body = "{\"SecretId\":\"database\"}";
            for (String[] headers :
                    new String[][] {
                        {host(secrets.endpoint()), target},
                        {"Host: evil.example", target},
                        {host(secrets.endpoint()), ORIGIN, target},
                        {
                            host(secrets.endpoint()),
                            target,
                            "Authorization: AWS4-HMAC-SHA256 Credential=extract/20260101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature="
                                    + "0".repeat(64)
                        }
                    }) {
                assertThat(RawHttp.send(secrets.endpoint(), "POST", "/", body, headers))
                        .startsWith("HTTP/1.1 403")
                        .doesNotContain("hidden");
            }
        }
    }

    private LocalS3 s3Server(Optional<AccessKeys> keys) {
        return LocalS3.start(data.resolve("s3"), 0, BUCKET, List.of(), Optional.empty(), keys);
    }

    private static String host(URI server) {
        return "Host: 127.0.0.1:" + server.getPort();
    }
}
