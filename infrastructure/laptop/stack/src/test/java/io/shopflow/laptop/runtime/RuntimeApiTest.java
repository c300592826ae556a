package io.shopflow.laptop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.runtime.InvocationResult.Failed;
import io.shopflow.laptop.runtime.InvocationResult.Succeeded;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol, call by call, as a runtime client uses it. */
class RuntimeApiTest {

    private final RuntimeApi api =
            RuntimeApi.start(
                    new FunctionSettings("load", 512, Duration.ofSeconds(90), 1, Map.of()));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        api.close();
        client.close();
    }

    @Test
    void nextCarriesTheEventAndAllHeadersOfTheContract() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{\"n\":1}");
        HttpResponse<String> next = next();
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("{\"n\":1}");
        assertThat(header(next, "Lambda-Runtime-Aws-Request-Id")).hasSize(36);
        assertThat(Long.parseLong(header(next, "Lambda-Runtime-Deadline-Ms")))
                .isBetween(
                        Instant.now().plusSeconds(60).toEpochMilli(),
                        Instant.now().plusSeconds(91).toEpochMilli());
        assertThat(header(next, "Lambda-Runtime-Invoked-Function-Arn"))
                .isEqualTo("arn:aws:lambda:local:000000000000:function:load");
        assertThat(header(next, "Lambda-Runtime-Trace-Id"))
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(result).isNotDone();
    }

    @Test
    void nextWaitsForAnEvent() throws Exception {
        CompletableFuture<HttpResponse<String>> next =
                client.sendAsync(get("invocation/next"), HttpResponse.BodyHandlers.ofString());
        api.initialised().get(5, TimeUnit.MINUTES);
        assertThat(next).isNotDone();
        api.invoke("{}");
        assertThat(next.get(5, TimeUnit.MINUTES).body()).isEqualTo("{}");
    }

    @Test
    void aResponseEndsTheInvocation() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{}");
        String id = header(next(), "Lambda-Runtime-Aws-Request-Id");
        HttpResponse<String> answer = post("invocation/" + id + "/response", "[1]");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"status\":\"OK\"}");
        assertThat(result.get(5, TimeUnit.MINUTES)).isEqualTo(new Succeeded("[1]"));
    }

    @Test
    void anErrorEndsTheInvocation() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{}");
        String id = header(next(), "Lambda-Runtime-Aws-Request-Id");
        assertThat(
                        post(
                                        "invocation/" + id + "/error",
                                        "{\"errorType\":\"Bug\",\"errorMessage\":\"broken\"}")
                                .statusCode())
                .isEqualTo(202);
        assertThat(result.get(5, TimeUnit.MINUTES)).isEqualTo(new Failed("Bug", "broken"));
    }

    @Test
    void anErrorThatIsNoJsonIsAnErrorAllTheSame() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{}");
        String id = header(next(), "Lambda-Runtime-Aws-Request-Id");
        post("invocation/" + id + "/error", "oops");
        assertThat(result.get(5, TimeUnit.MINUTES))
                .isEqualTo(new Failed("Unhandled", "no message"));
    }

    @Test
    void aResponseTwiceOrToAnotherInvocationIsRefused() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{}");
        String id = header(next(), "Lambda-Runtime-Aws-Request-Id");
        assertThat(post("invocation/other/response", "1").statusCode()).isEqualTo(400);
        assertThat(result).isNotDone();
        post("invocation/" + id + "/response", "1");
        assertThat(post("invocation/" + id + "/response", "2").body()).contains("InvalidRequestID");
        assertThat(result.get(5, TimeUnit.MINUTES)).isEqualTo(new Succeeded("1"));
    }

    @Test
    void anErrorOfInitialisationIsReported() throws Exception {
        post("init/error", "{\"errorType\":\"Init\",\"errorMessage\":\"no database\"}");
        assertThatThrownBy(() -> api.initialised().get(5, TimeUnit.MINUTES))
                .hasMessageContaining("no database");
    }

    @Test
    void whatIsNoOperationIsNotFound() throws Exception {
        api.invoke("{}");
        String id = header(next(), "Lambda-Runtime-Aws-Request-Id");
        assertThat(post("invocation/" + id + "/nonsense", "1").statusCode()).isEqualTo(404);
        assertThat(post("nonsense", "1").statusCode()).isEqualTo(404);
    }

    /** A page in the user's browser could take an event from its function. */
    @Test
    void nobodyButTheFunctionsProcessIsGivenAnEvent() throws Exception {
        CompletableFuture<InvocationResult> result = api.invoke("{\"n\":1}");
        String port = api.address().replaceFirst("/.*", "");
        for (String address : List.of(port, port + "/", port + "/guessed")) {
            HttpRequest guess =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://"
                                                    + address
                                                    + "/2018-06-01/runtime/invocation/next"))
                            .build();
            assertThat(client.send(guess, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
        for (String header : List.of("Origin", "Sec-Fetch-Site")) {
            HttpRequest page =
                    HttpRequest.newBuilder(uri("invocation/next"))
                            .header(header, "cross-site")
                            .build();
            assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
        assertThat(result).isNotDone();
        assertThat(next().body()).isEqualTo("{\"n\":1}");
    }

    @Test
    void onlyOneEventIsGivenAtATime() {
        api.invoke("1");
        assertThatThrownBy(() -> api.invoke("2")).isInstanceOf(IllegalStateException.class);
    }

    private HttpResponse<String> next() throws Exception {
        return client.send(get("invocation/next"), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(String path) {
        return URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
