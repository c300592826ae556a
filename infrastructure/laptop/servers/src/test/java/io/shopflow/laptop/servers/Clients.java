package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS SDK's clients, as the functions use them. */
final class Clients {

    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    /** Ends a test that hangs. No test measures time: the machine may be busy. */
    private static final Duration HANGS_AFTER = Duration.ofMinutes(10);

    private Clients() {}

    static S3Client s3(URI endpoint) {
        return s3(endpoint, ANYBODY);
    }

    static S3Client s3(URI endpoint, String accessKeyId, String secret) {
        return s3(
                endpoint,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secret)));
    }

    private static S3Client s3(URI endpoint, StaticCredentialsProvider caller) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(caller)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static SqsClient sqs(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYBODY)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + HANGS_AFTER.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
