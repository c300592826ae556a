package io.shopflow.laptop.runtime;

import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacking of a function's zip. */
class FunctionPackageTest {

    @TempDir Path home;

    @BeforeEach
    void aRuntimeClient() throws IOException {
        Path folder = home.resolve("infrastructure/laptop/stack/target/lambda-runtime");
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
    void aZipForTheJvmIsStartedWithItsClassesItsJarsAndTheRuntimeClient() throws Exception {
        build(1, "a.class", "lib/b.jar");
        List<String> command = locate().command(512);
        assertThat(command).contains("-Xmx384m", "-XX:+UseSerialGC");
        String[] classPath = command.get(command.indexOf("-cp") + 1).split(":");
        assertThat(classPath).hasSize(3);
        assertThat(Path.of(classPath[0]).resolve("a.class")).exists();
        assertThat(Path.of(classPath[1].replace("*", "b.jar"))).exists();
        assertThat(
                        Path.of(
                                classPath[2].replace(
                                        "*", "aws-lambda-java-runtime-interface-client-1.jar")))
                .exists();
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
        assertThat(locate().command(512)).contains("-cp");
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
            // Folders created within one clock tick have no order.
            Thread.sleep(20);
        }
        assertThat(versions()).hasSize(2);
        assertThat(locate().command(512)).contains("-cp");
        assertThat(versions()).hasSize(2);
    }

    /** Incident: one of three stacks deleted the folder into which another unpacked the zip. */
    @Test
    void stacksThatStartAtOnceOnANewBuildDoNotDisturbEachOther() throws Exception {
        int stacks = 8;
        String[] names =
                IntStream.range(0, 300).mapToObj("lib/%d.jar"::formatted).toArray(String[]::new);
        try (ExecutorService threads = Executors.newFixedThreadPool(stacks)) {
            for (int second = 1; second <= 6; second++) {
                build(second, names);
                List<FunctionPackage> located = new ArrayList<>();
                for (Future<FunctionPackage> stack :
                        threads.invokeAll(
                                Collections.<Callable<FunctionPackage>>nCopies(
                                        stacks, this::locate))) {
                    located.add(stack.get());
                }
                assertThat(located)
                        .extracting(found -> found.command(512))
                        .containsOnly(locate().command(512));
            }
        }
        assertThat(versions()).hasSize(2);
    }

    @Test
    void whatAnEndedProcessDidNotFinishIsDeletedLater() throws Exception {
        Path cache = home.resolve("cache/load");
        Path abandoned = Files.createDirectories(cache.resolve("unfinished1/lib")).getParent();
        Path begun = Files.createDirectories(cache.resolve("unfinished2/lib")).getParent();
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(2, HOURS)));

        build(1, "a.class");
        locate();

        assertThat(abandoned).doesNotExist();
        assertThat(begun).exists();
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
