package io.shopflow.local.runtime;

import io.shopflow.local.folder.StackException;
import io.shopflow.local.jvm.ClassArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a function's build made, and how it is started. */
public sealed interface FunctionPackage {

    /** Those that compute for seconds. */
    Set<String> COMPUTING = Set.of("extract", "transform");

    /**
     * The program and its arguments.
     *
     * @param memoryMegabytes the function's memory
     */
    List<String> command(int memoryMegabytes);

    /** The same without the archive, where there is one. */
    default List<String> plainCommand(int memoryMegabytes) {
        return command(memoryMegabytes);
    }

    /** What {@link #command} starts from; empty where nothing was learned yet. */
    default Optional<ClassArchive> archive() {
        return Optional.empty();
    }

    /**
     * The same, started so that its processes learn how to start faster: one at a time, and asked
     * to end rather than killed. A native executable has nothing to learn.
     */
    default FunctionPackage inTraining() {
        return this;
    }

    /** Keeps what the process that has ended learned. Returns whether there is anything. */
    default boolean endTraining() {
        return false;
    }

    /**
     * The package of a function as it was built last: a native executable that is older than the
     * zip is of an older build. A zip may be native too.
     *
     * @param home the repository
     * @param cache where zips are unpacked, for all stacks
     * @throws StackException where none was built
     */
    static FunctionPackage locate(Path home, String name, Path cache) {
        Path target = home.resolve("functions").resolve(name).resolve("target");
        Path zip = target.resolve("function.zip");
        Optional<Path> runner = NativeExecutable.in(target, zip);
        if (runner.isPresent()) {
            return new Native(runner.get());
        }
        if (!Files.exists(zip)) {
            throw new StackException(
                    "%s was not built. Start with ./shopflow, which builds what is missing, or run ./mvnw -DskipTests package."
                            .formatted(zip));
        }
        Path clientJars = home.resolve("infrastructure/local/stack/target/lambda-runtime");
        UnpackedZip unpacked = UnpackedZip.of(zip, clientJars, cache.resolve(name));
        Path bootstrap = unpacked.bootstrap();
        if (bootstrap != null) {
            return new Native(bootstrap);
        }
        return new Jvm(
                unpacked,
                RuntimeClient.locate(clientJars, cache),
                ClassArchive.in(unpacked.folder()),
                COMPUTING.contains(name),
                false);
    }

    /**
     * A native executable, which polls by itself.
     *
     * @param executable the {@code bootstrap} of the zip
     */
    record Native(Path executable) implements FunctionPackage {
        @Override
        public List<String> command(int memoryMegabytes) {
            return List.of(executable.toString(), "-Xmx" + heapMegabytes(memoryMegabytes) + "m");
        }
    }

    /**
     * An unpacked zip for the JVM, run by AWS's own runtime client as in AWS's managed runtime.
     *
     * @param runtimeClient AWS's
     * @param learned what the JVM keeps for the next start
     * @param computing whether compiling it as well as can be pays for itself; the others, which
     *     mostly wait, are compiled as AWS's managed runtime does
     * @param training whether its processes are there to write the archive
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">How the
     *     managed runtime starts the JVM</a>
     */
    record Jvm(
            UnpackedZip zip,
            RuntimeClient runtimeClient,
            ClassArchive learned,
            boolean computing,
            boolean training)
            implements FunctionPackage {
        @Override
        public List<String> command(int memoryMegabytes) {
            return command(
                    training ? learned.trainingCommand() : learned.command(), memoryMegabytes);
        }

        @Override
        public List<String> plainCommand(int memoryMegabytes) {
            return command(ClassArchive.plainCommand(), memoryMegabytes);
        }

        @Override
        public Optional<ClassArchive> archive() {
            return Optional.of(learned).filter(archive -> !training && archive.isUsable());
        }

        private List<String> command(List<String> jvm, int memoryMegabytes) {
            List<String> command = new ArrayList<>(jvm);
            command.add("-Xmx" + heapMegabytes(memoryMegabytes) + "m");
            command.add("-XX:+ExitOnOutOfMemoryError");
            if (!computing && !training) {
                command.add("-XX:TieredStopAtLevel=1");
            }
            command.addAll(runtimeClient.options());
            command.add("-jar");
            command.add(zip.folder().resolve(UnpackedZip.LAUNCHER).toString());
            command.add("io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest");
            return command;
        }

        @Override
        public FunctionPackage inTraining() {
            return new Jvm(zip, runtimeClient, learned, computing, true);
        }

        @Override
        public boolean endTraining() {
            return training && learned.takeTrained();
        }
    }

    /** What is left for the heap besides code, classes and buffers. */
    private static int heapMegabytes(int memoryMegabytes) {
        return memoryMegabytes * 3 / 4;
    }
}
