package io.shopflow.backfill;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** A migrated PostgreSQL and an S3 for the tests; they find them by system properties. */
public class BackfillTestServers implements QuarkusTestResourceLifecycleManager {

    static final String BUCKET = "backfill-test";

    private Path folder;
    private LocalPostgres postgres;
    private LocalS3 s3;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("shopflow-backfill");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
        s3 = LocalS3.start(folder.resolve("s3"), 0, BUCKET, List.of());
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .locations("filesystem:" + System.getProperty("shopflow.home") + "/sql/migrations")
                .load()
                .migrate();
        System.setProperty("backfill.test.s3", s3.endpoint().toString());
        System.setProperty("backfill.test.database", postgres.jdbcUrl());
        Map<String, String> configuration = new HashMap<>();
        configuration.put("shopflow.bucket", BUCKET);
        configuration.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        configuration.put("quarkus.datasource.username", postgres.user());
        configuration.put("quarkus.datasource.password", postgres.password());
        configuration.putAll(s3.clientProperties());
        return configuration;
    }

    @Override
    public void stop() {
        if (s3 != null) {
            s3.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
