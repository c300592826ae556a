package io.shopflow.local.servers;

import io.shopflow.local.jvm.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of ours, as its module's build left it.
 *
 * @param module below {@code infrastructure/local}
 * @param options of its JVM
 */
record JavaServer(String module, List<String> options, String mainClass) {

    /** The program and its arguments. */
    List<String> command(List<String> arguments, ServerStart start) {
        boolean training = start == ServerStart.TRAINING;
        List<String> command = new ArrayList<>(archive().command(training));
        command.add("-XX:-UsePerfData");
        if (!training) {
            // C1 alone: these servers move bytes, and must start fast.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", program() + ":" + target().resolve("lib") + "/*"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** What a training run left, or will leave. */
    ClassArchive archive() {
        return ClassArchive.in(target());
    }

    /** The jar, since the JVM archives no classes of folders; the folder while tests change it. */
    private Path program() {
        Path classes = target().resolve("classes");
        if (!Files.isDirectory(classes) || !Files.isDirectory(target().resolve("lib"))) {
            throw new ServerStartException(
                    "%s is not built: %s lacks it. Run ./mvnw -pl infrastructure/local/%s package."
                            .formatted(module, target(), module));
        }
        return jar().filter(jar -> lastChange(classes).compareTo(lastChange(jar)) <= 0)
                .orElse(classes);
    }

    private Optional<Path> jar() {
        try (Stream<Path> files = Files.list(target())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar")).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime lastChange(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(JavaServer::modified).max(Comparator.naturalOrder()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path target() {
        return ShopflowHome.find().resolve("infrastructure/local/" + module + "/target");
    }
}
