package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the stack starts as its dashboard. */
class LocalDashboardTest {

    @TempDir Path home;

    @Test
    void withoutABuildItSaysHowToBuild() {
        assertThatThrownBy(() -> LocalDashboard.command(home))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("was not built");
    }

    @Test
    void theNewerOfExecutableAndJarIsStarted() throws Exception {
        Path jar = build("quarkus-app/quarkus-run.jar", 1);
        assertThat(LocalDashboard.command(home)).contains("-jar", jar.toString());

        Path executable = build("shopflow-dashboard-1-runner", 5);
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(LocalDashboard.command(home).getFirst()).isEqualTo(executable.toString());

        build("quarkus-app/quarkus-run.jar", 9);
        assertThat(LocalDashboard.command(home)).contains("-jar", jar.toString());
    }

    private Path build(String name, int second) throws IOException {
        Path file = home.resolve("dashboard/target").resolve(name);
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        return file;
    }
}
