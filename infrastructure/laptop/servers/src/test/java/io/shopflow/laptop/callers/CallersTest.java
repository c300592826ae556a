package io.shopflow.laptop.callers;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.callers.Callers.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Accepted callers, with the AWS SDK's own signatures. */
class CallersTest {

    private static final String BODY = "{\"QueueName\":\"x\"}";
    private static final Callers OWNERS =
            Callers.withKeys(new AccessKeys(Set.of("extract", "load"), "secret"));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:80"})
    void aProgramOfThisMachineMayCall(String host) {
        assertThat(Callers.programs().refusal(call(Map.of("Host", host)), new byte[0], "s3"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example:80",
                "127.0.0.1:80.evil.example",
                "192.168.0.2",
                ""
            })
    void aNameThatWasMadeToPointHereMayNot(String host) {
        assertRefused(Map.of("Host", host));
        assertRefused(Map.of());
    }

    @Test
    void aPageInABrowserMayNot() {
        for (String origin :
                List.of("https://evil.example", "null", "http://localhost:3000", "file://")) {
            assertRefused(Map.of("Host", "localhost", "ORIGIN", origin));
        }
        assertRefused(Map.of("Host", "localhost", "Sec-Fetch-Site", "cross-site"));
        assertRefused(Map.of("Host", "localhost", "Sec-Fetch-Site", "same-site"));
        assertThat(Callers.pageRefusal(call(Map.of("Host", "localhost", "Sec-Fetch-Site", "none"))))
                .isEmpty();
    }

    @Test
    void aSignatureWithTheSecretIsTaken() {
        assertThat(refusal(signed("extract", "secret", "sqs", BODY), BODY)).isEmpty();
        assertThat(refusal(signed("load", "secret", "sqs", BODY), BODY)).isEmpty();
    }

    @Test
    void anotherSecretKeyServiceOrBodyIsNot() {
        assertThat(refusal(signed("extract", "guess", "sqs", BODY), BODY))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(refusal(signed("stranger", "secret", "sqs", BODY), BODY))
                .isEqualTo("InvalidAccessKeyId");
        assertThat(refusal(signed("extract", "secret", "s3", BODY), BODY))
                .isEqualTo("SignatureDoesNotMatch");
        HttpCall signed = signed("extract", "secret", "sqs", BODY);
        Map<String, String> other = new HashMap<>(signed.headers());
        other.put("X-Amz-Target", "AmazonSQS.SendMessage");
        assertThat(refusal(new HttpCall(signed.method(), signed.path(), null, other), BODY))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(refusal(call(Map.of("Host", "localhost")), BODY)).isEqualTo("AccessDenied");
    }

    @Test
    void pathsAndQueriesAreSignedAsTheyAreSent() {
        SdkHttpRequest request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(
                                URI.create(
                                        "http://127.0.0.1:9000/bucket/raw/a%20b%2Bc/%C3%BC.csv?list-type=2&prefix=raw%2F%2B%20x&x-id=&delimiter=%2F"))
                        .build();
        HttpCall call = signed(request, "extract", "secret", "s3", "");
        assertThat(OWNERS.refusal(call, new byte[0], "s3")).isEmpty();
    }

    @Test
    void aKeyDoesNotShowItsSecret() {
        assertThat(new AccessKeys(Set.of("a"), "hidden").toString()).doesNotContain("hidden");
    }

    private static void assertRefused(Map<String, String> headers) {
        assertThat(Callers.pageRefusal(call(headers)).map(Refusal::code)).contains("AccessDenied");
    }

    private static String refusal(HttpCall call, String body) {
        return OWNERS.refusal(call, body.getBytes(StandardCharsets.UTF_8), "sqs")
                .map(Refusal::code)
                .orElse("");
    }

    private static HttpCall call(Map<String, String> headers) {
        return new HttpCall("POST", "/", null, headers);
    }

    private static HttpCall signed(String id, String secret, String service, String body) {
        return signed(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create("http://127.0.0.1:9324/"))
                        .putHeader("X-Amz-Target", "AmazonSQS.GetQueueUrl")
                        .build(),
                id,
                secret,
                service,
                body);
    }

    private static HttpCall signed(
            SdkHttpRequest request, String id, String secret, String service, String body) {
        SdkHttpRequest signed =
                AwsV4HttpSigner.create()
                        .sign(
                                sign ->
                                        sign.identity(AwsCredentialsIdentity.create(id, secret))
                                                .request(request)
                                                .payload(ContentStreamProvider.fromUtf8String(body))
                                                .putProperty(
                                                        AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                        service)
                                                .putProperty(
                                                        AwsV4HttpSigner.DOUBLE_URL_ENCODE,
                                                        !service.equals("s3"))
                                                .putProperty(
                                                        AwsV4HttpSigner.NORMALIZE_PATH,
                                                        !service.equals("s3"))
                                                .putProperty(
                                                        AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                        .request();
        Map<String, String> headers = new HashMap<>();
        signed.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
        URI uri = signed.getUri();
        return new HttpCall(signed.method().name(), uri.getRawPath(), uri.getRawQuery(), headers);
    }
}
