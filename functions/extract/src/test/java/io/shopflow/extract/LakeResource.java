package io.shopflow.extract;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.servers.LocalS3;
import io.shopflow.s3.S3ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Real servers around the function under test. */
public class LakeResource implements QuarkusTestResourceLifecycleManager {

    private static final String BUCKET = "shopflow-data";
    private static final String QUEUE = "extract-requests";

    private LocalS3 s3Server;
    private LocalQueues queueServer;
    private S3Client s3;
    private SqsClient sqs;
    private Lake lake;

    @Override
    public Map<String, String> start() {
        Path folder = folder();
        s3Server = LocalS3.start(folder.resolve("s3"), 0, BUCKET, List.of());
        queueServer =
                LocalQueues.start(
                        folder.resolve("queues"),
                        0,
                        List.of(new LocalQueues.Queue(QUEUE, Duration.ofSeconds(60), 3)));
        String queueUrl = queueServer.queueUrl(QUEUE).toString();
        StaticCredentialsProvider anyone =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
        s3 =
                S3Client.builder()
                        .endpointOverride(s3Server.endpoint())
                        .forcePathStyle(true)
                        .region(Region.EU_WEST_2)
                        .credentialsProvider(anyone)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
        sqs =
                SqsClient.builder()
                        .endpointOverride(queueServer.endpoint())
                        .region(Region.EU_WEST_2)
                        .credentialsProvider(anyone)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
        lake = new Lake(new S3ObjectStore(s3, BUCKET), sqs, queueUrl);
        Map<String, String> config = new HashMap<>();
        config.put("shopflow.extract-requests-queue-url", queueUrl);
        config.put("shopflow.extract.folders", readableFolders(folder).toString());
        config.put("shopflow.extract.part-rows", "1000");
        config.put("shopflow.extract.retry-delay", "0S");
        config.put("shopflow.extract.unavailable-delay", "0S");
        config.put("shopflow.extract.requests-per-minute", "1000000");
        config.put("shopflow.extract.host-pause", "0S");
        config.putAll(s3Server.clientProperties());
        config.put("quarkus.sqs.endpoint-override", queueServer.endpoint().toString());
        config.put("quarkus.sqs.aws.region", "eu-west-2");
        config.put("quarkus.sqs.aws.credentials.type", "static");
        config.put("quarkus.sqs.aws.credentials.static-provider.access-key-id", "any");
        config.put("quarkus.sqs.aws.credentials.static-provider.secret-access-key", "any");
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(lake, new TestInjector.MatchesType(Lake.class));
    }

    @Override
    public void stop() {
        s3.close();
        sqs.close();
        s3Server.close();
        queueServer.close();
    }

    private static Path readableFolders(Path folder) {
        try {
            return Files.write(
                    folder.resolve("readable-folders.txt"),
                    List.of(System.getProperty("java.io.tmpdir"), "/no/such/folder"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("extract-lake");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
