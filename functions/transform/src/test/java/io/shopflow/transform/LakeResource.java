package io.shopflow.transform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.laptop.servers.LocalS3;
import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.s3.S3ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A real S3 server around the function under test. */
public class LakeResource implements QuarkusTestResourceLifecycleManager {

    public static final String BUCKET = "shopflow-data";

    /**
     * The log of the process under test, where Quarkus's launcher puts it and waits for its first
     * lines.
     */
    static final Path LOG =
            Path.of(System.getProperty("quarkus.log.file.path", "target/quarkus.log"));

    static final byte[] KEY =
            "a key of thirty-two bytes or so.".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private LocalS3 server;
    private LocalSecrets secrets;
    private S3Client s3;

    @Override
    public Map<String, String> start() {
        Path folder = folder();
        server = LocalS3.start(folder.resolve("s3"), 0, BUCKET, List.of());
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
        secrets = LocalSecrets.start((key, name) -> {});
        secrets.put(
                "key-of-the-test",
                Map.of("id", "test-key", "key", Base64.getEncoder().encodeToString(KEY)));
        Map<String, String> configuration = new HashMap<>(secrets.clientProperties());
        // For this process; another process under test gets them with its configuration.
        secrets.clientProperties().forEach(System::setProperty);
        configuration.put("shopflow.pseudonym-key-secret", "key-of-the-test");
        configuration.putAll(server.clientProperties());
        configuration.put("quarkus.log.file.enabled", "true");
        configuration.put("quarkus.log.file.format", "%X{run_id} %s%e%n");
        return configuration;
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
        secrets.close();
    }

    static SecretsManagerClient client(LocalSecrets server) {
        return SecretsManagerClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_2)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("lake-of-transform");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
