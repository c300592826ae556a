package io.shopflow.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
final class Port {

    private Port() {}

    /** Throws the message for the user where another process listens on the port. */
    static void checkFree(int port, String server) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw taken(port, server, e);
        }
    }

    static ServerStartException taken(int port, String server, Exception cause) {
        return new ServerStartException(
                "Port %d, wanted for %s, is taken by another program. Stop that program, or choose another port."
                        .formatted(port, server),
                cause);
    }

    /**
     * A free port. Another process may take it before its use: whoever uses it tries again with
     * another one then.
     */
    static int free() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerStartException("127.0.0.1 has no free port", e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // As the servers do: a port in TIME_WAIT from a server stopped just now is free.
        socket.setReuseAddress(true);
        try {
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
