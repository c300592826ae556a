package io.shopflow.laptop.commands;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackException;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.folder.StackSecrets;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.supervisor.LakeClient;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A stack that runs in another process. */
final class StackConnection implements AutoCloseable {

    private final DataFolder folder;
    private final StackRecord record;
    private final LakeClient lake;
    private final CompletableFuture<Queues> queues;
    private final RunDatabase database;

    private StackConnection(DataFolder folder, StackRecord record) {
        this.folder = folder;
        this.record = record;
        // Creating a client takes time.
        this.queues =
                CompletableFuture.supplyAsync(
                        () ->
                                new Queues(
                                        LocalQueues.endpoint(
                                                folder.queues(), record.ports().queues())));
        this.lake = LakeClient.connect(s3(record), StackSecrets.accessSecret(folder));
        this.database =
                new RunDatabase(
                        "jdbc:postgresql://127.0.0.1:%d/shopflow"
                                .formatted(record.ports().postgres()),
                        "postgres",
                        "postgres");
    }

    /**
     * Connects to the stack in a folder.
     *
     * @throws StackException if none is up
     */
    static StackConnection open(DataOption data) {
        DataFolder folder = data.folder();
        StackRecord record = folder.record();
        if (record.running().isEmpty()) {
            throw notUp(data);
        }
        return new StackConnection(folder, record);
    }

    /** The error for a stack that is not up. */
    static StackException notUp(DataOption data) {
        return new StackException(
                "No stack is up in %s. Start it with ./shopflow up%s."
                        .formatted(data.folder().root(), data.repeated()));
    }

    /** The address of a stack's S3 server. */
    static URI s3(StackRecord record) {
        return URI.create("http://127.0.0.1:" + record.ports().s3());
    }

    StackRecord record() {
        return record;
    }

    ObjectStore lake() {
        return lake.store();
    }

    Queues queues() {
        return queues.join();
    }

    RunDatabase database() {
        return database;
    }

    FailureJournal failures() {
        return new FailureJournal(folder.logs().resolve("failed-events.jsonl"));
    }

    RunRequests requests() {
        return new RunRequests(folder, queues());
    }

    RunFollower follower() {
        return new RunFollower(
                lake(), database, failures(), requests(), () -> record.running().isPresent());
    }

    @Override
    public void close() {
        lake.close();
        queues().close();
        database.close();
    }
}
