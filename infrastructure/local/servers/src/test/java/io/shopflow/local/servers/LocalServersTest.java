package io.shopflow.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class LocalServersTest {

    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    @Test
    void aPutArrivesAsAnEvent(@TempDir Path data) throws Exception {
        try (LocalQueues queues =
                        LocalQueues.start(
                                data.resolve("queues"),
                                0,
                                List.of(
                                        new LocalQueues.Queue(
                                                "raw-events", Duration.ofSeconds(30), 3)));
                LocalS3 s3 =
                        LocalS3.start(
                                data.resolve("s3"),
                                0,
                                "shopflow-data",
                                List.of(
                                        new LocalS3.Notification(
                                                "raw/", ".csv", queues.queueUrl("raw-events"))));
                SqsClient sqs = sqs(queues.endpoint());
                S3Client client = s3(s3.endpoint())) {
            client.putObject(
                    put ->
                            put.bucket("shopflow-data")
                                    .key("raw/a b+c.csv")
                                    .metadata(Map.of("rows", "1")),
                    RequestBody.fromString("id\n1\n"));
            assertThat(
                            sqs.receiveMessage(
                                            receive ->
                                                    receive.queueUrl(
                                                            queues.queueUrl("raw-events")
                                                                    .toString()))
                                    .messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).contains("raw%2Fa+b%2Bc.csv"));
        }
    }

    @Test
    void postgresStarts(@TempDir Path data) throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(data, 0)) {
            try (var connection =
                    java.sql.DriverManager.getConnection(
                            postgres.jdbcUrl(), postgres.user(), postgres.password())) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    private static SqsClient sqs(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYBODY)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYBODY)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
