package io.shopflow.lambda.tests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A function that {@code .ci/smoke-test} invokes after a deployment.
 *
 * <p>Incident: the smoke test used an invalid name of a source, took the refusal for a broken
 * function, and every deployment was rolled back. Its own test had passed, because a fake returned
 * the expected response. Here the fake's responses are compared with those of the functions.
 */
public interface AnswersSmokeTest {

    /** The name that the function is deployed under. */
    String function();

    /** The function's response equals the fake's. */
    @Test
    default void theSmokeTestGetsTheAnswerThatItsFakeGives() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode smokeTest =
                json.readTree(
                                Path.of(
                                                System.getProperty("shopflow.home"),
                                                ".ci/tests-of-scripts/fakes/answers.json")
                                        .toFile())
                        .path(function());

        String answer =
                given().contentType("application/json")
                        .body(smokeTest.path("asked").toString())
                        .post("/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        assertThat(json.readTree(answer)).isEqualTo(smokeTest.path("answered"));
    }
}
