package io.shopflow.laptop.callers;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS's signature of a request, version 4, in its {@code Authorization} header.
 *
 * @param scope date, region, service and {@code aws4_request}
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
public record Signature(
        String accessKeyId, List<String> scope, List<String> signedHeaders, String value) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    ALGORITHM
                            + " +Credential=([^,/]+)/([0-9]{8})/([^,/]+)/([^,/]+)/(aws4_request), *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})");
    static final String DATE_HEADER = "x-amz-date";
    private static final String BODY_HEADER = "x-amz-content-sha256";

    public Signature {
        scope = List.copyOf(scope);
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** The signature in an {@code Authorization} header; empty if there is none. */
    public static Optional<Signature> of(@Nullable String authorization) {
        Matcher parts = AUTHORIZATION.matcher(authorization == null ? "" : authorization.strip());
        return parts.matches()
                ? Optional.of(
                        new Signature(
                                parts.group(1),
                                List.of(
                                        parts.group(2),
                                        parts.group(3),
                                        parts.group(4),
                                        parts.group(5)),
                                List.of(parts.group(6).split(";")),
                                parts.group(7)))
                : Optional.empty();
    }

    /** The access key id in an {@code Authorization} header; empty if there is none. */
    public static String accessKeyId(@Nullable String authorization) {
        return of(authorization).map(signature -> signature.accessKeyId()).orElse("");
    }

    /** Whether it is for this server only: a signature without the host may be for any server. */
    boolean coversHost() {
        return signedHeaders.contains("host");
    }

    /** The service that the signature names. */
    public String service() {
        return scope.get(2);
    }

    /**
     * The signature of this request with a secret. The body is ignored if a header contains its
     * hash, which the server compares with what it receives.
     */
    String expected(HttpCall call, byte[] body, String secret) {
        String bodyHash = call.header(BODY_HEADER);
        String canonical =
                String.join(
                        "\n",
                        call.method(),
                        canonicalPath(call.path()),
                        canonicalQuery(call.query()),
                        signedHeaders.stream()
                                .map(name -> name + ":" + canonicalValue(call.header(name)) + "\n")
                                .collect(Collectors.joining()),
                        String.join(";", signedHeaders),
                        bodyHash == null ? sha256(body) : bodyHash);
        String date = call.header(DATE_HEADER);
        String text =
                String.join(
                        "\n", ALGORITHM, date == null ? "" : date, scopeText(), sha256(canonical));
        return HexFormat.of().formatHex(hmac(key(secret), text));
    }

    /** The key of the scope. */
    byte[] key(String secret) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope) {
            key = hmac(key, part);
        }
        return key;
    }

    String scopeText() {
        return String.join("/", scope);
    }

    /** S3 uses the path as sent; the paths of the other services are plain. */
    private static String canonicalPath(String path) {
        return path.isEmpty() ? "/" : path;
    }

    private static String canonicalQuery(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.split("&")) {
            String[] nameAndValue = parameter.split("=", 2);
            parameters.add(
                    encoded(nameAndValue[0])
                            + "="
                            + encoded(nameAndValue.length > 1 ? nameAndValue[1] : ""));
        }
        return parameters.stream().sorted().collect(Collectors.joining("&"));
    }

    /** Decoded and encoded again: clients differ in the characters that they do not encode. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each :
                URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (isUnreserved(character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "-_.~".indexOf(character) >= 0;
    }

    private static String canonicalValue(@Nullable String value) {
        return value == null ? "" : value.strip().replaceAll(" +", " ");
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
