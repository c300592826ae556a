package io.shopflow.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Lines of one logger that the application under test logs from now on, be it in this process or in
 * one of its own.
 */
public final class LoggedLines {

    /** What the application under test needs, so that its log can be read here. */
    static final Map<String, String> CONFIGURATION =
            Map.of(
                    "quarkus.log.file.enabled", "true",
                    "quarkus.log.file.json.enabled", "false",
                    "quarkus.log.file.format", "%c %s%n");

    /** Where Quarkus's launcher of packaged applications puts the log. */
    private static final Path LOG =
            Path.of(System.getProperty("quarkus.log.file.path", "target/quarkus.log"));

    private final String prefix;
    private final int start;

    private LoggedLines(String prefix, int start) {
        this.prefix = prefix;
        this.start = start;
    }

    /** Those of a logger with this name. */
    public static LoggedLines of(String logger) {
        return new LoggedLines(logger + " ", read().length);
    }

    public List<String> lines() {
        byte[] log = read();
        return new String(Arrays.copyOfRange(log, start, log.length), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static byte[] read() {
        try {
            return Files.readAllBytes(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
