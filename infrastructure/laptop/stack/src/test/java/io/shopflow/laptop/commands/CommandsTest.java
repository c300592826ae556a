package io.shopflow.laptop.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands without a stack: their output and exit status. */
@QuarkusMainTest
class CommandsTest {

    @TempDir Path temporary;

    @Test
    @Launch({})
    void withoutACommandTheHelpIsShown(LaunchResult result) {
        assertThat(result.getOutput()).contains("up").contains("reset").contains("Begin with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "run",
                "source",
                "backfill",
                "status",
                "check",
                "env",
                "generate",
                "down",
                "reset",
                "verify"
            })
    void everyCommandHasHelp(String command, QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Usage: shopflow " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "env"})
    void whereNoStackIsUpItSaysHowToStartOne(String command, QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch(command, "--data", data());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput())
                .contains("No stack is up in " + data())
                .contains("./shopflow up --data " + data());
    }

    @Test
    void downWithoutAStackIsNoError(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("down", "--data", data());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("No stack was up");
    }

    @Test
    void runRefusesWhatCannotBe(QuarkusMainLauncher launcher) {
        assertUsageError(launcher, "source name", "run", "--source", "No-Name");
        assertUsageError(
                launcher, "exclude", "run", "--source", "olist", "--full", "--since", "2026-01-01");
        assertUsageError(
                launcher, "is not a folder", "run", "--source", "olist", "--path", "/nowhere");
        assertUsageError(launcher, "--since", "run", "--source", "olist", "--since", "yesterday");
        assertUsageError(launcher, "--source", "run");
    }

    @Test
    void runOfAnUnknownSourceNamesTheKnownOnes(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("run", "--source", "unknown_one", "--data", data());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput())
                .contains("There is no source 'unknown_one'")
                .contains("olist, shop")
                .contains("unknown_one.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "infer", "check"})
    void everyCommandOfSourcesHasHelp(String command, QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("source", command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Usage: shopflow source " + command);
    }

    @Test
    void sourceCheckRefusesWhatCannotBe(QuarkusMainLauncher launcher) {
        assertUsageError(launcher, "source name", "source", "check", "No-Name");
        assertUsageError(
                launcher, "is not a folder", "source", "check", "olist", "--path", "/nowhere");
        LaunchResult result = launcher.launch("source", "check", "unknown_one", "--data", data());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("There is no source 'unknown_one'");
    }

    @Test
    void sourceCheckReportsTheMistakesOfAConfigurationBeforeAnythingStarts(
            QuarkusMainLauncher launcher) throws IOException {
        Path sources = Files.createDirectories(temporary.resolve("data/sources"));
        Files.writeString(
                sources.resolve("mine.yaml"),
                """
                kind: files
                zone: Europe/London
                path: ${SHOPFLOW_MINE_FOLDER}
                streams:
                  orders:
                    file: orders.csv
                    fields: {id: id, state: state, ordered_at: at}
                """);

        LaunchResult result = launcher.launch("source", "check", "mine", "--data", data());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput())
                .contains("sources/mine.yaml, line 3, path, variable_missing")
                .contains("sources/mine.yaml, line 7, streams.orders.fields.state")
                .contains("findings. Nothing was loaded.");
        assertThat(Path.of(data())).isDirectoryContaining("glob:**/sources");
        assertThat(Path.of(data())).isDirectoryNotContaining("glob:**/trial*");
    }

    @Test
    void sourceInferWritesAMappingOnce(QuarkusMainLauncher launcher) throws IOException {
        Path file =
                Files.writeString(
                        temporary.resolve("orders.csv"),
                        "order id,date,status,sku,qty,price\n1,2026-01-05,shipped,A,1,9.99\n");
        String out = temporary.resolve("tills.yaml").toString();

        LaunchResult first = launcher.launch("source", "infer", file.toString(), "--out", out);
        assertThat(first.exitCode()).isZero();
        assertThat(first.getOutput())
                .contains("Next: ./shopflow source check tills --path " + temporary);
        LaunchResult again = launcher.launch("source", "infer", file.toString(), "--out", out);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.getErrorOutput()).contains("exists already");
        LaunchResult shown = launcher.launch("source", "infer", file.toString());
        assertThat(shown.getOutput()).contains("kind: files").contains("shipped: completed");
        assertUsageError(launcher, "is not a file", "source", "infer", "/nowhere.csv");
        for (String name : List.of("German-Shop.yaml", "load_shop.yaml", "shop.yml")) {
            Path forbidden = temporary.resolve(name);
            assertUsageError(
                    launcher,
                    "--out: ",
                    "source",
                    "infer",
                    file.toString(),
                    "--out",
                    forbidden.toString());
            assertThat(forbidden).doesNotExist();
        }
    }

