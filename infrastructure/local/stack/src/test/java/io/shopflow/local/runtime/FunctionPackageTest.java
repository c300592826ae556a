package io.shopflow.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.local.folder.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a function's zip. */
class FunctionPackageTest {

    @TempDir Path home;

    @BeforeEach
    void aRuntimeClient() throws IOException {
        Path folder = home.resolve("infrastructure/local/stack/target/lambda-runtime");
        Files.createDirectories(folder);
        zip(folder.resolve("aws-lambda-java-runtime-interface-client-1.jar"), "client");
    }

    @Test
    void withoutABuildItSaysHowToBuild() {
        assertThatThrownBy(this::locate)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("was not built");
    }

    @Test
    void aZipForTheJvmIsStartedFromALauncherThatNamesAllJars() throws Exception {
        build(1, "a.class", "lib/b.jar", "lib/a.jar");
        List<String> command = locate().command(512);
        assertThat(command).contains("-Xmx384m", "-XX:+UseSerialGC", "-jar");
        Path launcher = Path.of(command.get(command.indexOf("-jar") + 1));
        try (JarFile jar = new JarFile(launcher.toFile())) {
            Manifest manifest = jar.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Class-Path"))
                    .isEqualTo(
                            "function.jar lib/a.jar lib/b.jar runtime/aws-lambda-java-runtime-interface-client-1.jar");
            assertThat(manifest.getMainAttributes().getValue("Add-Opens"))
                    .isEqualTo("java.base/java.lang");
        }
        assertThat(launcher.resolveSibling("lib/a.jar")).exists();
        assertThat(launcher.resolveSibling("function.jar")).exists();
    }

    @Test
    void aZipWithABootstrapIsNative() throws Exception {
        build(1, "bootstrap");
        Path program = Path.of(locate().command(512).getFirst());
        assertThat(program).isExecutable().hasFileName("bootstrap");
    }

    @Test
    void theNewerOfExecutableAndZipIsStarted() throws Exception {
        Path runner = runner(5);
        assertThat(locate().command(512).getFirst()).isEqualTo(runner.toString());
        build(1, "a.class");
        assertThat(locate().command(512).getFirst()).isEqualTo(runner.toString());
        build(9, "a.class");
        assertThat(locate().command(512)).contains("-jar");
        build(9, "bootstrap");
        assertThat(Path.of(locate().command(512).getFirst())).hasFileName("bootstrap");
    }

    @Test
    void stacksShareWhatIsUnpacked() throws Exception {
        build(1, "a.class");
        assertThat(locate().command(512)).isEqualTo(locate().command(512));
        assertThat(versions()).hasSize(1);
    }

    @Test
    void theNewestTwoVersionsAreKept() throws Exception {
        for (int second = 1; second <= 4; second++) {
            build(second, "a.class");
            locate();
            // Folders that were made within a tick of the clock have no order.
            Thread.sleep(20);
        }
        assertThat(versions()).hasSize(2);
        assertThat(locate().command(512)).anyMatch(word -> word.endsWith("launcher.jar"));
        assertThat(versions()).hasSize(2);
    }

    @Test
    void anArchiveIsUsedOnceTrainingWroteIt() throws Exception {
        build(1, "a.class");
        FunctionPackage training = locate().inTraining();
        assertThat(training.endTraining()).isFalse();
        assertThat(locate().command(512)).noneMatch(FunctionPackageTest::namesAnArchive);
        String option =
                training.command(512).stream()
                        .filter(FunctionPackageTest::namesAnArchive)
                        .findFirst()
                        .orElseThrow();
        Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "learned");
        assertThat(locate().command(512)).noneMatch(FunctionPackageTest::namesAnArchive);
        assertThat(training.endTraining()).isTrue();
        assertThat(locate().command(512)).anyMatch(FunctionPackageTest::namesAnArchive);
    }

    @Test
    void aNativeFunctionHasNothingToLearn() throws Exception {
        build(1, "bootstrap");
        FunctionPackage built = locate();
        assertThat(built.inTraining()).isEqualTo(built);
        assertThat(built.endTraining()).isFalse();
    }

    private static boolean namesAnArchive(String word) {
        return word.contains(".archive");
    }

    private FunctionPackage locate() {
        return FunctionPackage.locate(home, "load", home.resolve("cache"));
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("cache/load"))) {
            return folders.toList();
        }
    }

    private Path runner(int second) throws IOException {
        Path target = Files.createDirectories(home.resolve("functions/load/target"));
        Path runner = Files.createFile(target.resolve("shopflow-load-1-runner"));
        Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(runner, FileTime.from(Instant.ofEpochSecond(second)));
        return runner;
    }

    private void build(int second, String... names) throws IOException {
        Path target = Files.createDirectories(home.resolve("functions/load/target"));
        Path zip = target.resolve("function.zip");
        zip(zip, names);
        Files.setLastModifiedTime(zip, FileTime.from(Instant.ofEpochSecond(second)));
    }

    private static void zip(Path file, String... names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
