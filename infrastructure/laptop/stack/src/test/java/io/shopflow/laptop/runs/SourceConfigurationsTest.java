package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no file of a reasonable size is no configuration, and is not waited for. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceConfigurationsTest {

    @TempDir Path folder;

    @Test
    void aFolderIsRefused() throws IOException {
        Files.createDirectory(yaml());
        assertRefused("is not a file but a folder, a pipe or a device");
    }

    @Test
    void aPipeIsRefused() throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", yaml().toString()).start().waitFor();
        assertRefused("is not a file but a folder, a pipe or a device");
    }

    @Test
    void aLinkToADeviceIsRefused() throws IOException {
        Files.createSymbolicLink(yaml(), Path.of("/dev/zero"));
        assertRefused("is not a file but a folder, a pipe or a device");
    }

    @Test
    void aFileOfMoreThanOneMebibyteIsRefused() throws IOException {
        Files.write(yaml(), new byte[(1 << 20) + 1]);
        assertRefused("has more than 1 MiB");
    }

    private Path yaml() {
        return folder.resolve("odd.yaml");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> SourceConfigurations.read(yaml()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("odd.yaml")
                .hasMessageContaining(reason);
    }
}
