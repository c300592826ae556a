package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereThingsAreTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-arm_64",
        "Mac OS X, x86_64, darwin-x86_64",
        "Mac OS X, arm64, darwin-arm_64"
    })
    void everyPlatformHasItsPostgres(String system, String architecture, String platform) {
        assertThat(PostgresBinaries.platform(system, architecture)).isEqualTo(platform);
        assertThat(PostgresBinaries.class.getResource("/postgres-" + platform + ".txz"))
                .isNotNull();
    }

    @Test
    void aPlatformWithoutPostgresIsNamed() {
        assertThatThrownBy(() -> PostgresBinaries.platform("Linux", "s390x"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("s390x");
    }

    @Test
    void programsAreUnpackedToTheUsersCache() {
        assertThat(PostgresBinaries.cache("/cache", Path.of("/home/a")))
                .isEqualTo(Path.of("/cache/shopflow"));
        assertThat(PostgresBinaries.cache(null, Path.of("/home/a")))
                .isEqualTo(Path.of("/home/a/.cache/shopflow"));
        assertThat(PostgresBinaries.cache("", Path.of("/home/a")))
                .isEqualTo(Path.of("/home/a/.cache/shopflow"));
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ServerFolder.open("The server", file.resolve("data")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Check its rights");
    }

    @Test
    void aLogThatIsNotThereIsNoReasonToFail() {
        assertThat(ChildProcess.tail(folder.resolve("none.log"))).contains("no log");
    }

    @Test
    void aServerThatIsNotBuiltSaysHowToBuildIt() {
        assertThatThrownBy(() -> new JavaServer("no-server", List.of(), "Main").command())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("./mvnw");
    }
}
