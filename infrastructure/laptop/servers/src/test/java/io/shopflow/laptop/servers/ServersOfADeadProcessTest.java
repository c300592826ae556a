package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.files.ShopflowHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersOfADeadProcessTest {

    private static final String GUARD = "cat >/dev/null";

    @TempDir Path data;

    /** Starts all servers, writes their process ids to a file, and waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        LocalPostgres postgres = LocalPostgres.start(data.resolve("postgres"), 0);
        LocalQueues queues = LocalQueues.start(data.resolve("queues"), 0, List.of());
        LocalS3 s3 = LocalS3.start(data.resolve("s3"), 0, "shopflow-data", List.of());
        Path pids = data.resolve("pids.new");
        Files.writeString(pids, postgres.pid() + " " + queues.pid() + " " + s3.pid());
        Files.move(pids, data.resolve("pids"));
        Thread.sleep(Duration.ofMinutes(5));
        throw new IllegalStateException(s3 + " was not killed with its starter");
    }

    private List<ProcessHandle> startInAProcessThatIsKilled() throws Exception {
        Files.deleteIfExists(data.resolve("pids"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-Dshopflow.home=" + ShopflowHome.find(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServersOfADeadProcessTest.class.getName(),
                                data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("process.log").toFile())
                        .start();
        Clients.await(() -> Files.exists(data.resolve("pids")));
        List<ProcessHandle> servers =
                Arrays.stream(Files.readString(data.resolve("pids")).split(" "))
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                        .toList();
        process.destroyForcibly().waitFor();
        return servers;
    }

    @Test
    void theServersEndByThemselves() throws Exception {
        for (ProcessHandle server : startInAProcessThatIsKilled()) {
            Clients.await(() -> !runs(server));
        }
    }

    @Test
    void postgresIsStoppedByTheNextStartWhereItIsLeftBehind() throws Exception {
        ProcessHandle postgres;
        try (LocalPostgres first = LocalPostgres.start(data.resolve("postgres"), 0)) {
            postgres = ProcessHandle.of(first.pid()).orElseThrow();
        }
        assertThat(runs(postgres)).isFalse();

        // Without its guard, no process stops it.
        Process starter =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-Dshopflow.home=" + ShopflowHome.find(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServersOfADeadProcessTest.class.getName(),
                                data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("process.log").toFile())
                        .start();
        Clients.await(() -> Files.exists(data.resolve("pids")));
        ProcessHandle orphan =
                ProcessHandle.of(
                                Long.parseLong(
                                        Files.readString(data.resolve("pids")).split(" ")[0]))
                        .orElseThrow();
        starter.children()
                .filter(
                        child ->
                                child.info()
                                        .commandLine()
                                        .filter(line -> line.contains(GUARD))
                                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
        starter.destroyForcibly().waitFor();
        assertThat(runs(orphan)).isTrue();

        try (LocalPostgres next = LocalPostgres.start(data.resolve("postgres"), 0);
                Connection connection =
                        DriverManager.getConnection(next.jdbcUrl(), next.user(), next.password())) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(runs(orphan)).isFalse();
        }
    }

    /** A process whose parent does not wait for it stays in the process table when it ends. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
