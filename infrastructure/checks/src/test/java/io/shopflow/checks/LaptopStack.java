package io.shopflow.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.laptop.commands.CommandLineMain;
import io.shopflow.laptop.supervisor.Deployment;
import io.shopflow.s3.S3ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The packaged stack in a data folder, used through its commands. */
final class LaptopStack implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final String APP =
            HOME.resolve("infrastructure/laptop/stack/target/shopflow-runner.jar").toString();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** A busy wait would take a core from the stack that it waits for. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path data;
    private final Map<String, String> variables;
    private final Path outputs;
    private final AtomicReference<@Nullable S3Client> s3 = new AtomicReference<>();

    LaptopStack(Path data) {
        this(data, Map.of());
    }

    /**
     * The stack in a data folder.
     *
     * @param variables of its commands' environment
     */
    LaptopStack(Path data, Map<String, String> variables) {
        this.data = data;
        this.variables = Map.copyOf(variables);
        this.outputs = data.resolveSibling(data.getFileName() + "-outputs");
    }

    Path data() {
        return data;
    }

    /** Runs a command to its end; fails with its output if its exit status is not 0. */
    String command(String... arguments) {
        try {
            return finish(start(arguments), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The result of a command.
     *
     * @param text its standard output and standard error
     */
    record Output(int status, String text) {}

    /** Runs a command to its end, whatever its exit status. */
    Output output(String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(outputs);
        Path output = Files.createTempFile(outputs, arguments[0], ".out");
        Process process = start(output, arguments);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", arguments) + " did not end: " + outputs());
        }
        return new Output(process.exitValue(), Files.readString(output));
    }

    /**
     * As {@link #output}, in this process: most of the time of a short command is the start of its
     * own. Not for commands that run beside others of the same test.
     */
    Output outputInProcess(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            int status =
                    CommandLineMain.run(
                            Stream.concat(
                                            Stream.of(arguments),
                                            Stream.of("--data", data.toString()))
                                    .toArray(String[]::new));
            return new Output(status, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Starts a command; {@link #finish} waits for it. */
    Process start(String... arguments) throws IOException {
        Files.createDirectories(outputs);
        return start(Files.createTempFile(outputs, arguments[0], ".out"), arguments);
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dshopflow.home=" + HOME));
        // Like the launcher.
        command.addAll(
                arguments[0].equals("up")
                        ? List.of("-jar", APP)
                        : List.of("-cp", APP, "io.shopflow.laptop.commands.CommandLineMain"));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("generate") && !List.of(arguments).contains("infer")) {
            command.addAll(List.of("--data", data.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        builder.redirectOutput(output.toFile());
        return builder.start();
    }

    String finish(Process process, String... arguments) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        String.join(" ", arguments) + " did not end: " + outputs());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "%s ended with status %d: %s"
                            .formatted(
                                    String.join(" ", arguments), process.exitValue(), outputs()));
        }
        return outputs();
    }

    private String outputs() {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(outputs)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".out")).sorted().toList()) {
                text.append(file.getFileName()).append(":\n").append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    JsonNode record() {
        try {
            return JSON.readTree(data.resolve("stack.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port(String part) {
        return record().path("ports").path(part).asInt();
    }

    /** The newest process of this name that runs. */
    Optional<ProcessHandle> child(String name) {
        return StreamSupport.stream(record().path("children").spliterator(), false)
                .filter(child -> child.path("name").asText().equals(name))
                .map(child -> ProcessHandle.of(child.path("pid").asLong()))
                .flatMap(Optional::stream)
                .filter(ProcessHandle::isAlive)
                .reduce((first, second) -> second);
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/shopflow",
                "postgres",
                "postgres");
    }

    ObjectStore lake() {
        return new S3ObjectStore(s3.updateAndGet(this::openClient), "shopflow-data");
    }

    /** Deletes an object of the lake. */
    void delete(String key) {
        s3.updateAndGet(this::openClient)
                .deleteObject(object -> object.bucket("shopflow-data").key(key));
    }

    /** One client for all looks: each keeps its connections. */
    private S3Client openClient(@Nullable S3Client open) {
        return open != null
                ? open
                : S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + port("s3")))
                        .region(Region.EU_WEST_2)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                Deployment.USER_KEY_ID, secret())))
                        .build();
    }

    private String secret() {
        try {
            return Files.readString(data.resolve("access.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(ObjectStore.StoredObject object) {
        return new String(lake().read(object.key()).orElseThrow(), StandardCharsets.UTF_8);
    }

    /**
     * Everything in the stack after the transform, as text by name: every table, the objects of the
     * lake that must not contain personal data, and the logs.
     */
    Map<String, String> documents() throws SQLException, IOException {
        Map<String, String> documents = new TreeMap<>(tables());
        for (String prefix : List.of("clean/", "quarantine/", "reports/", "runs/", "state/")) {
            for (StoredObject object : lake().list(prefix)) {
                documents.put(object.key(), text(object));
            }
        }
        try (Stream<Path> logs = Files.walk(data.resolve("logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                documents.put(log.toString(), Files.readString(log));
            }
        }
        return documents;
    }

    /** Every table's rows as text, by the table's name. */
    private Map<String, String> tables() throws SQLException, IOException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            """
                            select format('%I.%I', schemaname, tablename) from pg_tables
                            where schemaname not in ('pg_catalog', 'information_schema')
                            """)) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                StringWriter text = new StringWriter();
                database.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy " + name + " to stdout", text);
                tables.put(name, text.toString());
            }
        }
        return tables;
    }

    /** Waits until a condition holds; fails after the patience is over. */
    void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what + ": " + outputs());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    @Override
    public void close() {
        S3Client open = s3.getAndSet(null);
        if (open != null) {
            open.close();
        }
        command("down");
    }
}
