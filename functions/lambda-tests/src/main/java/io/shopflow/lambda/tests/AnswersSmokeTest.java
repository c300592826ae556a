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
 * <p>Incident: the smoke test asked for a source that no source may be called, took the refusal for
 * a broken function, and every deployment was rolled back. Its own test had passed, because a fake
 * answered what the script wished for; the fake's answers are held against the functions here.
 */
public interface AnswersSmokeTest {

    /** The name that the function is deployed under. */
    String function();

    /** What the fake answers in the function's name is what the function answers. */
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
