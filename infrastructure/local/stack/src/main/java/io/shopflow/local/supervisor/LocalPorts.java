package io.shopflow.local.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ports of this machine's loopback interface. */
final class LocalPorts {

    private LocalPorts() {}

    /** A port that nothing listens on. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This port, if it is or soon becomes free, else another: a process that is ending may hold it
     * for a moment.
     *
     * @param port 0 takes a free one
     */
    static int freeOrOther(int port, Duration patience) {
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
    static boolean isFree(int port) {
        if (answers(port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something listens on it. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
