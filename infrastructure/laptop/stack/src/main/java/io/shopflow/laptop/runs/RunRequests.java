package io.shopflow.laptop.runs;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.laptop.files.AtomicFile;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.queues.Queues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The requested runs that are not closed, each as a file until it is. A message alone is not
 * enough: if its process is killed, it stays hidden for more than an hour.
 */
public final class RunRequests {

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Path readableFolders;
    private final Queues queues;

    /** The requests of a stack. */
    public RunRequests(DataFolder stack, Queues queues) {
        this.folder = stack.file("requests");
        this.readableFolders = stack.readableFolders();
        this.queues = queues;
    }

    /** Requests a run and records it. */
    public void submit(ExtractRequest request) {
        if (request.runId() == null) {
            throw new IllegalArgumentException("a run that is recorded needs an id");
        }
        try {
            Files.createDirectories(folder);
            if (request.path() != null) {
                // Extract does not read a folder that only a message names.
                Files.writeString(
                        readableFolders,
                        request.path() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            AtomicFile.write(file(request.runId()), RunJson.write(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        queues.request(request);
    }

    /** Requests a run again. */
    public void repeat(ExtractRequest request) {
        queues.request(request);
    }

    /** The runs that are not closed, oldest first. */
    public List<ExtractRequest> pending() {
        return files().stream().flatMap(file -> read(file).stream()).toList();
    }

    /** The pending runs that no function has abandoned, oldest first. */
    public List<ExtractRequest> underWay(FailureJournal failures) {
        return pending().stream()
                .filter(
                        request ->
                                request.runId() != null
                                        && failures.givenUp(request.runId()).isEmpty())
                .toList();
    }

    private static Optional<ExtractRequest> read(Path file) {
        try {
            return Optional.of(RunJson.read(Files.readAllBytes(file), ExtractRequest.class));
        } catch (NoSuchFileException e) {
            // Closed since the folder was listed.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a closed run. */
    public void forget(RunId runId) {
        try {
            Files.deleteIfExists(file(runId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(RunId runId) {
        return folder.resolve(runId + SUFFIX);
    }
}
