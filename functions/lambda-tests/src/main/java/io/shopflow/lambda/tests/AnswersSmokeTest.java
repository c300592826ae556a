package io.shopflow.lambda.tests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A function that {@code .ci/smoke-test} invokes after a deployment. {@code smoke-test.json} has
 * the event and the response of each function; the tests of the script read it too.
 *
 * <p>Incident: the smoke test used an invalid name of a source, took the refusal for a broken
 * function, and every deployment was rolled back. Its own test had passed, because a fake returned
 * the expected response. Here the fake's responses are compared with those of the functions.
 */
public interface AnswersSmokeTest {

    /** The name that the function is deployed under. */
    String function();

    /** The function's response equals the recorded one. */
    @Test
    default void theSmokeTestGetsTheRecordedResponse() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode recorded;
        try (InputStream file = AnswersSmokeTest.class.getResourceAsStream("/smoke-test.json")) {
            recorded = json.readTree(Objects.requireNonNull(file)).path(function());
        }

        String response =
                given().contentType("application/json")
                        .body(recorded.path("asked").toString())
                        .post("/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        compare(json.readTree(response), recorded.path("answered"));
    }

    /** Fails unless the response is the recorded one, except for what changes between releases. */
    default void compare(JsonNode response, JsonNode recorded) {
        assertThat(response).isEqualTo(recorded);
    }
}
