package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackClients;
import io.shopflow.laptop.supervisor.StackSettings;

/** A stack that is up, usually in another process. */
record StackConnection(StackRecord record, StackClients clients) implements AutoCloseable {

    /** Work on a stack; returns the command's exit status. */
    interface Work {
        int on(StackConnection stack) throws InterruptedException;
    }

    /**
     * Connects to the stack in a folder.
     *
     * @throws StackException if none is up
     */
    static StackConnection open(DataOption data) {
        StackRecord record = data.recordOfStack();
        return new StackConnection(record, StackClients.connect(data.folder(), record.ports()));
    }

    /** Works on the stack in a folder; if none is up, on one that is started for this alone. */
    static int with(DataOption data, Screen screen, Work work) throws InterruptedException {
        DataFolder folder = data.folder();
        if (folder.record().running().isPresent()) {
            return work(data, work);
        }
        screen.line("No stack is up; starting one for this command.");
        StackSettings settings =
                StackSettings.everything(ShopflowHome.find(), folder)
                        .withoutDemo()
                        .withoutDashboard();
        try (Stack stack = new Stack(settings, Schedule.none(), screen::line)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
            stack.start();
            return work(data, work);
        }
    }

    private static int work(DataOption data, Work work) throws InterruptedException {
        try (StackConnection stack = open(data)) {
            return work.on(stack);
        }
    }

    boolean isUp() {
        return record.running().isPresent();
    }

    RunFollower follower() {
        return clients.follower(this::isUp);
    }

    @Override
    public void close() {
        clients.close();
    }
}
