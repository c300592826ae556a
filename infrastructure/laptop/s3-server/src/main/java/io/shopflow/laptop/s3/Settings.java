package io.shopflow.laptop.s3;

import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.Callers;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server is started with, read from a properties file: {@code port}, {@code root} (the
 * objects), {@code port-file} (the server writes its port there once it answers), {@code bucket},
 * {@code calls} (a file to which each call is written once; none where it is not given), {@code
 * secret} (with which calls are to be signed; where it is not given any program may call), {@code
 * access-key-ids} (the ids to be signed with, separated by commas) and any number of {@code
 * notification.<n>.prefix}, {@code .suffix}, {@code .queue-url}, counted from 0.
 *
 * @param port 0 takes a free one
 */
record Settings(
        int port,
        Path root,
        Path portFile,
        String bucket,
        List<Notification> notifications,
        @Nullable Path calls,
        Callers callers) {

    /** Where the events of some keys go. */
    record Notification(String prefix, String suffix, URI queueUrl) {

        boolean covers(String key) {
            return key.startsWith(prefix) && key.endsWith(suffix);
        }
    }

    static Settings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        List<Notification> notifications = new ArrayList<>();
        for (int n = 0; properties.containsKey("notification." + n + ".queue-url"); n++) {
            String name = "notification." + n;
            notifications.add(
                    new Notification(
                            properties.getProperty(name + ".prefix", ""),
                            properties.getProperty(name + ".suffix", ""),
                            URI.create(required(properties, name + ".queue-url"))));
        }
        return new Settings(
                Integer.parseInt(required(properties, "port")),
                Path.of(required(properties, "root")),
                Path.of(required(properties, "port-file")),
                required(properties, "bucket"),
                List.copyOf(notifications),
                properties.containsKey("calls") ? Path.of(required(properties, "calls")) : null,
                callers(properties));
    }

    private static Callers callers(Properties properties) {
        return properties.containsKey("secret")
                ? Callers.withKeys(
                        new AccessKeys(
                                Set.of(required(properties, "access-key-ids").split(",")),
                                required(properties, "secret")))
                : Callers.programs();
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the setting '" + name + "' is missing");
        }
        return value;
    }
}
