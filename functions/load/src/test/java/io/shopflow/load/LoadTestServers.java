package io.shopflow.load;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalS3;
import io.shopflow.laptop.servers.LocalSecrets;
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

/**
 * A migrated PostgreSQL, an S3 and the secret of the loader's login for the tests; they find them
 * by system properties.
 */
public class LoadTestServers implements QuarkusTestResourceLifecycleManager {

    static final String BUCKET = "load-test";

    private Path folder;
    private LocalPostgres postgres;
    private LocalS3 s3;
    private RefusingS3 front;
    private LocalSecrets secrets;
    private LoaderLogin login;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("shopflow-load");
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
        secrets = LocalSecrets.start((key, name) -> {});
        login = new LoaderLogin(postgres, secrets);
        login.rotate();
        System.setProperty("load.test.s3", s3.endpoint().toString());
        System.setProperty("load.test.database", postgres.jdbcUrl());
        front = new RefusingS3(s3.endpoint());
        Map<String, String> configuration = new HashMap<>();
        configuration.put("shopflow.bucket", BUCKET);
        configuration.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        configuration.put("shopflow.database-secret", LoaderLogin.SECRET);
        configuration.putAll(secrets.clientProperties());
        // In this process; another one that is tested gets them with its configuration.
        secrets.clientProperties().forEach(System::setProperty);
        configuration.putAll(s3.clientProperties());
        configuration.put("quarkus.s3.endpoint-override", front.endpoint().toString());
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(login, new TestInjector.MatchesType(LoaderLogin.class));
    }

    @Override
    public void stop() {
        if (secrets != null) {
            secrets.close();
        }
        if (front != null) {
            front.close();
        }
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
