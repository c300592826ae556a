package io.shopflow.laptop.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands without Quarkus: the same as with it. */
class CommandLineMainTest {

    @TempDir Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "backfill",
                "status",
                "quarantine",
                "env",
                "generate",
                "down",
                "reset",
                "verify"
            })
    void everyCommandHasHelp(String command) {
        assertThat(output(command, "--help"))
                .startsWith("0: ")
                .contains("Usage: shopflow " + command);
    }

    /** `up` is listed with the others, although it never runs without Quarkus. */
    @Test
    void theListOfCommandsIsWhole() {
        assertThat(output("--help")).startsWith("0: ").contains("  up ").contains("  run ");
        assertThat(output("up", "--help")).startsWith("0: ").contains("Usage: shopflow up");
    }

    @Test
    void errorsThatAUserCanFixAreReportedInOneLine() {
        assertThat(output("status", "--data", temporary.toString()))
                .isEqualTo(
                        "1: No stack is up in %1$s. Start it with ./shopflow up --data %1$s.\n"
                                .formatted(temporary));
        assertThat(output("run", "--source", "No-Name")).startsWith("2: ").contains("source name");
    }

    /** Quarkus's log manager buffered internal warnings, which were lost. */
    @Test
    void warningsReachTheStandardErrorStream() throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Warning.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).isZero();
        assertThat(printed).contains("the disk smells").doesNotContain("all is well");
    }

    /** A program that logs. */
    static final class Warning {
        private Warning() {}

        public static void main(String[] arguments) {
            CommandLineMain.logWarnings();
            Logger log = Logger.getLogger(Warning.class);
            log.info("all is well");
            log.warn("the disk smells");
            System.exit(0);
        }
    }

    /** Exit status and the output of both streams. */
    private static String output(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            int status = CommandLineMain.run(arguments);
            return status + ": " + printed.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
