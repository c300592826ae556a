package io.shopflow.local.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Is told of each process that is started, so that none is ever left behind. */
@FunctionalInterface
public interface ChildProcesses {

    /** A process was started. */
    void started(String name, ProcessHandle process);

    /**
     * The command in a session of its own: Ctrl-C in a terminal goes to every process of the
     * foreground group, and these are stopped in order instead. Where there is no setsid (macOS),
     * they hear it and end at once.
     */
    static List<String> inSessionOfItsOwn(List<String> command) {
        List<String> all = new ArrayList<>();
        Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(setsid -> Files.isExecutable(Path.of(setsid)))
                .findFirst()
                .ifPresent(all::add);
        all.addAll(command);
        return all;
    }
}
