package io.shopflow.laptop.queues;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The stack's queues by name. */
public final class Queues implements AutoCloseable {

    /** The queue of extract: {@link ExtractRequest}. */
    public static final String EXTRACT_REQUESTS = "extract-requests";

    /** The queue of transform: events of raw parts. */
    public static final String RAW_EVENTS = "raw-events";

    /** The queue of load: events of clean parts and manifests. */
    public static final String CLEAN_EVENTS = "clean-events";

    /** All queues, in the order of the data flow. */
    public static final List<String> NAMES = List.of(EXTRACT_REQUESTS, RAW_EVENTS, CLEAN_EVENTS);

    private static final String DEAD_LETTERS = "-dead-letters";

    private final URI endpoint;
    private final SqsClient client;

    /** The queues of the server at this address. */
    public Queues(URI endpoint) {
        this.endpoint = endpoint;
        this.client =
                SqsClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("shopflow", "shopflow")))
                        .httpClient(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(Duration.ofSeconds(2))
                                        .socketTimeout(Duration.ofSeconds(30))
                                        .build())
                        .build();
    }

    /** The address of a queue on the server at this address. */
    public static URI url(URI endpoint, String queue) {
        return URI.create(endpoint + "/000000000000/" + queue);
    }

    /** The dead-letter queue of a queue. */
    public static String deadLetters(String queue) {
        return queue + DEAD_LETTERS;
    }

    /** Requests a run. */
    public void request(ExtractRequest request) {
        send(EXTRACT_REQUESTS, new String(RunJson.write(request), StandardCharsets.UTF_8));
    }

    /** Sends a message. */
    public void send(String queue, String body) {
        client.sendMessage(message -> message.queueUrl(url(queue)).messageBody(body));
    }

    /** The numbers of messages that wait and that are in progress. */
    public Depth depth(String queue) {
        Map<QueueAttributeName, String> attributes =
                client.getQueueAttributes(
                                request ->
                                        request.queueUrl(url(queue))
                                                .attributeNames(
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES,
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .attributes();
        return new Depth(
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    SqsClient client() {
        return client;
    }

    String url(String queue) {
        return url(endpoint, queue).toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private static long count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }

    /**
     * The content of a queue.
     *
     * @param waiting messages not received yet
     * @param inFlight messages that were received and neither deleted nor released
     */
    public record Depth(long waiting, long inFlight) {}
}