    @Test
    void sourceListNamesTheSourcesAndTheirFiles(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("source", "list", "--data", data());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput())
                .contains("olist.yaml")
                .contains("shop.yaml")
                .contains("no stack is up");
    }

    @Test
    void backfillRefusesWhatCannotBe(QuarkusMainLauncher launcher) {
        assertUsageError(launcher, "--from", "backfill", "--source", "shop");
        assertUsageError(
                launcher,
                "is not after --from",
                backfill("shop", "2026-02-01", "2026-02-01", "31"));
        assertUsageError(
                launcher, "at least one day", backfill("shop", "2026-01-01", "2026-02-01", "0"));
        assertUsageError(
                launcher, "source name", backfill("No-Name", "2026-01-01", "2026-02-01", "31"));
        LaunchResult result =
                launcher.launch(backfill("unknown_one", "2026-01-01", "2026-02-01", "31"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("There is no source 'unknown_one'");
    }

    private static String[] backfill(String source, String from, String until, String window) {
        return new String[] {
            "backfill", "--source", source, "--from", from, "--until", until, "--window", window
        };
    }

    @Test
    void generateWritesTheShopAsFiles(QuarkusMainLauncher launcher) {
        LaunchResult result =
                launcher.launch(
                        "generate",
                        "--customers",
                        "5",
                        "--products",
                        "3",
                        "--orders",
                        "20",
                        "--dirty",
                        "10",
                        "--out",
                        data());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("20 transactions").contains("defects");
        assertThat(temporary.resolve("data/transactions.csv")).isNotEmptyFile();
    }

    @Test
    void generateRefusesWhatCannotBe(QuarkusMainLauncher launcher) throws IOException {
        assertUsageError(launcher, "percentage", "generate", "--dirty", "101", "--out", data());
        Path file = Files.writeString(temporary.resolve("file"), "");
        LaunchResult result = launcher.launch("generate", "--out", file.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("Name another folder with --out");
    }

    @Test
    void resetWithYesDeletesWithoutAsking(QuarkusMainLauncher launcher) throws IOException {
        assertThat(launcher.launch("reset", "--data", data()).getOutput())
                .contains("There is no data");
        Path folder = stoppedStack();
        assertThat(launcher.launch("reset", "--yes", "--data", data()).getOutput())
                .contains("is deleted");
        assertThat(folder).doesNotExist();
    }

    /** In this process: the launcher of the other tests has no input for the confirmation. */
    @Test
    void resetDeletesOnlyWhereTheAnswerIsYes() throws IOException {
        Path folder = stoppedStack();
        assertThat(reset(folder, "no\n")).isEqualTo(1);
        assertThat(reset(folder, "")).isEqualTo(1);
        assertThat(folder).isDirectory();
        assertThat(reset(folder, "Yes\n")).isZero();
        assertThat(folder).doesNotExist();
    }

    private static int reset(Path folder, String answer) throws IOException {
        ResetCommand command = new ResetCommand();
        command.data.path = folder;
        command.in = new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        return command.call();
    }

    private Path stoppedStack() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("data/logs")).getParent();
        Files.writeString(
                folder.resolve("stack.json"),
                "{\"formatVersion\":1,\"ready\":false,\"ports\":{},\"children\":[]}");
        return folder;
    }

    @Test
    void upInAFolderOfANewerVersionSaysWhatToDo(QuarkusMainLauncher launcher) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("data"));
        Files.writeString(
                folder.resolve("stack.json"),
                "{\"formatVersion\":7,\"ready\":false,\"ports\":{},\"children\":[]}");
        LaunchResult result = launcher.launch("up", "--data", data());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("newer ShopFlow").doesNotContain("\tat ");
    }

    @Test
    void upOnATakenPortSaysWhatToDo(QuarkusMainLauncher launcher) throws IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0)) {
            LaunchResult result =
                    launcher.launch(
                            "up",
                            "--data",
                            data(),
                            "--port",
                            Integer.toString(taken.getLocalPort()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.getErrorOutput())
                    .contains("Port " + taken.getLocalPort())
                    .contains("--port");
        }
    }

    @Test
    void upOnAFolderThatIsUpReportsItAndIsNoError(QuarkusMainLauncher launcher) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("data"));
        Files.writeString(
                folder.resolve("stack.json"),
                "{\"formatVersion\":1,\"ready\":true,\"process\":{\"name\":\"stack\",\"pid\":%d},\"ports\":{\"dashboard\":8099},\"children\":[]}"
                        .formatted(ProcessHandle.current().pid()));
        LaunchResult result = launcher.launch("up", "--data", data());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput())
                .contains("already up: http://localhost:8099")
                .contains("./shopflow down --data " + data());
        assertThat(launcher.launch("env", "--data", data()).getOutput())
                .contains("export PGHOST=127.0.0.1")
                .contains("export SHOPFLOW_BUCKET=shopflow-data")
                .contains("export AWS_REGION=");
    }

    @Test
    void verifyIsTheLaunchers(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("verify");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("./shopflow verify");
    }

    private static void assertUsageError(
            QuarkusMainLauncher launcher, String message, String... arguments) {
        LaunchResult result = launcher.launch(arguments);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains(message).contains("Usage: shopflow");
    }

    private String data() {
        return temporary.resolve("data").toString();
    }
}
