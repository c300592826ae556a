package io.shopflow.migrate;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL without any schema; tests find it by a system property. */
public class EmptyPostgres implements QuarkusTestResourceLifecycleManager {

    static final String DATABASE = "migrate.test.database";
    static final String BI_PASSWORD = "of the secret";

    private Path folder;
    private LocalPostgres postgres;
    private LocalSecrets secrets;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("shopflow-migrate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
        System.setProperty(DATABASE, postgres.jdbcUrl());
        secrets = LocalSecrets.start((key, name) -> {});
        secrets.put("master", Map.of("username", postgres.user(), "password", postgres.password()));
        secrets.put("bi", Map.of("username", "shopflow_bi", "password", BI_PASSWORD));
        Map<String, String> configuration = new HashMap<>(secrets.clientProperties());
        // In this process; another one that is tested gets them with its configuration.
        secrets.clientProperties().forEach(System::setProperty);
        configuration.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        configuration.put("shopflow.database-secret", "master");
        configuration.put("shopflow.bi-secret", "bi");
        configuration.put("shopflow.dashboard-password", "it's a 'quoted' \"secret\"");
        return configuration;
    }

    @Override
    public void stop() {
        secrets.close();
        postgres.close();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
