package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.runs.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack in the background: the same command, in a process that outlives this one. */
final class DetachedStack {

    /** Set in the process that runs in the background. */
    static final String PROPERTY = "shopflow.detached";

    private static final Duration LOOK = Duration.ofMillis(100);

    private final DataFolder folder;
    private final DataOption data;

    DetachedStack(DataFolder folder, DataOption data) {
        this.folder = folder;
        this.data = data;
    }

    /** Starts the process and shows its output until it is ready. Returns the exit status. */
    int start(@Nullable Integer port, boolean noDemo, Screen screen) throws InterruptedException {
        folder.prepare();
        Path log = folder.log("stack");
        try {
            boolean ready = follow(launch(port, noDemo, log), log, screen);
            if (!ready) {
                throw new StackException("The stack did not start; its log is %s.".formatted(log));
            }
            screen.line(
                    "It runs in the background; its log is %s. Stop it with ./shopflow down%s."
                            .formatted(log, data.repeated()));
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess launch(@Nullable Integer port, boolean noDemo, Path log)
            throws IOException {
        Files.write(log, new byte[0]);
        return ChildProcess.start(
                "The stack", command(port, noDemo), Path.of("").toAbsolutePath(), log);
    }

    /** Shows its output; returns true when it is ready, false when it has ended. */
    private boolean follow(ChildProcess process, Path log, Screen screen)
            throws IOException, InterruptedException {
        int shown = 0;
        while (true) {
            boolean alive = process.isAlive();
            StackRecord record = folder.record();
            boolean ready =
                    record.ready() && record.running().filter(process.handle()::equals).isPresent();
            List<String> lines = wholeLines(log);
            lines.subList(shown, lines.size()).forEach(screen::line);
            shown = lines.size();
            if (ready || !alive) {
                return ready;
            }
            process.awaitExit(LOOK);
        }
    }

    private static List<String> wholeLines(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private List<String> command(@Nullable Integer port, boolean noDemo) {
        List<String> command = new ArrayList<>();
        command.add(ChildProcess.java());
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx512m");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dshopflow.home=" + ShopflowHome.find());
        command.add("-D" + PROPERTY + "=true");
        command.add("-jar");
        command.add(
                ShopflowHome.find()
                        .resolve("infrastructure/laptop/stack/target/shopflow-runner.jar")
                        .toString());
        command.add("up");
        command.add("--data");
        command.add(folder.root().toString());
        if (port != null) {
            command.add("--port");
            command.add(port.toString());
        }
        if (noDemo) {
            command.add("--no-demo");
        }
        return command;
    }
}
