package io.shopflow.laptop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a miniature repository, with JDKs that only print their version. */
class LauncherTest {

    private static final String APP = "infrastructure/laptop/stack/target/shopflow-runner.jar";

    @TempDir Path temporary;
    private Path home;

    @BeforeEach
    void makeRepository() throws IOException {
        home = Files.createDirectories(temporary.resolve("repo with space"));
        Path repository = Path.of(System.getProperty("shopflow.home"));
        script(home.resolve("shopflow"), Files.readString(repository.resolve("shopflow")));
        Files.createDirectories(home.resolve(".mvn"));
        Files.copy(repository.resolve(".mvn/jdk.sh"), home.resolve(".mvn/jdk.sh"));
        script(
                home.resolve("mvnw"),
                """
                #!/bin/sh
                echo "$JAVA_HOME mvnw $*" >> calls
                if ! mkdir building; then echo "two at a time" >> calls; fi
                echo "[INFO] Building ShopFlow load 0.1.0-SNAPSHOT                 [4/12]"
                while [ -e slow ]; do sleep 0.1; done
                sleep 0.7
                rmdir building
                if [ -e broken ]; then echo "[ERROR] it does not compile"; exit 1; fi
                if [ "$2" = verify ]; then exit 3; fi
                for artifact in %s infrastructure/laptop/queue-server/target/lib dashboard/target/quarkus-app/quarkus-run.jar \
                    functions/extract/target/function.zip functions/transform/target/function.zip \
                    functions/load/target/function.zip functions/migrate/target/function.zip \
                    functions/backfill/target/function.zip; do
                  mkdir -p "$(dirname "$artifact")"
                  : > "$artifact"
                done
                """
                        .formatted(APP));
        for (String folder :
                List.of(
                        "functions",
                        "dashboard",
                        "sql",
                        "infrastructure/laptop",
                        "infrastructure/shop")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>");
    }

    @Test
    void theJavaOfThePathIsTakenWhereItIsNewEnough() throws Exception {
        Path path = jdk(temporary.resolve("path"), "21.0.4");
        Run run = run(Map.of("PATH", path + "/bin:/usr/bin:/bin"), "status", "--data", "a b");
        assertThat(run.output()).contains("java of " + path).endsWith("status --data a b\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void anOldJavaOfThePathIsPassedOver() throws Exception {
        Path old = jdk(temporary.resolve("old"), "17.0.15");
        Path good = jdk(temporary.resolve("jvm/jdk-25"), "25");
        Run run = run(Map.of("PATH", old + "/bin:/usr/bin:/bin"), "status");
        assertThat(run.output()).contains("java of " + good);
    }

    @Test
    void theSettingGoesBeforeAllOthers() throws Exception {
        jdk(temporary.resolve("jvm/jdk-25"), "25");
        Path named = jdk(temporary.resolve("named"), "22.0.1");
        Path java = jdk(temporary.resolve("java"), "23");
        Run run =
                run(
                        Map.of(
                                "SHOPFLOW_JAVA_HOME", named.toString(),
                                "JAVA_HOME", java.toString()),
                        "status");
        assertThat(run.output()).contains("java of " + named);
    }

    @Test
    void javaHomeOfAnOldJavaIsPassedOver() throws Exception {
        Path good = jdk(temporary.resolve("home/.sdkman/candidates/java/21.0.2-tem"), "21.0.2");
        Path old = jdk(temporary.resolve("old"), "11.0.2");
        assertThat(run(Map.of("JAVA_HOME", old.toString()), "status").output())
                .contains("java of " + good);
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Path runtime = jdk(temporary.resolve("jvm/a-runtime"), "25");
        Files.delete(runtime.resolve("bin/javac"));
        Path good = jdk(temporary.resolve("jvm/b-jdk"), "21");
        assertThat(run(Map.of(), "status").output()).contains("java of " + good);
    }

    @Test
    void withoutAnyItSaysWhatToInstall() throws Exception {
        Path old = jdk(temporary.resolve("jvm/jdk-17"), "17.0.1");
        Run run = run(Map.of(), "status");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("needs a JDK 21 or newer")
                .contains(old + " (17)")
                .contains("SHOPFLOW_JAVA_HOME");
    }

    @Test
    void itBuildsOnceWithALineAModule() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Run first = run(Map.of(), "status");
        assertThat(first.output()).contains("building 4/12 ShopFlow load\n").contains("built in");
        assertThat(first.output()).doesNotContain("\u001b").doesNotContain("\r");
        Run second = run(Map.of(), "status");
        assertThat(second.output()).doesNotContain("build");
        assertThat(Files.readAllLines(home.resolve("calls"))).hasSize(1);
    }

    @Test
    void itBuildsAgainWhereASourceIsNewerButNotATest() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        run(Map.of(), "up");
        newer(home.resolve("functions/load/src/test/LoadTest.java"));
        assertThat(run(Map.of(), "up").output()).doesNotContain("building");
        newer(home.resolve("functions/load/src/main/Load.java"));
        assertThat(run(Map.of(), "up").output()).contains("building");
    }

