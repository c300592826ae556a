package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.folder.StackException;
import io.shopflow.laptop.runtime.NativeExecutable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The dashboard's build output and its start command. */
final class DashboardPackage {

    private static final String LARGEST_HEAP = "-Xmx256m";

    private DashboardPackage() {}

    /**
     * The program and its arguments: the last build, native or for the JVM.
     *
     * @param home the repository
     * @throws StackException if neither was built
     */
    static List<String> command(Path home) {
        Path target = home.resolve("dashboard/target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        Optional<Path> executable = NativeExecutable.in(target, jar);
        if (executable.isPresent()) {
            return List.of(executable.get().toString(), LARGEST_HEAP);
        }
        if (!Files.exists(jar)) {
            throw new StackException(
                    "%s was not built. Start with ./shopflow, which builds what is missing."
                            .formatted(jar));
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                LARGEST_HEAP,
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-jar",
                jar.toString());
    }
}
