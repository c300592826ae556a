package io.shopflow.laptop.folder;

import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.laptop.files.AtomicFile;
import io.shopflow.laptop.files.FolderLock;
import io.shopflow.laptop.files.SecretFile;
import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder with all data of a stack: the database, the bucket, the queues, keys and logs.
 * Deleting it deletes the stack.
 */
public final class DataFolder {

    /** Incremented when an older ShopFlow could no longer read a folder. */
    public static final int FORMAT_VERSION = 1;

    /**
     * What may be there before the first record: configurations can be written before the first
     * {@code up}, and a stack may be killed right after its start.
     */
    private static final Set<String> OURS =
            Set.of(
                    "sources",
                    "logs",
                    "functions",
                    "trial",
                    "trial.lock",
                    "stack.lock",
                    "stack.json.next");

    private static final long NEEDED_BYTES = 512L << 20;

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /** The folder at this path, which may not exist. */
    public static DataFolder at(Path path) {
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** The folder of PostgreSQL's files. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** The folder of the S3 server's files. */
    public Path s3() {
        return root.resolve("s3");
    }

    /** The folder of the queue server's files. */
    public Path queues() {
        return root.resolve("queues");
    }

    /** The list of this machine's folders that the user has had read, one per line. */
    public Path readableFolders() {
        return root.resolve("readable-folders.txt");
    }

    /** The notification of a closed run. */
    public Path notification(String source, RunId runId) {
        return root.resolve("notifications").resolve(source).resolve(runId + ".txt");
    }

    /** Unpacked functions. */
    public Path functions() {
        return root.resolve("functions");
    }

    /** The output of the stack's processes. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The output of one of the stack's processes. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The functions' calls of AWS, see {@link io.shopflow.laptop.callers.AwsCalls}. */
    public Path awsCalls() {
        return logs().resolve("aws-calls.jsonl");
    }

    /** The events on which functions failed. */
    public Path failedEvents() {
        return logs().resolve("failed-events.jsonl");
    }

    /**
     * The key of the pseudonyms, 32 bytes in base64. Pseudonyms cannot be computed again without
     * it, so it stays with the data.
     */
    public String pseudonymKey() {
        return SecretFile.base64(file("pseudonym.key"));
    }

    /** The secret with which callers of the stack's servers sign; see {@code shopflow env}. */
    public String accessSecret() {
        return SecretFile.base64(file("access.key"));
    }

    /** The password of the database's role for reading; a backfill in another process uses it. */
    public String dashboardPassword() {
        return SecretFile.hexadecimal(file("dashboard.password"));
    }

    /** Source configurations of this stack only. */
    public Path sources() {
        return root.resolve("sources");
    }

    /** The data folder of a stack that tries a source; it is deleted afterwards. */
    public Path trial() {
        return root.resolve("trial");
    }

    /** Held by the process that uses {@link #trial}. */
    public Path trialLock() {
        return root.resolve("trial.lock");
    }

    /** A file directly in the folder. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** Whether the folder exists and contains a stack's data. */
    public boolean exists() {
        return Files.exists(stackFile());
    }

    /**
     * Creates the folder if missing, and checks that this ShopFlow can use it.
     *
     * @throws StackException if it cannot
     */
    public void prepare() {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException("%s is a file. Name a folder with --data.".formatted(root));
        }
        try {
            if (Files.isDirectory(root) && !exists() && !looksOurs()) {
                throw new StackException(
                        "%s is not empty and holds no ShopFlow data. Name an empty or new folder with --data."
                                .formatted(root));
            }
            Files.createDirectories(root);
            hideFromOthers();
            Files.createDirectories(logs());
            Files.createDirectories(functions());
            record();
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new StackException(
                        "Only %d MB are free where %s is, and the stack needs %d MB to start. Make room, or name a folder on another disk with --data."
                                .formatted(free >> 20, root, NEEDED_BYTES >> 20));
            }
        } catch (FileAlreadyExistsException e) {
            throw new StackException(
                    "%s is a file. Name a folder with --data.".formatted(e.getFile()), e);
        } catch (AccessDeniedException e) {
            throw new StackException(
                    "%s may not be written. Change its rights, or name another folder with --data."
                            .formatted(e.getFile()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder contains passwords, keys and raw data of customers. */
    private void hideFromOthers() throws IOException {
        if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(Files.getPosixFilePermissions(root));
            if (permissions.retainAll(PosixFilePermissions.fromString("rwx------"))) {
                Files.setPosixFilePermissions(root, permissions);
            }
        }
    }

    private boolean looksOurs() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString()).allMatch(OURS::contains);
        }
    }

    /**
     * The content of {@code stack.json}; without the file, an empty record.
     *
     * @throws StackException if a newer ShopFlow wrote it
     */
    public StackRecord record() {
        byte[] json;
        try {
            json = Files.readAllBytes(stackFile());
        } catch (NoSuchFileException e) {
            return StackRecord.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StackRecord record;
        try {
            record = RunJson.read(json, StackRecord.class);
        } catch (UncheckedIOException e) {
            throw new StackException(
                    "%s cannot be read. Delete that file alone and start again: the data is not in it."
                            .formatted(stackFile()),
                    e);
        }
        if (record.formatVersion() > FORMAT_VERSION) {
            throw new StackException(
                    "%s was written by a newer ShopFlow (data format %d; this one supports %d). Use the newer ShopFlow, or another folder with --data."
                            .formatted(root, record.formatVersion(), FORMAT_VERSION));
        }
        return record;
    }

    /** Replaces {@code stack.json} atomically. */
    public void write(StackRecord record) {
        try {
            AtomicFile.write(stackFile(), RunJson.write(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Locks the folder for this process; empty if another process holds it. */
    public Optional<FolderLock> tryLock() {
        try {
            return FolderLock.tryTake(root.resolve("stack.lock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path stackFile() {
        return root.resolve("stack.json");
    }
}
