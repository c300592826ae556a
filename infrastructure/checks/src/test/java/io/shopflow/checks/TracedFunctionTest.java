package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.FunctionSettings;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.LocalFunction;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged transform in front of an X-Ray daemon and an S3 that has no object. */
class TracedFunctionTest {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));

    private final List<String> headers = new CopyOnWriteArrayList<>();

    @TempDir Path folder;

    @Test
    void anInvocationsStepsAreTracedAndItsCallsCarryTheTrace() throws Exception {
        PartId part = new PartId("shop", RunId.create(), StreamName.ORDERS, 1);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HttpServer s3 = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        s3.createContext("/", this::noSuchKey);
        s3.start();
        try (DatagramSocket daemon = new DatagramSocket(new InetSocketAddress(loopback, 0));
                LocalFunction transform =
                        new LocalFunction(
                                settings(s3.getAddress().getPort(), daemon.getLocalPort()),
                                FunctionPackage.locate(HOME, "transform", folder.resolve("cache")),
                                folder,
                                folder.resolve("transform.log"),
                                (name, process) -> {})) {
            InvocationResult result = transform.invoke(eventOf(part));

            assertThat(result)
                    .isEqualTo(
                            new InvocationResult.Succeeded(
                                    "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}"));
            JsonNode call = received(daemon);
            JsonNode step = received(daemon);
            assertThat(call.path("name").asText()).isEqualTo("S3");
            assertThat(call.path("aws").path("operation").asText()).isEqualTo("GetObject");
            assertThat(call.path("parent_id")).isEqualTo(step.path("id"));
            assertThat(call.has("fault")).isFalse();
            assertThat(step.path("name").asText()).isEqualTo("transform orders");
            assertThat(step.path("fault").asBoolean()).isTrue();
            assertThat(step.path("annotations").path("run_id").asText())
                    .isEqualTo(part.runId().value());
            assertThat(headers)
                    .isNotEmpty()
                    .allMatch(
                            header ->
                                    header.startsWith(
                                            "Root=%s;Parent=%s;Sampled=1"
                                                    .formatted(
                                                            step.path("trace_id").asText(),
                                                            step.path("parent_id").asText())));
        } finally {
            s3.stop(0);
        }
    }

    private static FunctionSettings settings(int s3, int daemon) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + daemon);
        environment.put("QUARKUS_S3_ENDPOINT_OVERRIDE", "http://127.0.0.1:" + s3);
        environment.put("QUARKUS_S3_PATH_STYLE_ACCESS", "true");
        environment.put("SHOPFLOW_PSEUDONYM_KEY_ID", "k");
        environment.put(
                "SHOPFLOW_PSEUDONYM_KEY",
                Base64.getEncoder()
                        .encodeToString(
                                "a key of thirty-two bytes or so."
                                        .getBytes(StandardCharsets.UTF_8)));
        return new FunctionSettings("transform", 512, Duration.ofSeconds(60), 1, environment);
    }

    private static String eventOf(PartId part) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String body =
                "{\"Records\": [{\"s3\": {\"bucket\": {\"name\": \"shopflow-data\"}, \"object\": {\"key\": \"%s\"}}}]}"
                        .formatted(part.rawKey().replace("=", "%3D"));
        return json.writeValueAsString(
                Map.of("Records", List.of(Map.of("messageId", "m1", "body", body))));
    }

    private static JsonNode received(DatagramSocket daemon) throws IOException {
        daemon.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
        DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
        daemon.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        return new ObjectMapper().readTree(text.substring(text.indexOf('\n')));
    }

    private void noSuchKey(HttpExchange exchange) throws IOException {
        headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id")));
        byte[] body =
                "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
