package io.shopflow.lambda.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The datagrams to X-Ray's daemon, at a real socket. */
class TracerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL = "{\"format\": \"json\", \"version\": 1}";
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String SEGMENT = "53995c3f42cd8ad8";
    private static final String SAMPLED =
            "Root=" + ROOT + ";Parent=" + SEGMENT + ";Sampled=1;Lineage=1:a87bd80c:0";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-01T02:00:00.250Z"), ZoneOffset.UTC);

    private DatagramSocket daemon;

    @BeforeEach
    void listen() throws IOException {
        daemon = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void aStepIsASubsegmentOfTheInvocation() throws Exception {
        assertThat(tracer(SAMPLED).step("load orders", Map.of("run_id", "01JZ"), () -> 7))
                .isEqualTo(7);

        JsonNode step = received(1).getFirst();
        assertThat(step.path("id").asText()).matches("[0-9a-f]{16}").isNotEqualTo(SEGMENT);
        assertThat(step)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {
                                  "type": "subsegment",
                                  "name": "load orders",
                                  "id": "%s",
                                  "trace_id": "%s",
                                  "parent_id": "%s",
                                  "start_time": 1780279200.25,
                                  "end_time": 1780279200.25,
                                  "annotations": {"run_id": "01JZ"}
                                }"""
                                        .formatted(step.path("id").asText(), ROOT, SEGMENT)));
    }

    @Test
    void whatIsDoneWithinAStepIsTheSteps() throws Exception {
        Tracer tracer = tracer(SAMPLED);

        tracer.step(
                "transform",
                () -> {
                    tracer.call("S3", "GetObject", () -> "");
                    return tracer.call("S3", "PutObject", () -> "");
                });
        tracer.call("S3", "HeadObject", () -> "");

        List<JsonNode> told = received(4);
        JsonNode step = told.get(2);
        assertThat(step.path("parent_id").asText()).isEqualTo(SEGMENT);
        assertThat(told.subList(0, 2))
                .allMatch(call -> call.path("parent_id").equals(step.path("id")))
                .allMatch(call -> call.path("namespace").asText().equals("aws"))
                .allMatch(call -> call.path("name").asText().equals("S3"))
                .extracting(call -> call.path("aws").path("operation").asText())
                .containsExactly("GetObject", "PutObject");
        assertThat(told.get(3).path("parent_id").asText()).isEqualTo(SEGMENT);
    }

    @Test
    void aStepThatFailsIsAFaultWithoutItsMessage() throws Exception {
        Tracer tracer = tracer(SAMPLED);

        assertThatThrownBy(
                        () ->
                                tracer.step(
                                        "load",
                                        () -> {
                                            throw new FileNotFoundException("ada@example.com");
                                        }))
                .isInstanceOf(FileNotFoundException.class);

        JsonNode step = received(1).getFirst();
        assertThat(step.path("fault").asBoolean()).isTrue();
        assertThat(step.path("cause").path("exceptions").path(0).path("type").asText())
                .isEqualTo("java.io.FileNotFoundException");
        assertThat(step.toString()).doesNotContain("ada@example.com");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Root=" + ROOT + ";Parent=" + SEGMENT + ";Sampled=0",
                "Root=" + ROOT + ";Parent=" + SEGMENT,
                "Root=" + ROOT + ";Sampled=1",
                "Root=1-x;Parent=" + SEGMENT + ";Sampled=1",
                "Parent=" + SEGMENT + ";Sampled=1",
                "=;;Root",
            })
    void unsampledTracesAreNotWritten(String header) throws Exception {
        assertThat(tracer(header).step("load", () -> 7)).isEqualTo(7);

        assertThat(received(1)).isEmpty();
    }

    @Test
    void withoutADaemonTheWorkIsDone() throws Exception {
        assertThat(Tracer.none().step("load", () -> 7)).isEqualTo(7);
        assertThat(Tracer.ofEnvironment().call("S3", "GetObject", () -> 8)).isEqualTo(8);
    }

    /** The daemon has stopped, and a datagram can be too large for the socket. */
    @Test
    void aDaemonThatIsAwayFailsNothing() throws Exception {
        daemon.close();

        assertThat(tracer(SAMPLED).step("load", () -> 7)).isEqualTo(7);
        assertThat(tracer(SAMPLED).step("x".repeat(70_000), () -> 8)).isEqualTo(8);
    }

    @Test
    void aTraceIsNotFloodedWithCalls() throws Exception {
        Tracer tracer = tracer(SAMPLED);
        daemon.setReceiveBufferSize(4 << 20);

        for (int i = 0; i < 600; i++) {
            tracer.call("S3", "PutObject", () -> "");
        }
        tracer.step("the end", () -> "");

        List<JsonNode> told = received(1_000);
        assertThat(told).hasSize(501);
        assertThat(told.getLast().path("name").asText()).isEqualTo("the end");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2000, 2000",
        "udp:127.0.0.1:2001, 2001",
        "tcp:127.0.0.1:2000 udp:127.0.0.1:2001, 2001",
        "udp:127.0.0.1:2001 tcp:127.0.0.1:2000, 2001",
    })
    void aDaemonsAddressIsRead(String text, int port) {
        assertThat(DaemonAddress.parse(text)).contains(new InetSocketAddress("127.0.0.1", port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "here",
                "127.0.0.1:70000",
                "tcp:127.0.0.1:2000",
                "no.such.host.invalid:1"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(DaemonAddress.parse(text)).isEmpty();
    }

    private Tracer tracer(String header) {
        return new Tracer(
                Optional.of(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                daemon.isClosed() ? 9 : daemon.getLocalPort())),
                () -> header,
                CLOCK);
    }

    /** The received datagrams, up to this many. */
    private List<JsonNode> received(int most) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        daemon.setSoTimeout((int) Duration.ofMillis(200).toMillis());
        byte[] buffer = new byte[1 << 16];
        while (documents.size() < most) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                daemon.receive(packet);
            } catch (SocketTimeoutException e) {
                break;
            }
            String[] parts =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                            .split("\n", 2);
            assertThat(parts[0]).isEqualTo(PROTOCOL);
            documents.add(JSON.readTree(parts[1]));
        }
        return documents;
    }
}
