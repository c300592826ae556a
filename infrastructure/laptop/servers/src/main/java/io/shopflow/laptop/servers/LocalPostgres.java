package io.shopflow.laptop.servers;

import com.sun.security.auth.module.UnixSystem;
import io.shopflow.laptop.files.FileTree;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL server in a data folder, on 127.0.0.1. */
public final class LocalPostgres extends LocalServer {

    /** The superuser's name. */
    public static final String USER = "postgres";

    /** The superuser's password. */
    public static final String PASSWORD = "postgres";

    private static final String NAME = "PostgreSQL";
    private static final String DATABASE = "shopflow";
    private static final String CLUSTER = "cluster";
    private static final String UNFINISHED = "cluster-";
    private static final String LOG = "postgres.log";

    /** Written at the end of the first start; before that, the folder has nothing to keep. */
    private static final String INITIALISED = "initialised";

    private static final int ATTEMPTS = 5;

    private static final Duration LOOK = Duration.ofMillis(50);

    /** Sessions of a killed server may need this many half seconds to notice and end. */
    private static final int ATTEMPTS_IN_USE = 120;

    private final ChildProcess guard;
    private final int port;

    private LocalPostgres(ServerFolder folder, ChildProcess process, ChildProcess guard, int port) {
        super(folder, process);
        this.guard = guard;
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers. Keeps the data in the folder; first stops a
     * server that an earlier process left behind in this folder.
     *
     * @param port 0 takes a free one
     * @throws StackException with what to do about it
     */
    public static LocalPostgres start(Path dataFolder, int port) {
        return ServerFolder.start(NAME, dataFolder, folder -> start(folder, port));
    }

    private static LocalPostgres start(ServerFolder folder, int port)
            throws IOException, InterruptedException {
        Path programs = PostgresBinaries.folder();
        stopOrphan(folder.resolve(CLUSTER));
        LocalPorts.checkFree(port, NAME);
        initialise(folder, programs);
        LocalPostgres postgres = startServer(folder, programs, port);
        try {
            postgres.createDatabase();
            Files.writeString(folder.resolve(INITIALISED), "");
            return postgres;
        } catch (SQLException e) {
            postgres.close();
            throw new StackException(
                    "PostgreSQL started, but its database cannot be made: " + e.getMessage(), e);
        }
    }

    private static void initialise(ServerFolder folder, Path programs) throws IOException {
        if (Files.exists(folder.resolve(INITIALISED))) {
            return;
        }
        FileTree.delete(folder.resolve(CLUSTER));
        // An initdb continues if its starter is killed, so each creates its own cluster.
        deleteUnfinished(folder);
        Path unfinished = Files.createTempDirectory(folder.path(), UNFINISHED);
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        ChildProcess initdb =
                folder.launch(
                        unprivileged(
                                List.of(
                                        programs.resolve("initdb").toString(),
                                        "--pgdata=" + unfinished,
                                        "--username=" + USER,
                                        "--auth=scram-sha-256",
                                        "--pwfile=" + password,
                                        "--encoding=UTF8",
                                        "--locale-provider=builtin",
                                        "--locale=C.UTF-8",
                                        "--no-sync",
                                        "--no-instructions")),
                        LOG);
        int status = initdb.waitFor();
        Files.deleteIfExists(password);
        if (status != 0) {
            throw new StackException(
                    "PostgreSQL cannot make its data folder. The end of its log, %s:%n%s"
                            .formatted(
                                    folder.resolve(LOG), ChildProcess.tail(folder.resolve(LOG))));
        }
        Files.move(unfinished, folder.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteUnfinished(ServerFolder folder) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder.path())) {
            left =
                    entries.filter(entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                            .toList();
        }
        for (Path cluster : left) {
            try {
                FileTree.delete(cluster);
            } catch (IOException | UncheckedIOException e) {
                // An initdb still writes to it; the next first start deletes it.
            }
        }
    }

    private static LocalPostgres startServer(ServerFolder folder, Path programs, int wantedPort)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = wantedPort == 0 ? LocalPorts.free() : wantedPort;
            ChildProcess process = folder.launch(serverCommand(folder, programs, port), LOG);
            ChildProcess guard = guard(folder, process.handle().pid());
            try {
                process.awaitReady(() -> answers(port));
                return new LocalPostgres(folder, process, guard, port);
            } catch (InterruptedException e) {
                guard.kill();
                throw e;
            } catch (StackException e) {
                guard.kill();
                // The port may have been taken meanwhile, and after a kill -9 of the server its
                // last sessions may need a moment to notice and end.
                if (!worthAnotherTry(folder, wantedPort, attempt)) {
                    throw e;
                }
            }
        }
    }

    private static boolean worthAnotherTry(ServerFolder folder, int wantedPort, int attempt)
            throws InterruptedException {
        String tail = ChildProcess.tail(folder.resolve(LOG));
        if (tail.contains("is still in use")) {
            Thread.sleep(500);
            return attempt < ATTEMPTS_IN_USE;
        }
        return attempt < ATTEMPTS && wantedPort == 0 && tail.contains("Address already in use");
    }

    private static List<String> serverCommand(ServerFolder folder, Path programs, int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "60");
        settings.put("shared_buffers", "256MB");
        settings.put("work_mem", "32MB");
        settings.put("maintenance_work_mem", "128MB");
        settings.put("max_wal_size", "2GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // Statements may contain customer data, which must not be logged.
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        List<String> command = new ArrayList<>();
        command.add(programs.resolve("postgres").toString());
        command.add("-D");
        command.add(folder.resolve(CLUSTER).toString());
        settings.forEach(
                (name, value) -> {
                    command.add("-c");
                    command.add(name + "=" + value);
                });
        return unprivileged(command);
    }

    /** PostgreSQL refuses to run as root, which it does not detect in a user namespace. */
    private static List<String> unprivileged(List<String> command) {
        if (new UnixSystem().getUid() != 0) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("unshare", "--user"));
        all.addAll(command);
        return all;
    }

    /** Stops the server when this process has ended: PostgreSQL itself does not watch its input. */
    private static ChildProcess guard(ServerFolder folder, long pid) {
        return folder.launch(
                List.of("sh", "-c", "cat >/dev/null; kill -INT " + pid + " 2>/dev/null"), LOG);
    }

    private static boolean answers(int port) {
        try (Connection connection = connect(port, "postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=2".formatted(port, database),
                USER,
                PASSWORD);
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    /** This process holds the folder's lock, so the process that started this server is dead. */
    private static void stopOrphan(Path cluster) throws IOException, InterruptedException {
        Path pidFile = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> recorded = recordedProcess(pidFile);
        if (recorded.isEmpty()) {
            return;
        }
        ProcessHandle process = recorded.get();
        if (!isPostgres(process)) {
            // Another program has the number now, and PostgreSQL would mistake it for a server.
            Files.delete(pidFile);
            return;
        }
        ChildProcess.send("INT", process.pid());
        Progress progress = Progress.of(process, null, LOOK);
        while (isPostgres(process)) {
            if (progress.stalled()) {
                process.destroyForcibly();
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    private static Optional<ProcessHandle> recordedProcess(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).matches("\\d+")) {
            Files.delete(pidFile);
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(ProcessHandle::isAlive);
    }

    private static boolean isPostgres(ProcessHandle process) {
        // A zombie process has no command.
        return process.info().command().orElse("").endsWith("/postgres");
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    /** JDBC address of the database {@code shopflow}. */
    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    /** The same of the server on this port, which may not run yet. */
    public static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The superuser's name. */
    public String user() {
        return USER;
    }

    /** The superuser's password. */
    public String password() {
        return PASSWORD;
    }

    /** Cuts sessions off. */
    @Override
    void stop(ChildProcess server) {
        // The guard first: it must not signal a later process with the same number.
        guard.kill();
        server.stop("INT");
    }
}
