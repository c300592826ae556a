package io.shopflow.laptop.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord.Ports;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalQueues;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The bucket, the queues, the warehouse and the records of a stack, for the stack itself and for
 * commands in other processes. The servers need not run yet.
 */
public final class StackClients implements AutoCloseable {

    private final DataFolder folder;
    private final LakeClient lake;
    private final CompletableFuture<Queues> queues;
    private final RunDatabase database;

    private StackClients(DataFolder folder, Ports ports) {
        this.folder = folder;
        // The creation of a client takes time.
        this.queues =
                CompletableFuture.supplyAsync(
                        () -> new Queues(LocalQueues.endpoint(folder.queues(), ports.queues())));
        this.lake = LakeClient.connect(s3(ports), folder.accessSecret());
        this.database =
                new RunDatabase(
                        LocalPostgres.jdbcUrl(ports.postgres()),
                        LocalPostgres.USER,
                        LocalPostgres.PASSWORD);
    }

    /** The clients of the stack in a folder, on these ports. */
    public static StackClients connect(DataFolder folder, Ports ports) {
        return new StackClients(folder, ports);
    }

    /** The address of a stack's S3 server. */
    public static URI s3(Ports ports) {
        return URI.create("http://127.0.0.1:" + ports.s3());
    }

    /** The bucket. */
    public ObjectStore lake() {
        return lake.store();
    }

    /** The queues. */
    public Queues queues() {
        return queues.join();
    }

    /** The warehouse. */
    public RunDatabase database() {
        return database;
    }

    /** The failed events. */
    public FailureJournal failures() {
        return new FailureJournal(folder.failedEvents());
    }

    /** The requested runs. */
    public RunRequests requests() {
        return new RunRequests(folder, queues());
    }

    /**
     * Follows runs.
     *
     * @param stackIsUp whether to keep waiting
     */
    public RunFollower follower(BooleanSupplier stackIsUp) {
        return new RunFollower(lake(), database, failures(), requests(), stackIsUp);
    }

    @Override
    public void close() {
        lake.close();
        queues().close();
        database.close();
    }
}
