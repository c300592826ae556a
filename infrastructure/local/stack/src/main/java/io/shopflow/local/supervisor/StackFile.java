package io.shopflow.local.supervisor;

import io.shopflow.local.folder.DataFolder;
import io.shopflow.local.folder.ProcessRecord;
import io.shopflow.local.folder.StackRecord;
import io.shopflow.local.folder.StackRecord.Ports;
import io.shopflow.local.runtime.ChildProcesses;
import java.util.ArrayList;
import java.util.List;

/** Keeps {@code stack.json} true while the stack runs. */
final class StackFile implements ChildProcesses, AutoCloseable {

    private final DataFolder folder;
    private final List<ProcessRecord> children = new ArrayList<>();
    private Ports ports;
    private boolean ready;
    private boolean closed;

    private StackFile(DataFolder folder, Ports ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** Kills what an earlier stack in this folder left behind, and writes who has it now. */
    static StackFile open(DataFolder folder, Ports ports) {
        for (ProcessRecord orphan : folder.record().children()) {
            orphan.running().ifPresent(ProcessHandle::destroyForcibly);
        }
        StackFile file = new StackFile(folder, ports);
        file.write();
        return file;
    }

    @Override
    public synchronized void started(String name, ProcessHandle process) {
        children.removeIf(child -> child.running().isEmpty());
        children.add(ProcessRecord.of(name, process));
        write();
    }

    /** A server was started, or started again. */
    synchronized void server(String name, long pid) {
        children.removeIf(child -> child.name().equals(name));
        ProcessHandle.of(pid).ifPresent(process -> started(name, process));
    }

    /** The ports are known. */
    synchronized void ports(Ports known) {
        ports = known;
        write();
    }

    /** Everything is up. */
    synchronized void ready() {
        ready = true;
        write();
    }

    private void write() {
        if (!closed) {
            folder.write(
                    new StackRecord(
                            DataFolder.FORMAT_VERSION,
                            ProcessRecord.of("stack", ProcessHandle.current()),
                            ready,
                            ports,
                            children));
        }
    }

    /** Writes that nothing runs; the ports stay. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            folder.write(new StackRecord(DataFolder.FORMAT_VERSION, null, false, ports, List.of()));
        }
    }
}
