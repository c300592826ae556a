package io.shopflow.lambda.tests;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;

/** A function returns the error of a failed invocation, and serves the next one. */
public interface AnswersFailures {

    /** An event that the function serves. */
    default String usableEvent() {
        return "{\"Records\": []}";
    }

    /** A native process used to end here without a response. */
    @Test
    default void anInvocationThatFailsIsAnsweredWithItsErrorAndTheNextIsServed() {
        given().contentType("application/json")
                .body("[\"no event\"]")
                .post("/")
                .then()
                .statusCode(500)
                .body("errorType", endsWith("Exception"))
                .body("errorMessage", not(emptyOrNullString()));

        given().contentType("application/json")
                .body(usableEvent())
                .post("/")
                .then()
                .statusCode(200);
    }
}
