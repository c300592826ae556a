package io.shopflow.laptop.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One of our own servers, from its module's build.
 *
 * @param module below {@code infrastructure/laptop}
 * @param options of its JVM
 */
record JavaServer(String module, List<String> options, String mainClass) {

    /** The module that all servers use in addition to their own class paths. */
    private static final String CALLERS = "callers";

    /**
     * Starts it and waits until it answers.
     *
     * @throws ServerStartException if it ends, or makes no progress
     */
    ServerProcess start(
            String server,
            List<String> arguments,
            DataFolder folder,
            String log,
            BooleanSupplier ready) {
        return ServerProcess.start(server, command(arguments), folder, log).awaitReady(ready);
    }

    /** The program and its arguments. */
    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        // C1 alone: these servers move bytes, and must start fast.
        command.add("-XX:TieredStopAtLevel=1");
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

    private Path program(Path target) {
        Path classes = target.resolve("classes");
        if (!Files.isDirectory(classes) || !Files.isDirectory(target().resolve("lib"))) {
            throw new ServerStartException(
                    "%s is not built: %s lacks it. Run ./mvnw -pl infrastructure/laptop/%s -am package."
                            .formatted(module, target, module));
        }
        return classes;
    }

    private Path target() {
        return target(module);
    }

    private static Path target(String module) {
        return ShopflowHome.find().resolve("infrastructure/laptop/" + module + "/target");
    }
}
