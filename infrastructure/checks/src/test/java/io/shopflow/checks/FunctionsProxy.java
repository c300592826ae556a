package io.shopflow.checks;

import io.shopflow.checks.Disturbance.Direction;
import io.shopflow.laptop.folder.ProcessRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proxy between the functions and a server, which lets the processes of functions be disturbed at
 * each piece of data between them. Needs Linux.
 */
final class FunctionsProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final String server;
    private final DisturbedProcesses processes;
    private final ServerSocket listening;
    private volatile int port;

    /** A proxy that listens, and connects to the server after {@link #connect}. */
    FunctionsProxy(String server, DisturbedProcesses processes) {
        this.server = server;
        this.processes = processes;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accepts", this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Sets the server's port. */
    void connect(int serverPort) {
        this.port = serverPort;
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            start("sends", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                // Refused while the server restarts; so is the client then.
                Socket to = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            Optional<ProcessRecord> process = process(client.getPort());
            start("receives", () -> pump(to, client, process, Direction.ANSWER));
            pump(client, to, process, Direction.REQUEST);
        }
    }

    private void pump(Socket from, Socket to, Optional<ProcessRecord> process, Direction direction)
            throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            boolean continues = true;
            while (continues) {
                int read = in.read(buffer);
                if (read < 0) {
                    return;
                }
                if (process.isEmpty()) {
                    out.write(buffer, 0, read);
                } else {
                    continues =
                            processes.pass(
                                    process.get(),
                                    server,
                                    direction,
                                    () -> out.write(buffer, 0, read));
                }
            }
        }
    }

    /** The process at the other end of a connection to the proxy. */
    private Optional<ProcessRecord> process(int clientPort) throws IOException {
        Optional<String> inode = inode(clientPort);
        if (inode.isEmpty()) {
            return Optional.empty();
        }
        Path socket = Path.of("socket:[" + inode.get() + "]");
        for (ProcessRecord process : processes.running()) {
            if (hasOpen(process.pid(), socket)) {
                return Optional.of(process);
            }
        }
        return Optional.empty();
    }

    private Optional<String> inode(int clientPort) throws IOException {
        String from = ":%04X".formatted(clientPort);
        String to = ":%04X".formatted(listening.getLocalPort());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split(" +");
                if (columns[1].endsWith(from) && columns[2].endsWith(to)) {
                    return Optional.of(columns[9]);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasOpen(long pid, Path file) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : (Iterable<Path>) open::iterator) {
                try {
                    if (Files.readSymbolicLink(descriptor).equals(file)) {
                        return true;
                    }
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
            return false;
        }
    }

    private void start(String name, Work work) {
        Thread.ofPlatform()
                .daemon()
                .name("proxy of %s %s".formatted(server, name))
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (SocketException e) {
                                // One end was closed; so is the other.
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private interface Work {
        void run() throws IOException;
    }
}
