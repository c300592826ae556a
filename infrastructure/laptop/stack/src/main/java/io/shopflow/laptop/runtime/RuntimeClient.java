package io.shopflow.laptop.runtime;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * AWS's runtime client for Java functions.
 *
 * @param nativeLibrary its unpacked native library; null if there is none for this machine
 * @see <a href="https://github.com/aws/aws-lambda-java-libs">aws-lambda-java-libs</a>
 */
record RuntimeClient(@Nullable Path nativeLibrary) {

    private static final String CLIENT = "aws-lambda-java-runtime-interface-client-";

    /** Its entry point. */
    static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /**
     * Options of the JVM. By default each process unpacks the native library to the same file in
     * /tmp, and one that starts meanwhile crashes: in AWS each has its own /tmp.
     */
    List<String> options() {
        return nativeLibrary == null
                ? List.of()
                : List.of(
                        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                                + nativeLibrary);
    }

    /**
     * The client from the build.
     *
     * @param folder its jars
     * @param cache folder for the unpacked native library
     */
    static RuntimeClient locate(Path folder, Path cache) {
        try {
            Path jar = jar(folder);
            return new RuntimeClient(unpack(jar, cache).orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> jar =
                        files.filter(file -> file.getFileName().toString().startsWith(CLIENT))
                                .findFirst();
                if (jar.isPresent()) {
                    return jar.get();
                }
            }
        }
        throw new StackException(
                "%s was not built. Start with ./shopflow, which builds what is missing."
                        .formatted(folder));
    }

    private static Optional<Path> unpack(Path jar, Path cache) throws IOException {
        String name = "libaws-lambda-jni." + platform() + ".so";
        try (ZipFile content = new ZipFile(jar.toFile())) {
            ZipEntry entry = content.getEntry("jni/" + name);
            if (entry == null) {
                return Optional.empty();
            }
            Path library = cache.resolve(Long.toString(entry.getCrc(), 36) + "-" + name);
            if (!Files.exists(library)) {
                Files.createDirectories(cache);
                Path next = Files.createTempFile(cache, name, ".next");
                try (InputStream body = content.getInputStream(entry)) {
                    Files.copy(body, next, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(next, library, StandardCopyOption.ATOMIC_MOVE);
            }
            return Optional.of(library);
        }
    }

    private static String platform() {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        if (!System.getProperty("os.name").equals("Linux")) {
            return "none-" + processor;
        }
        boolean musl = Files.exists(Path.of("/etc/alpine-release"));
        return (musl ? "linux_musl-" : "linux-") + processor;
    }
}
