package io.shopflow.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL server with the product's own schema, read with the role that production uses.
 */
public class WarehouseServer implements QuarkusTestResourceLifecycleManager {
    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = LocalPostgres.start(Files.createTempDirectory("shopflow-dashboard"), 0);
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
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl(),
                "quarkus.datasource.password",
                "reader");
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
