package io.shopflow.laptop.servers;

import io.shopflow.laptop.process.ChildProcess;

/** A server that runs as a process in its data folder, on 127.0.0.1. */
public abstract sealed class LocalServer implements AutoCloseable
        permits LocalPostgres, LocalQueues, LocalS3 {

    private final ServerFolder folder;
    private final ChildProcess process;

    LocalServer(ServerFolder folder, ChildProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Whether the server's process runs. */
    public final boolean isAlive() {
        return process.isAlive();
    }

    /** The server's process id. */
    public final long pid() {
        return process.handle().pid();
    }

    /** Stops the server within seconds. What it has confirmed is kept. */
    @Override
    public final void close() {
        stop(process);
        folder.close();
    }

    void stop(ChildProcess server) {
        server.closeInput();
    }
}
