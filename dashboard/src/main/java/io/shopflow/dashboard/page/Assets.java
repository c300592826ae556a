package io.shopflow.dashboard.page;

import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses of static files. They contain the content's hash, so that browsers may cache them. */
@TemplateExtension(namespace = "asset")
public final class Assets {
    private static final Map<String, String> URLS = new ConcurrentHashMap<>();

    private Assets() {}

    /** The address of a file in {@code META-INF/resources/assets}. */
    public static String url(String name) {
        return URLS.computeIfAbsent(name, Assets::addressOf);
    }

    private static String addressOf(String name) {
        return "/assets/" + name + "?v=" + hashOf("META-INF/resources/assets/" + name);
    }

    private static String hashOf(String resource) {
        try (InputStream content =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalArgumentException("No such asset: " + resource);
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
