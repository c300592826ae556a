package io.shopflow.laptop.callers;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule of all servers on a laptop: programs of this machine that have the secret may call, web
 * pages may not. A page in the user's browser can reach every port of 127.0.0.1. It is detected by
 * the headers that a browser adds or, if its own host name resolves to this machine, by that name.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Origin</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Sec-Fetch-Site</a>
 */
public final class Callers {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> NO_OTHER_SITE = Set.of("none", "same-origin");

    private final @Nullable AccessKeys keys;

    private Callers(@Nullable AccessKeys keys) {
        this.keys = keys;
    }

    /** Programs that have one of these keys. */
    public static Callers withKeys(AccessKeys keys) {
        return new Callers(keys);
    }

    /** All programs of this machine: for servers without keys, or with their own. */
    public static Callers programs() {
        return new Callers(null);
    }

    /**
     * The reason for which a request is rejected; empty if it is accepted.
     *
     * @param body empty if a header contains its hash, as S3's clients send it
     * @param service as the signature names it: {@code s3}, {@code sqs}, {@code secretsmanager}
     */
    public Optional<Refusal> refusal(HttpCall call, byte[] body, String service) {
        Optional<Refusal> page = pageRefusal(call);
        return page.isPresent() || keys == null ? page : keys.refusal(call, body, service);
    }

    /** The same for servers without signatures. */
    public static Optional<Refusal> pageRefusal(HttpCall call) {
        if (!isLoopback(call.header("Host"))) {
            return refused("Call this server as 127.0.0.1 or localhost.");
        }
        if (call.header("Origin") != null) {
            return refused("Web pages may not call this server.");
        }
        String site = call.header("Sec-Fetch-Site");
        if (site != null && !NO_OTHER_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            return refused("Pages of other sites may not call this server.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String message) {
        return Optional.of(new Refusal("AccessDenied", message));
    }

    /** Whether a Host header names this machine. */
    static boolean isLoopback(@Nullable String host) {
        return host != null
                && LOOPBACK.contains(host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT));
    }

    /**
     * A rejected request; the status is 403.
     *
     * @param code as AWS names it
     */
    public record Refusal(String code, String message) {}
}
