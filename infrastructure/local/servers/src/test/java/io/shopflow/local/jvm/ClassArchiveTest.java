package io.shopflow.local.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the file of an archive. A training that was killed after a minute published half
 * of one, from which every server crashed until somebody deleted it.
 */
class ClassArchiveTest {

    @TempDir Path folder;

    @Test
    void anArchiveIsTakenOnceAJvmHasWrittenAllOfIt() throws Exception {
        ClassArchive archive = archive();
        assertThat(run(archive.trainingCommand())).isZero();
        assertThat(archive.isUsable()).isFalse();

        assertThat(archive.takeTrained()).isTrue();
        assertThat(archive.isUsable()).isTrue();
        assertThat(archive.file()).doesNotExist();
        assertThat(run(archive.command())).isZero();

        archive.worked();
        assertThat(archive.file()).exists();
        assertThat(files()).containsExactly(archive.file());
    }

    @Test
    void anArchiveWhoseJvmWasKilledIsNotTaken() throws Exception {
        ClassArchive archive = archive();
        assertThat(archive.takeTrained()).isFalse();

        Path half = Path.of(option(archive.trainingCommand()));
        Files.writeString(half, "half");
        Files.writeString(half.resolveSibling(half.getFileName() + ".config"), "notes");
        assertThat(archive.takeTrained()).isFalse();
        assertThat(archive.isUsable()).isFalse();

        archive.trainingCommand();
        assertThat(files()).isEmpty();
    }

    /** The JVM refuses an archive that was cut short, but crashes of one with a hole in it. */
    @Test
    void anArchiveThatAJvmCrashesOfIsGoneAfterwards() throws Exception {
        ClassArchive archive = archive();
        run(archive.trainingCommand());
        archive.takeTrained();
        archive.worked();
        byte[] content = Files.readAllBytes(archive.file());
        java.util.Arrays.fill(content, content.length / 4, content.length / 2, (byte) 0);
        Files.write(archive.file(), content);

        assertThat(run(archive.command())).isNotZero();
        assertThat(archive.isUsable()).isFalse();
        assertThat(run(archive.command())).isZero();
    }

    @Test
    void anArchiveThatIsThrownAwayLeavesNothing() throws Exception {
        ClassArchive archive = archive();
        Files.writeString(archive.file(), "archive");
        assertThat(archive.command()).anyMatch(word -> word.contains(".archive"));
        archive.discard();
        assertThat(archive.command()).isEqualTo(ClassArchive.plainCommand());
        assertThat(files()).isEmpty();
    }

    private ClassArchive archive() {
        return ClassArchive.in(folder);
    }

    private List<Path> files() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".archive")).toList();
        }
    }

    private static String option(List<String> command) {
        String option =
                command.stream().filter(word -> word.contains(".next")).findFirst().orElseThrow();
        return option.substring(option.indexOf('=') + 1);
    }

    /** Runs the JDK's own program, whose classes come from the JDK alone. */
    private int run(List<String> jvm) throws Exception {
        List<String> command = new java.util.ArrayList<>(jvm);
        command.addAll(List.of("-Xmx64m", "-m", "jdk.httpserver"));
        command.add("--version");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output.log").toFile())
                        .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
