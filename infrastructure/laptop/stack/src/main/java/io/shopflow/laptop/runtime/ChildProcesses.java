package io.shopflow.laptop.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Records each started process, so that none is ever left behind. */
@FunctionalInterface
public interface ChildProcesses {

    /** Records a started process. */
    void started(String name, ProcessHandle process);

    /**
     * The command in its own session: Ctrl-C in a terminal reaches every process of the foreground
     * group, but these must be stopped in order. Without setsid (macOS) they receive it and end at
     * once.
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
