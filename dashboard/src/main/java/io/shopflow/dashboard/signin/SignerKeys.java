package io.shopflow.dashboard.signin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * The public keys of load balancers, fetched by their ids. The key of an id never changes, so it is
 * fetched once; load balancers use new ids from time to time.
 */
final class SignerKeys {

    /** An id becomes part of an address. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** How long an id without a key is not requested again. */
    private static final Duration ABSENT_FOR = Duration.ofMinutes(1);

    private static final int MAX_KEYS = 32;
    private static final int MAX_ABSENT = 1_000;
    private static final int MAX_KEY_BYTES = 4_096;

    private final URI address;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> absent = new ConcurrentHashMap<>();

    /** Limits concurrent requests, so that invented ids cannot block all threads. */
    private final Semaphore fetches = new Semaphore(2);

    SignerKeys(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * The key with this id; empty if there is none.
     *
     * @throws IOException if the keys are unavailable
     */
    Optional<PublicKey> find(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        PublicKey known = keys.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Instant requestedAt = absent.get(id);
        if (requestedAt != null && requestedAt.plus(ABSENT_FOR).isAfter(clock.instant())) {
            return Optional.empty();
        }
        if (!fetches.tryAcquire()) {
            throw new IOException("too many keys are being fetched");
        }
        try {
            return fetch(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            fetches.release();
        }
    }

    private Optional<PublicKey> fetch(String id) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        HttpRequest.newBuilder(address.resolve(id)).timeout(TIMEOUT).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        switch (response.statusCode()) {
            case 200 -> {
                PublicKey key = read(response.body());
                clearIfFull(keys, MAX_KEYS);
                keys.put(id, key);
                return Optional.of(key);
            }
            case 403, 404 -> {
                clearIfFull(absent, MAX_ABSENT);
                absent.put(id, clock.instant());
                return Optional.empty();
            }
            default -> throw new IOException("HTTP status " + response.statusCode());
        }
    }

    /** Drops all entries, which needs no order of use: missing ones are fetched again. */
    private static void clearIfFull(Map<String, ?> cache, int maxEntries) {
        if (cache.size() >= maxEntries) {
            cache.clear();
        }
    }

    private static PublicKey read(byte[] pem) throws IOException {
        if (pem.length > MAX_KEY_BYTES) {
            throw new IOException("no key: %,d bytes".formatted(pem.length));
        }
        String der =
                new String(pem, StandardCharsets.US_ASCII)
                        .replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")
                        .replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("no elliptic curve key", e);
        }
    }
}
