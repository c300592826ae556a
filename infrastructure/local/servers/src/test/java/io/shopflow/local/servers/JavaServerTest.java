package io.shopflow.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.local.jvm.ClassArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that starts from an archive of its classes, or dies of it. */
class JavaServerTest {

    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String HOME = System.getProperty("shopflow.home", "");

    @TempDir Path home;

    private JavaServer server;
    private ClassArchive archive;

    /** The server: says that it is ready, and ends with its input. */
    public static final class Ready {

        private Ready() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments.length > 1) {
                throw new IllegalStateException("it cannot start at all");
            }
            Files.writeString(Path.of(arguments[0]), "ready");
            while (System.in.read() >= 0) {
                // Only its end matters.
            }
        }
    }

    @BeforeEach
    void build() throws IOException {
        Path target = Files.createDirectories(home.resolve("infrastructure/local/ready/target"));
        Files.createDirectories(target.resolve("lib"));
        Files.createDirectories(home.resolve("infrastructure/local/callers/target/classes"));
        Files.createDirectories(target.resolve("classes"));
        String program = Ready.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar =
                        new JarOutputStream(Files.newOutputStream(target.resolve("ready.jar")));
                InputStream classFile =
                        Objects.requireNonNull(
                                Ready.class.getClassLoader().getResourceAsStream(program))) {
            jar.putNextEntry(new ZipEntry(program));
            classFile.transferTo(jar);
        }
        System.setProperty("shopflow.home", home.toString());
        server = new JavaServer("ready", List.of("-Xmx64m"), Ready.class.getName());
        archive = ClassArchive.in(target);
    }

    @AfterEach
    void restore() {
        System.setProperty("java.home", JAVA_HOME);
        if (HOME.isEmpty()) {
            System.clearProperty("shopflow.home");
        } else {
            System.setProperty("shopflow.home", HOME);
        }
    }

    @Test
    void aTrainedServerLeavesAnArchiveThatIsPublishedAfterItsFirstUse() throws Exception {
        start(ServerStart.TRAINING);
        assertThat(archive.isUsable()).isTrue();
        assertThat(archive.file()).doesNotExist();
        start(ServerStart.SERVING);
        assertThat(archive.file()).exists();
    }

    /**
     * The S3 server crashed in native code at every start until the archive was deleted by hand.
     */
    @Test
    void aServerThatDiesOfItsArchiveIsStartedOnceMoreWithoutIt() throws Exception {
        crashWhereThereIsAnArchive();
        Files.writeString(archive.file(), "broken");
        start(ServerStart.SERVING);
        assertThat(archive.isUsable()).isFalse();
    }

    @Test
    void anArchiveIsKeptWhereTheServerDoesNotStartWithoutItEither() throws Exception {
        crashWhereThereIsAnArchive();
        Files.writeString(archive.file(), "whole");
        assertThatThrownBy(() -> start(ServerStart.SERVING, "and fail"))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("it cannot start at all");
        assertThat(archive.isUsable()).isTrue();
    }

    private void start(ServerStart start, String... more) throws IOException {
        try (DataFolder folder = DataFolder.open(home.resolve("data"), "The server")) {
            Path ready = folder.resolve("ready");
            Files.deleteIfExists(ready);
            List<String> arguments = new java.util.ArrayList<>(List.of(ready.toString()));
            arguments.addAll(List.of(more));
            server.start("The server", arguments, start, folder, "log", () -> Files.exists(ready))
                    .stop();
        }
    }

    /**
     * Puts a java in the place of the real one that crashes as the JVM does of a damaged archive.
     */
    private void crashWhereThereIsAnArchive() throws IOException {
        Path jdk = home.resolve("jdk");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                case "$*" in *.archive*) kill -ABRT $$ ;; esac
                exec '%s/bin/java' "$@"
                """
                        .formatted(JAVA_HOME));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String part : List.of("lib", "conf")) {
            Files.createSymbolicLink(jdk.resolve(part), Path.of(JAVA_HOME).resolve(part));
        }
        System.setProperty("java.home", jdk.toString());
    }
}
