package io.shopflow.migrate;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.local.servers.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL without any schema; tests find it by a system property. */
public class EmptyPostgres implements QuarkusTestResourceLifecycleManager {

    static final String DATABASE = "migrate.test.database";

    private Path folder;
    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("shopflow-migrate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
        System.setProperty(DATABASE, postgres.jdbcUrl());
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                "quarkus.datasource.username", postgres.user(),
                "quarkus.datasource.password", postgres.password(),
                "shopflow.dashboard-password", "it's a 'quoted' \"secret\"");
    }

    @Override
    public void stop() {
        postgres.close();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
