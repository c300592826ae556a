package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereThingsAreTest {

    @TempDir Path folder;

    @Test
    void shopflowIsWhereThePropertyThenTheEnvironmentThenTheWrapperSays() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("mvnw"), "");
        assertThat(ShopflowHome.find("/property", "/environment", inside))
                .isEqualTo(Path.of("/property"));
        assertThat(ShopflowHome.find(" ", "/environment", inside))
                .isEqualTo(Path.of("/environment"));
        assertThat(ShopflowHome.find(null, " ", inside)).isEqualTo(folder);
        assertThat(ShopflowHome.find(null, null, inside)).isEqualTo(folder);
        assertThatThrownBy(() -> ShopflowHome.find(null, null, Path.of("/")))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("SHOPFLOW_HOME");
    }

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
                .isInstanceOf(ServerStartException.class)
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
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data"), "The server"))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Check its rights");
    }

    @Test
    void aLogThatIsNotThereIsNoReasonToFail() {
        try (DataFolder data = DataFolder.open(folder.resolve("data"), "The server")) {
            assertThat(data.tail("none.log")).contains("no log");
        }
    }

    @Test
    void aServerThatIsNotBuiltSaysHowToBuildIt() {
        try (DataFolder data = DataFolder.open(folder.resolve("data"), "The server")) {
            assertThatThrownBy(
                            () ->
                                    new JavaServer("no-server", List.of(), "Main")
                                            .start(
                                                    "The server",
                                                    List.of(),
                                                    data,
                                                    "log",
                                                    () -> true))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("./mvnw");
        }
    }
}
