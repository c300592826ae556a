package io.shopflow.laptop.trial;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.files.FileTree;
import io.shopflow.laptop.files.FolderLock;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackClients;
import io.shopflow.laptop.supervisor.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A stack for one run, in a folder that is deleted with it. A source is tried with the functions
 * that run it, so that what is shown is what a run would load; the user's warehouse, whether it is
 * up or not, is not touched.
 */
public final class TrialStack implements AutoCloseable {

    private final DataFolder folder;
    private final FolderLock lock;
    private final Stack stack;
    private boolean closed;

    private TrialStack(DataFolder folder, FolderLock lock, Stack stack) {
        this.folder = folder;
        this.lock = lock;
        this.stack = stack;
    }

    /**
     * Starts the stack in a folder of the user's data folder, and deletes what a killed one left
     * there.
     *
     * @throws StackException if another process uses it
     */
    public static TrialStack start(Path home, DataFolder data, Screen screen) {
        DataFolder folder = DataFolder.at(data.trial());
        FolderLock lock = lock(data);
        boolean started = false;
        Stack stack =
                new Stack(
                        StackSettings.everything(home, folder).withoutDemo().withoutDashboard(),
                        Schedule.none(),
                        line -> screen.draw(List.of(line)));
        TrialStack trial = new TrialStack(folder, lock, stack);
        Runtime.getRuntime().addShutdownHook(new Thread(trial::close, "stop the trial"));
        try {
            FileTree.delete(folder.root());
            stack.start();
            started = true;
            return trial;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!started) {
                trial.close();
            }
        }
    }

    private static FolderLock lock(DataFolder data) {
        try {
            Files.createDirectories(data.root());
            return FolderLock.tryTake(data.trialLock())
                    .orElseThrow(
                            () ->
                                    new StackException(
                                            "Another check of a source runs in %s. Wait until it has ended, or name another folder with --data."
                                                    .formatted(data.root())));
        } catch (IOException e) {
            throw new StackException(
                    "%s cannot be written: %s. Name another folder with --data."
                            .formatted(data.root(), e.getMessage()),
                    e);
        }
    }

    /**
     * Runs a source once.
     *
     * @param path a folder to read instead of the configured one
     */
    public RunOutcome run(
            SourceConfigurations sources, String source, Optional<String> path, Screen screen)
            throws InterruptedException {
        RunFollower follower = clients().follower(stack::isUp);
        follower.outlastingRestarts(() -> sources.upload(clients().lake(), source));
        RunId runId = RunId.create();
        ExtractRequest request = new ExtractRequest(source, runId, path.orElse(null), null, true);
        follower.outlastingRestarts(() -> clients().requests().submit(request));
        RunOutcome outcome = follower.follow(source, runId, screen);
        screen.draw(List.of());
        return outcome;
    }

    /** The clients of its servers. */
    public StackClients clients() {
        return stack.clients();
    }

    /** The port of its warehouse. */
    public int warehousePort() {
        return folder.record().ports().postgres();
    }

    /** Stops it and deletes its data. Another check may use the folder from then on. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stack.close();
        try {
            FileTree.delete(folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.close();
        }
    }
}
