package io.shopflow.laptop.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A minimal function process: it requests events from the Runtime API and executes the action in
 * each of them.
 */
public final class ScriptedFunction {

    private ScriptedFunction() {}

    /** The process. */
    public static void main(String[] arguments) throws Exception {
        if ("init-error".equals(System.getenv("SCRIPT"))) {
            post("init/error", "{\"errorType\":\"Init\",\"errorMessage\":\"no such setting\"}");
            System.exit(1);
        }
        if ("exit".equals(System.getenv("SCRIPT"))) {
            System.exit(7);
        }
        serve(ScriptedFunction::answer);
    }

    /** Requests events forever; posts an exception of the function as its error. */
    public static void serve(UnaryOperator<String> function) throws IOException {
        while (true) {
            HttpURLConnection next = open("invocation/next");
            String requestId = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
            for (String header :
                    List.of(
                            "Lambda-Runtime-Deadline-Ms",
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "Lambda-Runtime-Trace-Id")) {
                if (next.getHeaderField(header) == null) {
                    throw new IOException("no header " + header);
                }
            }
            String event;
            try (InputStream body = next.getInputStream()) {
                event = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
            try {
                post("invocation/" + requestId + "/response", function.apply(event));
            } catch (RuntimeException e) {
                post(
                        "invocation/" + requestId + "/error",
                        new ObjectMapper()
                                .createObjectNode()
                                .put("errorType", e.getClass().getSimpleName())
                                .put("errorMessage", e.getMessage())
                                .toString());
            }
        }
    }

    private static String answer(String event) {
        if (event.contains("fail")) {
            throw new IllegalArgumentException("told to fail");
        }
        if (event.contains("crash")) {
            Runtime.getRuntime().halt(9);
        }
        if (event.contains("sleep")) {
            pause();
        }
        if (event.contains("large")) {
            return "\"" + "x".repeat(7 << 20) + "\"";
        }
        if (event.contains("pid")) {
            return Long.toString(ProcessHandle.current().pid());
        }
        if (event.contains("environment")) {
            return System.getenv("AWS_LAMBDA_FUNCTION_NAME")
                    + " "
                    + System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
                    + " "
                    + System.getenv("OWN")
                    + " "
                    + System.getenv("HOME");
        }
        return event;
    }

    private static void pause() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection)
                URI.create(
                                "http://"
                                        + System.getenv("AWS_LAMBDA_RUNTIME_API")
                                        + "/2018-06-01/runtime/"
                                        + path)
                        .toURL()
                        .openConnection();
    }

    private static void post(String path, String body) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        connection.getResponseCode();
    }

    /** Writes an executable that starts a main class of the tests, in place of a native build. */
    public static Path executable(Path home, String function, Class<?> mainClass)
            throws IOException {
        Path target = Files.createDirectories(home.resolve("functions/" + function + "/target"));
        Path script = target.resolve("shopflow-" + function + "-runner");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '%s' %s %s\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                mainClass.getName(),
                                function));
        Set<PosixFilePermission> executable = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(script, executable);
        return script;
    }
}
