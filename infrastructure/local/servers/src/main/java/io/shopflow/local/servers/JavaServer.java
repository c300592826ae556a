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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server of ours, as its module's build left it.
 *
 * @param module below {@code infrastructure/local}
 * @param options of its JVM
 */
record JavaServer(String module, List<String> options, String mainClass) {

    /** The module that all of them use besides their own class paths. */
    private static final String CALLERS = "callers";

    /**
     * Starts it and waits until it answers. Where it does not get that far from its archive, it is
     * started once more without.
     *
     * @throws ServerStartException when it ends, or makes no progress
     */
    ServerProcess start(
            String server,
            List<String> arguments,
            ServerStart start,
            DataFolder folder,
            String log,
            BooleanSupplier ready) {
        if (start == ServerStart.TRAINING) {
            List<String> command = command(archive().trainingCommand(), arguments);
            return ServerProcess.training(server, command, folder, log, archive())
                    .awaitReady(ready);
        }
        List<String> fast = new ArrayList<>(archive().command());
        // C1 alone: these servers move bytes, and must start fast.
        fast.add("-XX:TieredStopAtLevel=1");
        boolean fromArchive = archive().isUsable();
        try {
            ServerProcess process =
                    ServerProcess.start(server, command(fast, arguments), folder, log)
                            .awaitReady(ready);
            archive().worked();
            return process;
        } catch (ServerStartException e) {
            if (!fromArchive) {
                throw e;
            }
        }
        List<String> plain = new ArrayList<>(ClassArchive.plainCommand());
        plain.add("-XX:TieredStopAtLevel=1");
        ServerProcess process =
                ServerProcess.start(server, command(plain, arguments), folder, log)
                        .awaitReady(ready);
        archive().discard();
        return process;
    }

    /** The program and its arguments. */
    private List<String> command(List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(jvm);
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        program(target())
                                + ":"
                                + program(target(CALLERS))
                                + ":"
                                + target().resolve("lib")
                                + "/*"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** What a training run left, or will leave. */
    private ClassArchive archive() {
        return ClassArchive.in(target());
    }

    /** The jar, since the JVM archives no classes of folders; the folder while tests change it. */
    private Path program(Path target) {
        Path classes = target.resolve("classes");
        if (!Files.isDirectory(classes) || !Files.isDirectory(target().resolve("lib"))) {
            throw new ServerStartException(
                    "%s is not built: %s lacks it. Run ./mvnw -pl infrastructure/local/%s -am package."
                            .formatted(module, target, module));
        }
        return jar(target)
                .filter(jar -> lastChange(classes).compareTo(lastChange(jar)) <= 0)
                .orElse(classes);
    }

    private static Optional<Path> jar(Path target) {
        try (Stream<Path> files = Files.list(target)) {
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
        return target(module);
    }

    private static Path target(String module) {
        return ShopflowHome.find().resolve("infrastructure/local/" + module + "/target");
    }
}
