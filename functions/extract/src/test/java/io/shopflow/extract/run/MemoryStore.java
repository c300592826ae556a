package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The lake in memory. It can become unavailable at a given write, before or after writing it. */
public final class MemoryStore implements ObjectStore {

    private record Kept(byte[] body, Map<String, String> metadata, String entityTag) {}

    private final TreeMap<String, Kept> objects = new TreeMap<>();
    private final TreeMap<String, Set<String>> puts = new TreeMap<>();
    private int writes;
    private int failsAt = Integer.MAX_VALUE;
    private boolean losesTheAnswer;

    /** The next writes succeed, this many of them; the one after fails, and all that follow. */
    synchronized void failAfter(int successes, boolean losesTheAnswer) {
        this.writes = 0;
        this.failsAt = successes;
        this.losesTheAnswer = losesTheAnswer;
    }

    synchronized void heal() {
        failsAt = Integer.MAX_VALUE;
    }

    /** The keys with this prefix and suffix, each with the SHA-256 of everything put there. */
    synchronized Map<String, Set<String>> putsUnder(String prefix, String suffix) {
        return puts.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getKey().endsWith(suffix))
                .collect(
                        Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    @Override
    public synchronized Optional<StoredObject> head(String key) {
        return Optional.ofNullable(objects.get(key)).map(kept -> stored(key, kept));
    }

    @Override
    public synchronized Optional<Content> open(String key) {
        return Optional.ofNullable(objects.get(key))
                .map(kept -> new Content(stored(key, kept), new ByteArrayInputStream(kept.body())));
    }

    @Override
    public synchronized String put(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        return write(key, body, metadata);
    }

    @Override
    public String put(String key, Path body, String contentType, Map<String, String> metadata) {
        return put(key, bytes(body), contentType, metadata);
    }

    @Override
    public boolean putIfAbsent(
            String key, Path body, String contentType, Map<String, String> metadata) {
        return putIfAbsent(key, bytes(body), contentType, metadata);
    }

    @Override
    public synchronized boolean putIfAbsent(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        if (objects.containsKey(key)) {
            return false;
        }
        write(key, body, metadata);
        return true;
    }

    @Override
    public synchronized boolean putIfMatch(
            String key, byte[] body, String contentType, String entityTag) {
        Kept kept = objects.get(key);
        if (kept == null || !kept.entityTag().equals(entityTag)) {
            return false;
        }
        write(key, body, Map.of());
        return true;
    }

    @Override
    public synchronized List<StoredObject> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> stored(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String write(String key, byte[] body, Map<String, String> metadata) {
        boolean fails = writes++ >= failsAt;
        if (fails && !losesTheAnswer) {
            throw new UncheckedIOException(new IOException("away: " + key));
        }
        String tag = "v" + objects.size() + "-" + writes;
        objects.put(key, new Kept(body, Map.copyOf(metadata), tag));
        puts.computeIfAbsent(key, none -> new TreeSet<>()).add(sha256(body));
        if (fails) {
            losesTheAnswer = false;
            throw new UncheckedIOException(new IOException("answer lost: " + key));
        }
        return tag;
    }

    private static StoredObject stored(String key, Kept kept) {
        return new StoredObject(key, kept.body().length, kept.entityTag(), kept.metadata());
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
