package io.shopflow.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL server with the product's own schema, read with the role that production uses,
 * and the configuration of the application under test: an {@code *IT} runs it in a process of its
 * own, where nothing that is configured for the profile {@code test} holds.
 */
public class WarehouseServer implements QuarkusTestResourceLifecycleManager {
    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = LocalPostgres.start(folder(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path migrations = Path.of(System.getProperty("shopflow.home"), "sql", "migrations");
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .locations("filesystem:" + migrations)
                .load()
                .migrate();
        Warehouse warehouse =
                new Warehouse(postgres.jdbcUrl(), postgres.user(), postgres.password());
        warehouse.run("alter role shopflow_dashboard login password 'reader'");
        Warehouse.use(warehouse);
        Map<String, String> configuration = new HashMap<>(LoggedLines.CONFIGURATION);
        configuration.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        configuration.put("quarkus.datasource.password", "reader");
        // As on a laptop.
        configuration.put("shopflow.dashboard.hosts", "localhost,127.0.0.1");
        // Tests wait for an open page to update itself.
        configuration.put("shopflow.dashboard.poll-interval", "1S");
        return configuration;
    }

    /** That of the benchmark, which keeps its warehouse if it has been given one. */
    private static Path folder() throws IOException {
        String kept = System.getProperty("shopflow.benchmark.folder", "");
        return kept.isEmpty()
                ? Files.createTempDirectory("shopflow-dashboard")
                : Files.createDirectories(Path.of(kept));
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
