package io.shopflow.laptop.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.s3.S3ObjectStore;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The stack's bucket on its S3 server. */
public final class LakeClient implements AutoCloseable {

    private final S3Client client;
    private final ObjectStore store;

    private LakeClient(S3Client client) {
        this.client = client;
        this.store = new S3ObjectStore(client, Deployment.BUCKET);
    }

    /**
     * The bucket of the server at this address.
     *
     * @param secret of the stack
     */
    public static LakeClient connect(URI endpoint, String secret) {
        return new LakeClient(
                S3Client.builder()
                        .endpointOverride(endpoint)
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(Deployment.USER_KEY_ID, secret)))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build());
    }

    /** Its objects. */
    public ObjectStore store() {
        return store;
    }

    @Override
    public void close() {
        client.close();
    }
}
