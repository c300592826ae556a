package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class LocalQueuesTest {

    @TempDir Path data;

    private LocalQueues start(Duration visibilityTimeout) {
        return LocalQueues.start(
                data.resolve("queues"),
                0,
                List.of(
                        new LocalQueues.Queue("raw-events", visibilityTimeout, 2),
                        new LocalQueues.Queue("clean-events", visibilityTimeout, 2)));
    }

    @Test
    void aMessageThatFailsTooOftenGoesToTheDeadLetters() throws Exception {
        try (LocalQueues queues = start(Duration.ofSeconds(1));
                SqsClient sqs = Clients.sqs(queues.endpoint())) {
            String url = queues.queueUrl("raw-events").toString();
            assertThat(sqs.getQueueUrl(get -> get.queueName("raw-events")).queueUrl())
                    .isEqualTo(url);
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("poison"));

            List<Message> received = new ArrayList<>();
            String deadLetters = queues.queueUrl("raw-events-dead-letters").toString();
            List<Message> dead = new ArrayList<>();
            Clients.await(
                    () -> {
                        received.addAll(receive(sqs, url));
                        dead.addAll(receive(sqs, deadLetters));
                        return !dead.isEmpty();
                    });
            assertThat(received).hasSize(2);
            assertThat(dead).singleElement().returns("poison", Message::body);
        }
    }

    @Test
    void messagesSurviveARestartAndNewSettingsTakeEffect() throws Exception {
        try (LocalQueues queues = start(Duration.ofSeconds(600));
                SqsClient sqs = Clients.sqs(queues.endpoint())) {
            String url = queues.queueUrl("raw-events").toString();
            for (String body : List.of("done", "in flight", "größer")) {
                sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
            }
            Message done = receiveOne(sqs, url);
            sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(done.receiptHandle()));
        }
        try (LocalQueues queues = start(Duration.ofSeconds(7));
                SqsClient sqs = Clients.sqs(queues.endpoint())) {
            String url = queues.queueUrl("raw-events").toString();
            Set<String> bodies = new HashSet<>();
            Clients.await(
                    () -> {
                        receive(sqs, url).forEach(message -> bodies.add(message.body()));
                        return bodies.size() == 2;
                    });
            assertThat(bodies).isEqualTo(Set.of("in flight", "größer"));
            assertThat(
                            sqs.getQueueAttributes(
                                            get ->
                                                    get.queueUrl(url)
                                                            .attributeNames(
                                                                    QueueAttributeName
                                                                            .VISIBILITY_TIMEOUT))
                                    .attributes())
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "7");
        }
    }

    /** Every message with a confirmed send must be there, and none with a confirmed deletion. */
    @Test
    void afterAKillTheMessagesAreThoseThatWereAnswered() throws Exception {
        Set<String> sent = ConcurrentHashMap.newKeySet();
        Set<String> deleted = ConcurrentHashMap.newKeySet();
        Set<String> maybeDeleted = ConcurrentHashMap.newKeySet();
        try (LocalQueues queues = start(Duration.ofSeconds(1));
                SqsClient sqs = Clients.sqs(queues.endpoint());
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            String url = queues.queueUrl("raw-events").toString();
            for (int thread = 0; thread < 2; thread++) {
                String prefix = thread + "-";
                threads.execute(() -> sendUntilItFails(sqs, url, prefix, sent));
            }
            threads.execute(() -> deleteUntilItFails(sqs, url, deleted, maybeDeleted));
            Clients.await(() -> sent.size() > 150 && deleted.size() > 30);
            Clients.kill(queues.pid());
        }
        try (LocalQueues queues = start(Duration.ofSeconds(60));
                SqsClient sqs = Clients.sqs(queues.endpoint())) {
            String url = queues.queueUrl("raw-events").toString();
            String deadLetters = queues.queueUrl("raw-events-dead-letters").toString();
            Set<String> missing = new HashSet<>(sent);
            missing.removeAll(deleted);
            missing.removeAll(maybeDeleted);
            Set<String> found = new HashSet<>();
            Clients.await(
                    () -> {
                        receive(sqs, url).forEach(message -> found.add(message.body()));
                        receive(sqs, deadLetters).forEach(message -> found.add(message.body()));
                        return found.containsAll(missing);
                    });
            assertThat(found).doesNotContainAnyElementsOf(deleted);
        }
    }

    private static void sendUntilItFails(
            SqsClient sqs, String url, String prefix, Set<String> sent) {
        try {
            for (int n = 0; ; n++) {
                String body = prefix + n;
                sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
                sent.add(body);
            }
        } catch (SdkException e) {
            // The server was killed.
        }
    }

    private static void deleteUntilItFails(
            SqsClient sqs, String url, Set<String> deleted, Set<String> maybeDeleted) {
        try {
            while (true) {
                for (Message message : receive(sqs, url)) {
                    maybeDeleted.add(message.body());
                    sqs.deleteMessage(
                            delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
                    deleted.add(message.body());
                }
            }
        } catch (SdkException e) {
            // The server was killed.
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> LocalQueues.start(data.resolve("queues"), port, List.of()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + port + ", wanted for SQS");
        }
    }

    private static List<Message> receive(SqsClient sqs, String url) {
        return sqs.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    private static Message receiveOne(SqsClient sqs, String url) {
        return sqs.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(1))
                .messages()
                .get(0);
    }
}
