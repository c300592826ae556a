package io.shopflow.checks;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A proxy between the functions and a server that stops a function's process (SIGSTOP) when it
 * sends the bytes of a position: these reach the server before or after the process continues
 * (SIGCONT). Needs Linux.
 */
final class PausingProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final String server;
    private final ServerSocket listening;
    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private final AtomicInteger stopped = new AtomicInteger();
    private final Set<Long> standing = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile Supplier<List<ProcessRecord>> functions = List::of;

    /**
     * Stops a process once.
     *
     * @param server to which the function sends
     * @param position in the sent data, in pieces, counted from 0
     * @param late whether that piece arrives only after the pause
     */
    record Stop(String function, String server, int position, boolean late, Duration pause) {}

    PausingProxy(String server) {
        this.server = server;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A test that is killed leaves no process stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(this::continueAll));
        start("accepts", this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Sets the server's port and the processes. */
    void connect(int serverPort, Supplier<List<ProcessRecord>> processes) {
        this.port = serverPort;
        this.functions = processes;
    }

    /** Resets the counts and plans these stops. */
    synchronized void begin(List<Stop> planned) {
        stops.clear();
        planned.stream().filter(stop -> stop.server().equals(server)).forEach(stops::add);
        stopped.set(0);
        sent.clear();
    }

    /** The number of pieces that a function has sent since. */
    int sentBy(String function) {
        return sent.getOrDefault(function, new AtomicInteger()).get();
    }

    /** The number of processes stopped since. */
    int stopped() {
        return stopped.get();
    }

    /** Whether a process is stopped. */
    boolean isStanding() {
        return !standing.isEmpty();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            start("sends", () -> pump(client, to, process(client.getPort())));
            start("receives", () -> pump(to, client, Optional.empty()));
        }
    }

    private void pump(Socket from, Socket to, Optional<ProcessRecord> sender) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Optional<Stop> due = sender.flatMap(this::due);
                if (due.isEmpty()) {
                    out.write(buffer, 0, read);
                } else {
                    standStill(due.get(), sender.orElseThrow(), out, buffer, read);
                }
            }
        }
    }

    private synchronized Optional<Stop> due(ProcessRecord process) {
        String function = process.name();
        int position =
                sent.computeIfAbsent(function, none -> new AtomicInteger()).getAndIncrement();
        Optional<Stop> due =
                stops.stream()
                        .filter(
                                stop ->
                                        stop.function().equals(function)
                                                && stop.position() <= position)
                        .findFirst();
        due.ifPresent(
                stop -> {
                    stops.remove(stop);
                    standing.add(process.pid());
                });
        return due;
    }

    private void standStill(
            Stop stop, ProcessRecord process, OutputStream out, byte[] bytes, int length)
            throws IOException {
        try {
            try {
                signal("STOP", process.pid());
                stopped.incrementAndGet();
                if (!stop.late()) {
                    out.write(bytes, 0, length);
                }
                // The pause is under test: it must be longer than the function's lease.
                TimeUnit.MILLISECONDS.sleep(stop.pause().toMillis());
            } finally {
                signal("CONT", process.pid());
                standing.remove(process.pid());
            }
            if (stop.late()) {
                out.write(bytes, 0, length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Continues all stopped processes, and stops no more. */
    private synchronized void continueAll() {
        stops.clear();
        try {
            for (long pid : standing) {
                signal("CONT", pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** The process at the other end of a connection to the proxy. */
    private Optional<ProcessRecord> process(int clientPort) throws IOException {
        Optional<String> inode = inode(clientPort);
        if (inode.isEmpty()) {
            return Optional.empty();
        }
        Path socket = Path.of("socket:[" + inode.get() + "]");
        for (ProcessRecord process : functions.get()) {
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
        } catch (IOException e) {
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
        continueAll();
        listening.close();
    }

    private interface Work {
        void run() throws IOException;
    }
}
