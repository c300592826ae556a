package io.shopflow.laptop.runtime;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A function's build output and its start command. */
public sealed interface FunctionPackage {

    /** Functions that compute for seconds. */
    Set<String> COMPUTING = Set.of("extract", "transform");

    /**
     * The program and its arguments.
     *
     * @param memoryMegabytes the function's memory
     */
    List<String> command(int memoryMegabytes);

    /**
     * The package of a function's last build: a native executable that is older than the zip is
     * from an older build. A zip may also be native.
     *
     * @param home the repository
     * @param cache folder of unpacked zips, for all stacks
     * @throws StackException if none was built
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
        Path clientJars = home.resolve("infrastructure/laptop/stack/target/lambda-runtime");
        UnpackedZip unpacked = UnpackedZip.of(zip, clientJars, cache.resolve(name));
        Path bootstrap = unpacked.bootstrap();
        if (bootstrap != null) {
            return new Native(bootstrap);
        }
        return new Jvm(unpacked, RuntimeClient.locate(clientJars, cache), COMPUTING.contains(name));
    }

    /**
     * A native executable, which polls the Runtime API itself.
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
     * An unpacked zip for the JVM, run by AWS's runtime client like in AWS's managed runtime.
     *
     * @param runtimeClient of AWS
     * @param computing whether full JIT compilation pays off; the others, which mostly wait, are
     *     compiled like in AWS's managed runtime
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">How the
     *     managed runtime starts the JVM</a>
     */
    record Jvm(UnpackedZip zip, RuntimeClient runtimeClient, boolean computing)
            implements FunctionPackage {
        @Override
        public List<String> command(int memoryMegabytes) {
            List<String> command = new ArrayList<>();
            command.add(ChildProcess.java());
            command.add("-XX:+UseSerialGC");
            command.add("-Xmx" + heapMegabytes(memoryMegabytes) + "m");
            command.add("-XX:+ExitOnOutOfMemoryError");
            if (!computing) {
                command.add("-XX:TieredStopAtLevel=1");
            }
            command.addAll(runtimeClient.options());
            // From the manifest of a Quarkus application.
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("-cp");
            command.add(zip.classPath());
            command.add(RuntimeClient.MAIN_CLASS);
            command.add("io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest");
            return command;
        }
    }

    /** The memory that remains for the heap besides code, classes and buffers. */
    private static int heapMegabytes(int memoryMegabytes) {
        return memoryMegabytes * 3 / 4;
    }
}
