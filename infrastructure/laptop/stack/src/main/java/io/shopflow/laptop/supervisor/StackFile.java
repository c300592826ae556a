package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.folder.StackRecord.Ports;
import java.util.ArrayList;
import java.util.List;

/** Keeps {@code stack.json} up to date while the stack runs. */
final class StackFile implements AutoCloseable {

    private final DataFolder folder;
    private final List<ProcessRecord> children = new ArrayList<>();
    private Ports ports;
    private boolean ready;
    private boolean closed;

    private StackFile(DataFolder folder, Ports ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /**
     * Kills processes that an earlier stack in this folder left behind, and records this process.
     */
    static StackFile open(DataFolder folder, Ports ports) {
        for (ProcessRecord orphan : folder.record().children()) {
            orphan.running().ifPresent(ProcessHandle::destroyForcibly);
        }
        StackFile file = new StackFile(folder, ports);
        file.write();
        return file;
    }

    /** Records a started process, so that none is ever left behind. */
    synchronized void started(String name, ProcessHandle process) {
        children.removeIf(child -> child.running().isEmpty());
        children.add(ProcessRecord.of(name, process));
        write();
    }

    /** Records a started or restarted server. */
    synchronized void server(String name, long pid) {
        children.removeIf(child -> child.name().equals(name));
        ProcessHandle.of(pid).ifPresent(process -> started(name, process));
    }

    /** Records the ports. */
    synchronized void ports(Ports known) {
        ports = known;
        write();
    }

    /** Records that the stack is up. */
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

    /** Records that nothing runs; keeps the ports. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            folder.write(new StackRecord(DataFolder.FORMAT_VERSION, null, false, ports, List.of()));
        }
    }
}
