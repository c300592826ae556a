package io.shopflow.dashboard.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the load balancer's statement about a reader: a JSON Web Token in the header {@code
 * x-amzn-oidc-data}, signed with ES256, whose own header names signer, issuer and expiry. See <a
 * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding">AWS</a>.
 */
final class SignInCheck {

    /** The result of verifying a token. */
    sealed interface Verdict {
        /** The reader signed in, under this id of the issuer. */
        record SignedIn(String reader) implements Verdict {}

        /** No reader has signed in, or not at this load balancer; the reason is for the log. */
        record Refused(String reason) implements Verdict {}

        /** The key could not be fetched: a retry may help. */
        record Unverifiable(String reason) implements Verdict {}
    }

    /** The tolerated clock difference. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final SignInRules rules;
    private final SignerKeys keys;
    private final Clock clock;

    SignInCheck(SignInRules rules, SignerKeys keys, Clock clock) {
        this.rules = rules;
        this.keys = keys;
        this.clock = clock;
    }

    /** Verifies the values of the header: there must be exactly one. */
    Verdict verdict(List<String> tokens) {
        if (tokens.size() != 1) {
            return new Verdict.Refused(tokens.isEmpty() ? "no_token" : "several_tokens");
        }
        String[] parts = tokens.getFirst().split("\\.", -1);
        if (parts.length != 3) {
            return new Verdict.Refused("no_jwt");
        }
        try {
            return verdict(parts);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Verdict.Refused("no_jwt");
        } catch (IOException e) {
            return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
        }
    }

    private Verdict verdict(String[] parts) throws IOException {
        JsonNode header = JSON.readTree(decoded(parts[0]));
        if (!"ES256".equals(text(header, "alg")) || header.has("crit")) {
            return new Verdict.Refused("other_algorithm");
        }
        if (!rules.loadBalancerArn().equals(text(header, "signer"))) {
            return new Verdict.Refused("other_signer");
        }
        if (!rules.issuer().equals(text(header, "iss"))) {
            return new Verdict.Refused("other_issuer");
        }
        if (isOver(header.path("exp"))) {
            return new Verdict.Refused("expired");
        }
        Optional<PublicKey> key = keys.find(text(header, "kid"));
        if (key.isEmpty()) {
            return new Verdict.Refused("unknown_key");
        }
        if (!isSigned(parts, key.get())) {
            return new Verdict.Refused("wrong_signature");
        }
        // The signature and header are valid; the claims must not contradict them.
        JsonNode claims = JSON.readTree(decoded(parts[1]));
        if (claims.has("exp") && isOver(claims.path("exp"))) {
            return new Verdict.Refused("expired");
        }
        if (claims.has("iss") && !rules.issuer().equals(text(claims, "iss"))) {
            return new Verdict.Refused("other_issuer");
        }
        String reader = text(claims, "sub");
        return reader.isBlank() ? new Verdict.Refused("no_reader") : new Verdict.SignedIn(reader);
    }

    /** Load balancers pad their Base64, which JSON Web Tokens do not; the padding is signed. */
    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part.replaceFirst("=+$", ""));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : "";
    }

    private boolean isOver(JsonNode seconds) {
        return !seconds.canConvertToLong()
                || !Instant.ofEpochSecond(seconds.longValue())
                        .plus(CLOCKS)
                        .isAfter(clock.instant());
    }

    private static boolean isSigned(String[] parts, PublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(decoded(parts[2]));
        } catch (GeneralSecurityException e) {
            // The signature has the wrong length, or the key is on another curve.
            return false;
        }
    }
}
