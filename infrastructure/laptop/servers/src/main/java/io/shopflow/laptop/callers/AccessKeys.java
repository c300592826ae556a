package io.shopflow.laptop.callers;

import io.shopflow.laptop.callers.Callers.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of one stack: several access key ids, by which the servers identify callers, and one
 * secret.
 *
 * @param ids empty: any id that is signed with the secret
 */
public record AccessKeys(Set<String> ids, String secret) {

    public AccessKeys {
        ids = Set.copyOf(ids);
    }

    Optional<Refusal> refusal(HttpCall call, byte[] body, String service) {
        Optional<Signature> signature = Signature.of(call.header("Authorization"));
        if (signature.isEmpty()) {
            return Optional.of(
                    new Refusal("AccessDenied", "The request has no AWS signature (version 4)."));
        }
        if (!ids.isEmpty() && !ids.contains(signature.get().accessKeyId())) {
            return Optional.of(
                    new Refusal("InvalidAccessKeyId", "No such access key id is known here."));
        }
        if (!signature.get().service().equals(service)
                || !signature.get().coversHost()
                || !sameBytes(
                        signature.get().expected(call, body, secret), signature.get().value())) {
            return Optional.of(
                    new Refusal(
                            "SignatureDoesNotMatch",
                            "The signature does not match; ./shopflow env prints the key."));
        }
        return Optional.empty();
    }

    /** The chunk signatures of an accepted request; empty if it has none. */
    public Optional<ChunkSignatures> chunks(HttpCall call) {
        String date = call.header(Signature.DATE_HEADER);
        return Signature.of(call.header("Authorization"))
                .map(signature -> new ChunkSignatures(signature, date == null ? "" : date, secret));
    }

    private static boolean sameBytes(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                given.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "AccessKeys" + ids;
    }
}
