package io.shopflow.laptop.servers;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.process.UntilEndOfInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on the JVM. It runs with our classes and its own class path: the libraries of ElasticMQ
 * do not fit those of the stack.
 *
 * @param libraries the module below {@code infrastructure/laptop} whose build has its libraries
 * @param options of its JVM
 */
record JavaServer(String libraries, List<String> options, String mainClass) {

    private static final String CLASSES = "servers";

    /**
     * The program and its arguments.
     *
     * @throws StackException if it was not built
     */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ChildProcess.java());
        command.add("-XX:+UseSerialGC");
        // C1 alone: these servers move bytes, and must start fast.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.add("-cp");
        command.add(built(CLASSES, "classes") + ":" + built(libraries, "lib") + "/*");
        command.add(UntilEndOfInput.class.getName());
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path built(String module, String part) {
        Path folder =
                ShopflowHome.find()
                        .resolve("infrastructure/laptop/" + module + "/target")
                        .resolve(part);
        if (!Files.isDirectory(folder)) {
            throw new StackException(
                    "%s is not built: there is no %s. Run ./mvnw -pl infrastructure/laptop/%s -am package."
                            .formatted(module, folder, module));
        }
        return folder;
    }
}
