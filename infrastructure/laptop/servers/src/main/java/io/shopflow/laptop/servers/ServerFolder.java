package io.shopflow.laptop.servers;

import io.shopflow.laptop.files.FolderLock;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of one server, locked while this process uses it.
 *
 * @param server its name in messages
 */
record ServerFolder(String server, Path path, FolderLock lock) implements AutoCloseable {

    private static final long LEAST_FREE_BYTES = 200L << 20;

    /** Starts a server in its folder. */
    interface Start<S> {
        S in(ServerFolder folder) throws IOException, InterruptedException;
    }

    /**
     * Creates the folder if missing, locks it, and starts its server. If that fails, the folder is
     * free again.
     *
     * @throws StackException with what to do about it
     */
    static <S> S start(String server, Path path, Start<S> start) {
        ServerFolder folder = open(server, path);
        boolean started = false;
        try {
            S running = start.in(folder);
            started = true;
            return running;
        } catch (IOException e) {
            throw new StackException(server + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(server + " was interrupted while starting.", e);
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    static ServerFolder open(String server, Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new StackException(
                        "The disk of %s is full: %d MB are free, %s needs %d MB. Make room, then start again."
                                .formatted(path, free >> 20, server, LEAST_FREE_BYTES >> 20));
            }
            FolderLock lock =
                    FolderLock.tryTake(path.resolve("lock"))
                            .orElseThrow(
                                    () ->
                                            new StackException(
                                                    "%s is in use by another ShopFlow. Stop that one, or take another data folder."
                                                            .formatted(path)));
            return new ServerFolder(server, path, lock);
        } catch (FileSystemException e) {
            throw new StackException(
                    "%s cannot write to its data folder %s: %s. Check its rights, or take another folder."
                            .formatted(server, path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new StackException(
                    "%s cannot use its data folder %s: %s".formatted(server, path, e), e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Starts a program of the server, whose output goes to a log in this folder. */
    ChildProcess launch(List<String> command, String log) {
        return ChildProcess.start(server, command, path, resolve(log));
    }

    @Override
    public void close() {
        lock.close();
    }
}
