package io.shopflow.laptop.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.laptop.files.AtomicFile;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.ledger.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes the notifications that load has put into the bucket to files. In AWS, a state machine
 * publishes them.
 */
final class NotificationFiles {

    /** More are not sent within the second after which this looks again. */
    private static final int MOST = 20;

    private final RunDatabase database;
    private final ObjectStore lake;
    private final DataFolder folder;
    private final Consumer<String> announcements;

    NotificationFiles(
            RunDatabase database,
            ObjectStore lake,
            DataFolder folder,
            Consumer<String> announcements) {
        this.database = database;
        this.lake = lake;
        this.folder = folder;
        this.announcements = announcements;
    }

    /** Writes those that are not there yet, and announces each. */
    void write() {
        for (Run run : database.read(ledger -> ledger.notified(MOST)).reversed()) {
            Path file = folder.notification(run.source(), run.runId());
            if (!Files.exists(file)) {
                lake.read(RunKeys.notification(run.source(), run.runId()))
                        .ifPresent(json -> write(file, RunJson.read(json, JsonNode.class)));
            }
        }
    }

    private void write(Path file, JsonNode notification) {
        String subject = notification.path("subject").asText();
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(
                    file,
                    "%s%n%n%s"
                            .formatted(subject, notification.path("text").asText())
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        announcements.accept("notification: %s: %s".formatted(subject, file));
    }
}