    @Test
    void commandsThatStopOrQueryAStackDoNotWaitForABuild() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        run(Map.of(), "up");
        newer(home.resolve("functions/load/src/main/Load.java"));
        for (String command : List.of("down", "status", "env", "reset")) {
            assertThat(run(Map.of(), command).output()).doesNotContain("building");
        }
    }

    @Test
    void helpDoesNotWaitForABuild() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        run(Map.of(), "up");
        newer(home.resolve("functions/load/src/main/Load.java"));
        for (String option : List.of("-h", "--help")) {
            assertThat(run(Map.of(), "run", option).output())
                    .doesNotContain("building")
                    .endsWith("run " + option + "\n");
        }
    }

    @Test
    void itBuildsAgainWhereTheQueueServerIsMissing() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        run(Map.of(), "up");
        Files.delete(home.resolve("infrastructure/laptop/queue-server/target/lib"));
        assertThat(run(Map.of(), "up").output()).contains("building");
    }

    @Test
    void aBuildThatFailsShowsTheEndOfItsLog() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Files.writeString(home.resolve("broken"), "");
        Run run = run(Map.of(), "up");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("could not be built")
                .contains("build.log")
                .contains("it does not compile")
                .doesNotContain("java of");
    }

    /** The launcher waited forever for one that was killed before it had written its process id. */
    @Test
    void aBuilderThatWasKilledIsNotWaitedFor() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Process killed = startBuilding();
        killTree(killed);
        Files.delete(home.resolve("slow"));
        Files.delete(home.resolve("building"));
        Run run = run(Map.of(), "up");
        assertThat(run.output())
                .contains("the last build was killed")
                .contains("built in")
                .doesNotContain("waiting");
        assertThat(run.status()).isZero();
    }

    @Test
    void aBuilderIsWaitedForAfterItsLauncherWasKilled() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Process killed = startBuilding();
        killed.destroyForcibly().waitFor();
        Process second = start(Map.of(), "up");
        awaitOutput(second, "waiting for it");
        Files.delete(home.resolve("slow"));
        assertThat(second.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(Files.readString(home.resolve("calls"))).doesNotContain("two at a time");
    }

    @Test
    void aBuilderThatIsPausedIsWaitedFor() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Process first = startBuilding();
        signal("STOP", first.pid());
        Process second = start(Map.of(), "up");
        awaitOutput(second, "waiting for it");
        Files.delete(home.resolve("slow"));
        signal("CONT", first.pid());
        for (Process each : List.of(first, second)) {
            assertThat(each.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(each.exitValue()).isZero();
        }
        assertThat(Files.readAllLines(home.resolve("calls"))).hasSize(1);
    }

    @Test
    void ofSeveralThatFindABuilderDeadOneBuilds() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        killTree(startBuilding());
        Files.delete(home.resolve("slow"));
        Files.delete(home.resolve("building"));
        Files.delete(home.resolve("calls"));
        List<Process> launchers = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            launchers.add(start(Map.of(), "up"));
        }
        for (Process launcher : launchers) {
            launcher.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            assertThat(launcher.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(launcher.exitValue()).isZero();
        }
        assertThat(Files.readAllLines(home.resolve("calls"))).hasSize(1);
    }

    @Test
    void verifyEndsWithMavensStatus() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        Run run = run(Map.of(), "verify", "-pl", "x");
        assertThat(run.status()).isEqualTo(3);
        assertThat(Files.readString(home.resolve("calls"))).contains("mvnw -B verify -T 2 -pl x");
    }

    @Test
    void verifyCompilesAgainWhatWasBuiltWithoutAnalysis() throws Exception {
        jdk(temporary.resolve("jvm/jdk"), "21");
        run(Map.of(), "up");
        Path compiled = Files.createDirectories(home.resolve("functions/load/target/maven-status"));

        run(Map.of(), "verify");
        assertThat(compiled).doesNotExist();

        Files.createDirectories(compiled);
        run(Map.of(), "verify");
        assertThat(compiled).exists();
        assertThat(Files.readAllLines(home.resolve("calls")))
                .extracting(call -> call.contains("-Dstatic-analysis="))
                .containsExactly(true, false, false);
    }

    @Test
    void settingsOfTheEnvFileAreReadButNotOverTheEnvironment() throws Exception {
        Path named = jdk(temporary.resolve("named"), "21");
        Path other = jdk(temporary.resolve("other"), "21");
        Files.writeString(
                home.resolve(".env"),
                "# settings\nSHOPFLOW_JAVA_HOME=" + named + "\nnot a setting\n");
        assertThat(run(Map.of(), "status").output()).contains("java of " + named);
        assertThat(run(Map.of("SHOPFLOW_JAVA_HOME", other.toString()), "status").output())
                .contains("java of " + other);
    }

    private record Run(int status, String output) {}

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("shopflow").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools().toString());
        builder.environment().put("HOME", temporary.resolve("home").toString());
        builder.environment().put("SHOPFLOW_JVM_FOLDER", temporary.resolve("jvm").toString());
        builder.environment().put("SHOPFLOW_JAVA_HOME_TOOL", "/nowhere");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private Process startBuilding() throws Exception {
        Files.writeString(home.resolve("slow"), "");
        Process launcher = start(Map.of(), "up");
        awaitOutput(launcher, "building 4/12");
        return launcher;
    }

    /** Reads the output until it contains this text. */
    private static void awaitOutput(Process process, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int next = process.getInputStream().read();
                next >= 0;
                next = process.getInputStream().read()) {
            read.append((char) next);
            if (read.indexOf(text) >= 0) {
                return;
            }
        }
        throw new AssertionError("it ended with: " + read);
    }

    private static void killTree(Process process) throws InterruptedException {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** The machine's programs without its java. */
    private Path tools() throws IOException {
        Path tools = temporary.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectories(tools);
            for (String tool :
                    List.of(
                            "bash",
                            "sh",
                            "dirname",
                            "basename",
                            "readlink",
                            "sed",
                            "head",
                            "tail",
                            "find",
                            "grep",
                            "mkdir",
                            "rm",
                            "mv",
                            "ln",
                            "cat",
                            "sleep",
                            "date",
                            "rmdir",
                            "uname",
                            "tput")) {
                for (String folder : List.of("/usr/bin", "/bin")) {
                    Path program = Path.of(folder, tool);
                    if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
                        Files.createSymbolicLink(tools.resolve(tool), program);
                    }
                }
            }
        }
        return tools;
    }

    private static Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(
                folder.resolve("bin/java"),
                "#!/bin/sh\necho \"java of "
                        + folder
                        + "\"\nwhile [ \"$1\" != -jar ] && [ \"$1\" != -cp ]; do shift; done; [ \"$1\" = -jar ] || shift; shift 2; echo \"$@\"\n");
        script(folder.resolve("bin/javac"), "#!/bin/sh\n");
        return folder;
    }

    private static void newer(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private static void script(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
