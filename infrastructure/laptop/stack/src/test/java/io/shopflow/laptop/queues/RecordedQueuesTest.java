package io.shopflow.laptop.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.servers.LocalQueues;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The queues as functions see them. */
class RecordedQueuesTest {

    @TempDir Path folder;

    @Test
    void aFunctionSendsWithItsOwnKeyAndNobodyWithAnother() throws Exception {
        Path calls = folder.resolve("calls.jsonl");
        try (LocalQueues server =
                        LocalQueues.start(
                                folder.resolve("queues"),
                                0,
                                List.of(
                                        new LocalQueues.Queue(
                                                "extract-requests", Duration.ofMinutes(1), 2)));
                RecordedQueues recorded =
                        RecordedQueues.start(
                                server.endpoint(),
                                Callers.withKeys(new AccessKeys(Set.of("extract"), "secret")),
                                new AwsCalls(calls));
                SqsClient function = client(recorded.endpoint(), "extract", "secret");
                SqsClient guesser = client(recorded.endpoint(), "extract", "guess");
                Queues queues = new Queues(server.endpoint())) {
            String url = Queues.url(recorded.endpoint(), "extract-requests").toString();
            function.sendMessage(send -> send.queueUrl(url).messageBody("mine"));
            assertThatThrownBy(
                            () -> guesser.sendMessage(send -> send.queueUrl(url).messageBody("x")))
                    .isInstanceOf(SqsException.class)
                    .hasMessageContaining("signature does not match");

            assertThat(queues.depth("extract-requests").waiting()).isEqualTo(1);
            assertThat(Files.readAllLines(calls))
                    .containsExactly(
                            "{\"action\":\"sqs:SendMessage\",\"function\":\"extract\",\"resource\":\"extract-requests\"}");
        }
    }

    private static SqsClient client(URI endpoint, String id, String secret) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
