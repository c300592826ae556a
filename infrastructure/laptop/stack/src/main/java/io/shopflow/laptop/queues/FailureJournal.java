package io.shopflow.laptop.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.shopflow.core.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The failed events with their reasons, which the queues do not provide; one JSON object per line.
 */
public final class FailureJournal {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final Path file;

    /** The journal in this file, which may not exist. */
    public FailureJournal(Path file) {
        this.file = file;
    }

    /** Adds a line. */
    public synchronized void add(FailedEvent event) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(event) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the events of runs that are retried. */
    public synchronized void forget(Collection<RunId> runIds) {
        List<FailedEvent> others =
                all().filter(event -> event.runId() == null || !runIds.contains(event.runId()))
                        .toList();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        others.forEach(this::add);
    }

    /** The abandoned events of a run, oldest first. */
    public List<FailedEvent> givenUp(RunId runId) {
        return all().filter(event -> runId.equals(event.runId()) && event.givenUp()).toList();
    }

    /** The newest abandoned events, newest last. */
    public List<FailedEvent> lastGivenUp(int atMost) {
        List<FailedEvent> events = all().filter(FailedEvent::givenUp).toList();
        return events.subList(Math.max(0, events.size() - atMost), events.size());
    }

    private Stream<FailedEvent> all() {
        if (!Files.exists(file)) {
            return Stream.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(FailureJournal::parse)
                    .flatMap(Optional::stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<FailedEvent> parse(String line) {
        try {
            return Optional.of(JSON.readValue(line, FailedEvent.class));
        } catch (JsonProcessingException e) {
            // A line cut short by a kill.
            return Optional.empty();
        }
    }
}
