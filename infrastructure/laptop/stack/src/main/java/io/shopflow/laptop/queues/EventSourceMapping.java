package io.shopflow.laptop.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.LocalFunction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Reads a queue and invokes a function with its messages, like Lambda: messages that the function
 * does not report as failed are deleted, the others are delivered again.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling
 *     errors for an SQS event source</a>
 */
public final class EventSourceMapping implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventSourceMapping.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG_POLL = Duration.ofSeconds(5);
    private static final Duration SERVER_AWAY = Duration.ofMillis(200);

    private final Settings settings;
    private final Queues queues;
    private final LocalFunction function;
    private final FailureJournal journal;
    private final Consumer<FailedEvent> onFailure;
    private final Semaphore slots;
    private volatile boolean closed;

    /**
     * The settings that connect a queue to a function.
     *
     * @param batchSize the most messages in one event
     * @param concurrency the most events at a time
     * @param maxReceives receives after which the queue moves a message to its dead letters
     * @param visibility how long the queue hides a received message
     */
    public record Settings(
            String queue, int batchSize, int concurrency, int maxReceives, Duration visibility) {}

    private EventSourceMapping(
            Settings settings,
            Queues queues,
            LocalFunction function,
            FailureJournal journal,
            Consumer<FailedEvent> onFailure) {
        this.settings = settings;
        this.queues = queues;
        this.function = function;
        this.journal = journal;
        this.onFailure = onFailure;
        this.slots = new Semaphore(settings.concurrency());
    }

    /**
     * Starts reading.
     *
     * @param onFailure receives each failure, after the journal
     */
    public static EventSourceMapping start(
            Settings settings,
            Queues queues,
            LocalFunction function,
            FailureJournal journal,
            Consumer<FailedEvent> onFailure) {
        EventSourceMapping mapping =
                new EventSourceMapping(settings, queues, function, journal, onFailure);
        Thread.ofPlatform().daemon().name(settings.queue()).start(mapping::poll);
        return mapping;
    }

    /** Starts no further events. Those in progress are delivered again unless they finish. */
    @Override
    public void close() {
        closed = true;
    }

    private void poll() {
        try {
            while (!closed) {
                slots.acquire();
                List<Message> messages = receive();
                if (messages.isEmpty()) {
                    slots.release();
                } else {
                    Thread.ofPlatform()
                            .daemon()
                            .name(settings.queue() + " event")
                            .start(() -> handle(messages));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Message> receive() throws InterruptedException {
        try {
            return queues.client()
                    .receiveMessage(
                            request ->
                                    request.queueUrl(queues.url(settings.queue()))
                                            .maxNumberOfMessages(settings.batchSize())
                                            .waitTimeSeconds((int) LONG_POLL.toSeconds())
                                            .messageSystemAttributeNames(
                                                    MessageSystemAttributeName.ALL))
                    .messages();
        } catch (SdkException | IllegalStateException e) {
            // The server is restarting, or the stack is stopping and the client is closed.
            LOG.debugf("%s: %s", settings.queue(), e.getMessage());
            Thread.sleep(SERVER_AWAY);
            return List.of();
        }
    }

    private void handle(List<Message> messages) {
        try {
            if (closed) {
                messages.forEach(message -> hide(message, Duration.ZERO));
                return;
            }
            String event = event(messages);
            InvocationResult result = function.invoke(event);
            if (closed && result instanceof InvocationResult.Failed) {
                // Stopped with the stack, which is not a failure: delivered again at the next
                // start.
                messages.forEach(message -> hide(message, Duration.ZERO));
                return;
            }
            switch (result) {
                case InvocationResult.Succeeded(String payload) -> {
                    Set<String> failed = failedIds(payload, messages);
                    for (Message message : messages) {
                        if (failed.contains(message.messageId())) {
                            retryLater(
                                    message,
                                    "it reported the message as failed; its log contains the reason");
                        } else {
                            delete(message);
                        }
                    }
                }
                case InvocationResult.Failed(String type, String reason) -> {
                    for (Message message : messages) {
                        retryLater(message, type + ": " + reason);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SdkException e) {
            // Not deleted, so it is delivered again; every function tolerates that.
            LOG.debugf("%s: %s", settings.queue(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the event of %s could not be passed to its function", settings.queue());
        } finally {
            slots.release();
        }
    }

    private static Set<String> failedIds(String payload, List<Message> messages) {
        if (payload.isBlank()) {
            return Set.of();
        }
        try {
            Set<String> failed = new HashSet<>();
            for (JsonNode failure : JSON.readTree(payload).path("batchItemFailures")) {
                failed.add(failure.path("itemIdentifier").asText());
            }
            return failed;
        } catch (IOException e) {
            // Like Lambda: an unreadable response fails the whole batch.
            return messages.stream().map(Message::messageId).collect(Collectors.toSet());
        }
    }

    private void delete(Message message) {
        queues.client()
                .deleteMessage(
                        request ->
                                request.queueUrl(queues.url(settings.queue()))
                                        .receiptHandle(message.receiptHandle()));
    }

    private void retryLater(Message message, String reason) {
        int receives = receives(message);
        EventSubject subject = EventSubject.of(message.body());
        FailedEvent failure =
                new FailedEvent(
                        Instant.now(),
                        settings.queue(),
                        function.name(),
                        subject.runId(),
                        subject.subject(),
                        receives,
                        receives >= settings.maxReceives(),
                        shortened(reason));
        journal.add(failure);
        onFailure.accept(failure);
        hide(message, backOff(receives, settings.visibility()));
    }

    private void hide(Message message, Duration time) {
        queues.client()
                .changeMessageVisibility(
                        request ->
                                request.queueUrl(queues.url(settings.queue()))
                                        .receiptHandle(message.receiptHandle())
                                        .visibilityTimeout((int) time.toSeconds()));
    }

    /**
     * AWS waits for the visibility timeout, six times the function's, which is too long on a
     * laptop.
     */
    static Duration backOff(int receives, Duration visibility) {
        Duration backOff =
                switch (receives) {
                    case 0, 1 -> Duration.ofSeconds(1);
                    case 2 -> Duration.ofSeconds(3);
                    case 3 -> Duration.ofSeconds(10);
                    default -> Duration.ofSeconds(20);
                };
        return backOff.compareTo(visibility) < 0 ? backOff : visibility;
    }

    private static String shortened(String reason) {
        return reason.length() <= 500 ? reason : reason.substring(0, 500) + "…";
    }

    private static int receives(Message message) {
        return Integer.parseInt(
                message.attributes()
                        .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }

    private String event(List<Message> messages) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            ObjectNode item = records.addObject();
            item.put("messageId", message.messageId());
            item.put("receiptHandle", message.receiptHandle());
            item.put("body", message.body());
            ObjectNode attributes = item.putObject("attributes");
            message.attributes().forEach((name, value) -> attributes.put(name.toString(), value));
            item.putObject("messageAttributes");
            item.put("md5OfBody", message.md5OfBody());
            item.put("eventSource", "aws:sqs");
            item.put("eventSourceARN", "arn:aws:sqs:local:000000000000:" + settings.queue());
            item.put("awsRegion", "us-east-1");
        }
        return event.toString();
    }
}
