package io.shopflow.dashboard.signin;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.signin.LoadBalancer.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.shopflow.dashboard.LoggedLines;
import io.shopflow.dashboard.Warehouse;
import io.shopflow.dashboard.WarehouseServer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dashboard behind a load balancer accepts only requests that the load balancer signed. */
@QuarkusTest
@TestProfile(SignInTest.BehindLoadBalancer.class)
@QuarkusTestResource(value = WarehouseServer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = LoadBalancer.class, restrictToAnnotatedClass = true)
class SignInTest {

    /** Starts a separate application from the other tests. */
    public static class BehindLoadBalancer implements QuarkusTestProfile {}

    private static final String TOKEN = "x-amzn-oidc-data";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/runs",
                "/freshness",
                "/explore",
                "/explore/sales_orders",
                "/explore/sales_orders.csv",
                "/explore/sales_orders.xlsx",
                "/assets/app.css",
                "/q/health/ready",
                "/q/health",
                "/nowhere",
                "/q/health/live/../ready"
            })
    void nothingIsAnsweredWithoutASignature(String path) {
        Response answer = given().urlEncodingEnabled(false).get(path);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("signed in at its load balancer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy")).isNotBlank();
    }

    @Test
    void theLoadBalancerMayAskWhetherTheProcessLives() {
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aReaderWhoSignedInSeesPagesAndAssets() {
        for (String path : List.of("/runs", "/freshness", "/assets/app.css")) {
            assertThat(status(path, token().signed())).as(path).isEqualTo(200);
        }
    }

    /** Lengths of the content whose Base64 ends with none, one and two signs of padding. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc"})
    void paddingIsPartOfWhatIsSigned(String reader) {
        String padded = token().reader(reader).signed();
        assertThat(status("/runs", padded)).isEqualTo(200);
        if (padded.contains("=.")) {
            assertThat(status("/runs", padded.replace("=", ""))).isEqualTo(403);
        }
    }

    @Test
    void aKeyIsFetchedOnce() {
        status("/runs", token().signed());
        status("/runs", token().signed());
        assertThat(Collections.frequency(LoadBalancer.REQUESTED, LoadBalancer.KEY_ID)).isEqualTo(1);
    }

    @Test
    void whatAnotherLoadBalancerSignedIsRefused() {
        assertThat(status("/runs", token().signer(LoadBalancer.ARN + "0").signed())).isEqualTo(403);
    }

    @Test
    void whoSignedInElsewhereIsRefused() {
        assertThat(status("/runs", token().issuer("https://elsewhere.test").signed()))
                .isEqualTo(403);
    }

    @Test
    void aTokenThatExpiredIsRefused() {
        assertThat(status("/runs", token().expires(Instant.now().minusSeconds(60)).signed()))
                .isEqualTo(403);
        assertThat(status("/runs", token().expires(Instant.EPOCH).signed())).isEqualTo(403);
    }

    @Test
    void aSignatureWithAnotherKeyIsRefused() {
        assertThat(status("/runs", token().signed(LoadBalancer.keyPair("secp256r1"))))
                .isEqualTo(403);
        assertThat(status("/runs", token().signed(LoadBalancer.keyPair("secp384r1"))))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256", "ES384", "es256", ""})
    void anotherAlgorithmIsRefused(String algorithm) {
        assertThat(status("/runs", token().algorithm(algorithm).signed())).isEqualTo(403);
    }

    @Test
    void aChangedOrMissingPartIsRefused() {
        String[] parts = token().signed().split("\\.");
        String other = LoadBalancer.padded("{\"sub\":\"someone else\"}");
        String zeros = Base64.getUrlEncoder().encodeToString(new byte[64]);
        for (String wrong :
                List.of(
                        parts[0] + "." + other + "." + parts[2],
                        parts[0] + "." + parts[1] + ".",
                        parts[0] + "." + parts[1] + "." + zeros,
                        parts[0] + "." + parts[1],
                        parts[0] + "." + parts[1] + "." + parts[2] + ".",
                        parts[1] + "." + parts[1] + "." + parts[2],
                        "..",
                        "%%%." + parts[1] + "." + parts[2],
                        "Bearer")) {
            assertThat(status("/runs", wrong)).as(wrong).isEqualTo(403);
        }
    }

    @Test
    void aTokenWithoutAReaderIsRefused() {
        assertThat(status("/runs", token().reader("").signed())).isEqualTo(403);
    }

    @Test
    void whoReadsAboutACustomerIsLoggedByTheIdOfTheIssuer() {
        Warehouse.empty().smallShop();
        LoggedLines log = LoggedLines.of("io.shopflow.dashboard.customers.CustomerReads");
        assertThat(status("/customers/shop/c1", token().reader("4f1c-77").signed())).isEqualTo(200);
        assertThat(log.lines())
                .containsExactly("customer_read reader=4f1c-77 customer=/customers/shop/c1");
    }

    @Test
    void whoReadsAViewIsLoggedByTheIdOfTheIssuer() {
        Warehouse.empty().smallShop();
        LoggedLines log = LoggedLines.of("io.shopflow.dashboard.explore.ExploreRequests");
        for (String path : List.of("/explore/sales_orders", "/explore/sales_orders.xlsx")) {
            assertThat(status(path, token().reader("4f1c-77").signed())).as(path).isEqualTo(200);
        }
        assertThat(log.lines())
                .containsExactly(
                        "view_read reader=4f1c-77 view=/explore/sales_orders as=page",
                        "view_read reader=4f1c-77 view=/explore/sales_orders as=xlsx");
    }

    @Test
    void twoTokensAreRefused() {
        String token = token().signed();
        assertThat(given().header(TOKEN, token, token).get("/runs").statusCode()).isEqualTo(403);
    }

    @Test
    void anUnknownKeyIsRequestedOnceAMinute() {
        assertThat(status("/runs", token().keyId("unknown").signed())).isEqualTo(403);
        assertThat(status("/runs", token().keyId("unknown").signed())).isEqualTo(403);
        assertThat(Collections.frequency(LoadBalancer.REQUESTED, "unknown")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "a/b", "http://elsewhere.test/key", "a?b", ""})
    void aKeyIdIsNoAddress(String id) {
        List<String> asked = List.copyOf(LoadBalancer.REQUESTED);
        assertThat(status("/runs", token().keyId(id).signed())).isEqualTo(403);
        assertThat(LoadBalancer.REQUESTED).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "garbage"})
    void whileKeysCannotBeReadSignInsFailAndCanBeRetried(String id) {
        Response answer = given().header(TOKEN, token().keyId(id).signed()).get("/runs");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
        assertThat(answer.asString()).contains("cannot be verified now");
    }

    private static int status(String path, String token) {
        return given().header(TOKEN, token).get(path).statusCode();
    }
}
