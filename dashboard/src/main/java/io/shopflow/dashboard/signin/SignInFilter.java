package io.shopflow.dashboard.signin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.signin.SignInCheck.Verdict;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Accepts only requests that the load balancer signed, for pages, assets and everything else,
 * except the liveness check, which the load balancer sends unsigned.
 */
@Singleton
public class SignInFilter {

    private static final Logger LOG = Logger.getLogger(SignInFilter.class);

    /** The load balancer's header about the reader; it drops this header from incoming requests. */
    private static final String TOKEN = "x-amzn-oidc-data";

    private static final String LIVENESS = "/q/health/live";

    /** Before compression, the pages and the static files. */
    private static final int FIRST = 1_000;

    /** Fails the start if figures would be open to other machines. */
    void register(
            @Observes Filters filters,
            DashboardConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        Clock clock = Clock.systemUTC();
        SignInRules.of(config.signIn(), host)
                .map(rules -> new SignInCheck(rules, new SignerKeys(rules.keys(), clock), clock))
                .ifPresent(check -> filters.register(request -> handle(check, request), FIRST));
    }

    private static void handle(SignInCheck check, RoutingContext request) {
        if (request.normalizedPath().equals(LIVENESS)) {
            request.next();
            return;
        }
        List<String> tokens = request.request().headers().getAll(TOKEN);
        // A key may have to be fetched.
        request.request().pause();
        request.vertx()
                .executeBlocking(() -> check.verdict(tokens), false)
                .onComplete(
                        result -> {
                            request.request().resume();
                            if (result.failed()) {
                                request.fail(result.cause());
                            } else {
                                answer(result.result(), request);
                            }
                        });
    }

    private static void answer(Verdict verdict, RoutingContext request) {
        switch (verdict) {
            case Verdict.SignedIn(String reader) -> {
                CurrentReader.is(reader, request);
                request.next();
            }
            case Verdict.Refused(String reason) -> {
                LOG.warnf("sign_in_refused reason=%s", reason);
                end(
                        request,
                        403,
                        "This dashboard answers only readers who have signed in at its load balancer. Open it at the address of the load balancer.\n");
            }
            case Verdict.Unverifiable(String reason) -> {
                LOG.errorf("sign_in_keys_unavailable cause=%s", reason);
                request.response().putHeader("Retry-After", "10");
                end(
                        request,
                        503,
                        "Whether you have signed in cannot be verified now, because the load balancer's keys cannot be read. Try again in some seconds.\n");
            }
        }
    }

    private static void end(RoutingContext request, int status, String message) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .end(message);
    }
}
