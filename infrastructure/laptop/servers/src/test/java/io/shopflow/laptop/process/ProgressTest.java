package io.shopflow.laptop.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detects whether a process makes progress, however slow the machine is. */
class ProgressTest {

    /** The number of looks until {@link #progress} reports a standstill. */
    private static final int LOOKS = 5;

    @TempDir Path folder;
    private Process process;

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void aProcessThatDoesNothingStandsStill() throws Exception {
        start("sleep 600");
        Progress progress = progress();
        for (int look = 0; look < LOOKS; look++) {
            assertThat(progress.stalled()).isFalse();
        }
        assertThat(progress.stalled()).isTrue();
    }

    @Test
    void aProcessWhoseLogGrowsDoesNot() throws Exception {
        start("sleep 600");
        Progress progress = progress();
        for (int look = 0; look < 5 * LOOKS; look++) {
            Files.writeString(log(), "a line\n", StandardOpenOption.APPEND);
            assertThat(progress.stalled()).isFalse();
        }
    }

    @Test
    void aProcessBelowItThatComputesCountsAsItsOwn() throws Exception {
        start("(while :; do :; done) & sleep 600");
        Progress progress = progress();
        ProcessHandle computing =
                process.descendants()
                        .filter(child -> child.info().command().orElse("").endsWith("sh"))
                        .findFirst()
                        .orElseThrow();
        for (int look = 0; look < 3 * LOOKS; look++) {
            Duration before = used(computing);
            while (used(computing).minus(before).toMillis() < 400) {
                Thread.onSpinWait();
            }
            assertThat(progress.stalled()).isFalse();
        }
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Looks that each count as one second, without waiting for it. */
    private Progress progress() {
        return Progress.of(
                process.toHandle(), log(), Duration.ofSeconds(1), Duration.ofSeconds(LOOKS));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void start(String script) throws IOException {
        Files.writeString(log(), "");
        process = new ProcessBuilder("sh", "-c", script).start();
    }
}
