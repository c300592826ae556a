package io.shopflow.dashboard.signin;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake load balancer: signs tokens and serves its public keys. */
public class LoadBalancer implements QuarkusTestResourceLifecycleManager {

    static final String ARN =
            "arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/shopflow-dashboard/0123456789abcdef";
    static final String ISSUER = "https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_example";
    static final String KEY_ID = "12345678-1234-1234-1234-123456789012";

    private static final KeyPair KEY = keyPair("secp256r1");

    /** Ids of requested keys. */
    static final List<String> REQUESTED = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/",
                exchange -> {
                    String id = exchange.getRequestURI().getPath().substring(1);
                    REQUESTED.add(id);
                    byte[] body =
                            switch (id) {
                                case KEY_ID -> pem(KEY);
                                case "garbage" -> "no key".getBytes(StandardCharsets.UTF_8);
                                default -> new byte[0];
                            };
                    int status = id.equals("away") ? 500 : body.length == 0 ? 404 : 200;
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return Map.of(
                "shopflow.dashboard.sign-in.load-balancer-arn",
                ARN,
                "shopflow.dashboard.sign-in.issuer",
                ISSUER,
                "shopflow.dashboard.sign-in.keys",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** A load balancer's token, which can be changed before it is signed. */
    static Token token() {
        return new Token(
                "ES256", KEY_ID, ARN, ISSUER, Instant.now().plus(Duration.ofMinutes(2)), "reader");
    }

    record Token(
            String algorithm,
            String keyId,
            String signer,
            String issuer,
            Instant expires,
            String reader) {

        Token algorithm(String other) {
            return new Token(other, keyId, signer, issuer, expires, reader);
        }

        Token keyId(String other) {
            return new Token(algorithm, other, signer, issuer, expires, reader);
        }

        Token signer(String other) {
            return new Token(algorithm, keyId, other, issuer, expires, reader);
        }

        Token issuer(String other) {
            return new Token(algorithm, keyId, signer, other, expires, reader);
        }

        Token expires(Instant other) {
            return new Token(algorithm, keyId, signer, issuer, other, reader);
        }

        Token reader(String other) {
            return new Token(algorithm, keyId, signer, issuer, expires, other);
        }

        String signed() {
            return signed(KEY);
        }

        String signed(KeyPair key) {
            String content =
                    padded(
                                    """
                                    {"typ":"JWT","kid":"%s","alg":"%s","iss":"%s","client":"any","signer":"%s","exp":%d}"""
                                            .formatted(
                                                    keyId,
                                                    algorithm,
                                                    issuer,
                                                    signer,
                                                    expires.getEpochSecond()))
                            + "."
                            + padded(
                                    """
                                    {"sub":"%s","exp":%d,"iss":"%s"}"""
                                            .formatted(reader, expires.getEpochSecond(), issuer));
            try {
                Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initSign(key.getPrivate());
                signature.update(content.getBytes(StandardCharsets.US_ASCII));
                return content + "." + Base64.getUrlEncoder().encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Base64url with padding, as load balancers encode it; standard tokens have no padding. */
    static String padded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static KeyPair keyPair(String curve) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec(curve));
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pem(KeyPair key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(key.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
