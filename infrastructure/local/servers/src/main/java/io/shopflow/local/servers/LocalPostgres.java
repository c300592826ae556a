package io.shopflow.local.servers;

import java.nio.file.Path;

/** A real PostgreSQL server in a data folder, on 127.0.0.1. */
public final class LocalPostgres implements AutoCloseable {

    private LocalPostgres() {}

    /**
     * Starts a server and waits until it answers. Data in the folder is kept.
     *
     * @param port 0 takes a free one
     */
    public static LocalPostgres start(Path dataFolder, int port) {
        throw new IllegalStateException("not yet: " + dataFolder + port);
    }

    /** The port it listens on. */
    public int port() {
        return 0;
    }

    /** JDBC address of the database {@code shopflow}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/shopflow";
    }

    /** The superuser's name. */
    public String user() {
        return "postgres";
    }

    /** The superuser's password. */
    public String password() {
        return "postgres";
    }

    @Override
    public void close() {}
}
