package io.shopflow.local.runtime;

import io.shopflow.local.folder.StackException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a function's build made, and how it is started. */
public sealed interface FunctionPackage {

    /**
     * The program and its arguments.
     *
     * @param memoryMegabytes the function's memory
     */
    List<String> command(int memoryMegabytes);

    /**
     * The package of a function: native where that was built, else the one for the JVM.
     *
     * @param home the repository
     * @param cache where zips are unpacked
     * @throws StackException where none was built
     */
    static FunctionPackage locate(Path home, String name, Path cache) {
        Path target = home.resolve("functions").resolve(name).resolve("target");
        Optional<Path> runner = nativeRunner(target);
        if (runner.isPresent()) {
            return new Native(runner.get());
        }
        Path zip = target.resolve("function.zip");
        if (!Files.exists(zip)) {
            throw new StackException(
                    "%s was not built. Start with ./shopflow, which builds what is missing, or run ./mvnw -DskipTests package."
                            .formatted(zip));
        }
        Path unpacked = unpack(zip, cache.resolve(name));
        Path bootstrap = unpacked.resolve("bootstrap");
        if (Files.exists(bootstrap)) {
            return new Native(bootstrap);
        }
        return new Jvm(
                unpacked,
                RuntimeClient.locate(
                        home.resolve("infrastructure/local/stack/target/lambda-runtime"), cache),
                unpacked.resolve("classes-" + Runtime.version().feature() + ".jsa"));
    }

    private static Optional<Path> nativeRunner(Path target) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpack(Path zip, Path cache) {
        try {
            // Named by what the zip is, so that a rebuilt function is never mixed with an older
            // one.
            String version =
                    Long.toString(Files.getLastModifiedTime(zip).toMillis(), 36)
                            + "-"
                            + Long.toString(Files.size(zip), 36);
            Path folder = cache.resolve(version);
            if (Files.isDirectory(folder)) {
                return folder;
            }
            delete(cache);
            Path unfinished = cache.resolve(version + ".unfinished");
            Files.createDirectories(unfinished);
            try (ZipFile content = new ZipFile(zip.toFile())) {
                for (ZipEntry entry : Collections.list(content.entries())) {
                    Path file = unfinished.resolve(entry.getName()).normalize();
                    if (!file.startsWith(unfinished)) {
                        throw new IOException(zip + " has an entry outside of itself");
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                    } else {
                        Files.createDirectories(file.getParent());
                        // A class that Quarkus transformed may stand twice: as with unzip, the last
                        // one stays.
                        Files.copy(
                                content.getInputStream(entry),
                                file,
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            // The root classes stay zipped: the JVM archives classes of jars only.
            Files.copy(
                    zip, unfinished.resolve("function.jar"), StandardCopyOption.REPLACE_EXISTING);
            Path bootstrap = unfinished.resolve("bootstrap");
            if (Files.exists(bootstrap) && !bootstrap.toFile().setExecutable(true)) {
                throw new IOException(bootstrap + " cannot be made executable");
            }
            return Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
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
     * @param folder the unpacked zip
     * @param runtimeClient AWS's
     * @param classArchive where the JVM keeps the loaded classes for the next start
     */
    record Jvm(Path folder, RuntimeClient runtimeClient, Path classArchive)
            implements FunctionPackage {
        @Override
        public List<String> command(int memoryMegabytes) {
            return command(
                    memoryMegabytes,
                    Files.exists(classArchive)
                            ? List.of("-XX:SharedArchiveFile=" + classArchive)
                            : List.of());
        }

        /** The program that writes the archive when it ends. */
        List<String> training(int memoryMegabytes, Path archive) {
            return command(memoryMegabytes, List.of("-XX:ArchiveClassesAtExit=" + archive));
        }

        private List<String> command(int memoryMegabytes, List<String> archiving) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx" + heapMegabytes(memoryMegabytes) + "m");
            // As in AWS's managed runtime: runs are short, and so is the way to full speed.
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-XX:+UseSerialGC");
            command.add("-XX:+ExitOnOutOfMemoryError");
            // Remarks about the archive, which the JVM can do without.
            command.add("-Xlog:disable");
            command.add("-Xshare:auto");
            command.addAll(archiving);
            // The same as the manifest of a Quarkus application says, which a class path does not.
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
            command.add("--enable-native-access=ALL-UNNAMED");
            command.addAll(runtimeClient.options());
            command.add("-cp");
            command.add(
                    String.join(
                            File.pathSeparator,
                            folder.resolve("function.jar").toString(),
                            folder.resolve("lib").resolve("*").toString(),
                            runtimeClient.classPath()));
            command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
            command.add("io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest");
            return command;
        }
    }

    /** What is left for the heap besides code, classes and buffers. */
    private static int heapMegabytes(int memoryMegabytes) {
        return memoryMegabytes * 3 / 4;
    }
}
