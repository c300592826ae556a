package io.shopflow.laptop.servers;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Ports of 127.0.0.1 for servers. */
public final class LocalPorts {

    /**
     * Between the well-known ports and those that Linux (32768 and up) and macOS (49152 and up) use
     * for outgoing connections: such a connection could take a port after it was chosen and before
     * its server listens.
     */
    private static final int FIRST = 15_000;

    private static final int LAST = 29_999;

    private static final int COUNT = LAST - FIRST + 1;
    private static final int TRIES = 1_000;

    /** Counts up, so that this process never gets the same port twice. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private LocalPorts() {}

    /** A port on which no server listens. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackException(
                "None of %d ports tried between %d and %d is free. Stop programs that listen there."
                        .formatted(TRIES, FIRST, LAST));
    }

    /**
     * This port, if it is or soon becomes free, else another: a process that is ending may hold it
     * for a moment.
     *
     * @param port 0 takes a free one
     */
    public static int freeOrOther(int port, Duration patience) {
        if (port == 0) {
            return free();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() > deadline) {
                return free();
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return port;
    }

    /** Whether a server could listen on it, on all interfaces. */
    public static boolean isFree(int port) {
        if (answers(port)) {
            return false;
        }
        try {
            bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Throws a message for the user if another process listens on the port; 0 is free. */
    static void checkFree(int port, String server) {
        try {
            bind(new InetSocketAddress(loopback(), port));
        } catch (IOException e) {
            throw new StackException(
                    "Port %d, wanted for %s, is taken by another program. Stop that program, or choose another port."
                            .formatted(port, server),
                    e);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void bind(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // Like the servers: a port in TIME_WAIT of a server that has just stopped is free.
            socket.setReuseAddress(true);
            socket.bind(address);
        }
    }

    /** 127.0.0.1, even if the machine prefers IPv6. */
    private static InetAddress loopback() throws IOException {
        return Inet4Address.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
