package io.shopflow.transform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.local.servers.LocalS3;
import io.shopflow.s3.S3ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server around the function under test. */
public class LakeResource implements QuarkusTestResourceLifecycleManager {

    static final String BUCKET = "shopflow-data";
    static final byte[] KEY =
            "a key of thirty-two bytes or so.".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private LocalS3 server;
    private S3Client s3;

    @Override
    public Map<String, String> start() {
        server = LocalS3.start(folder().resolve("s3"), 0, BUCKET, List.of());
        s3 =
                S3Client.builder()
                        .endpointOverride(server.endpoint())
                        .forcePathStyle(true)
                        .region(Region.EU_WEST_2)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("any", "any")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
        return Map.of(
                "shopflow.pseudonym-key-id", "test-key",
                "shopflow.pseudonym-key", Base64.getEncoder().encodeToString(KEY),
                "quarkus.s3.path-style-access", "true",
                "quarkus.s3.endpoint-override", server.endpoint().toString(),
                "quarkus.s3.aws.region", "eu-west-2",
                "quarkus.s3.aws.credentials.type", "static",
                "quarkus.s3.aws.credentials.static-provider.access-key-id", "any",
                "quarkus.s3.aws.credentials.static-provider.secret-access-key", "any");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                new S3ObjectStore(s3, BUCKET), new TestInjector.MatchesType(ObjectStore.class));
    }

    @Override
    public void stop() {
        s3.close();
        server.close();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("lake-of-transform");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
