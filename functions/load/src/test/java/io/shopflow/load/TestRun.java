package io.shopflow.load;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.tests.SqsMessage;
import io.shopflow.s3.S3ObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A run of a source: puts its objects into the lake as extract and transform do. */
final class TestRun {

    static final ObjectStore LAKE = lake();

    final String source;
    final RunId id = RunId.create();

    private final Map<StreamName, List<RawPart>> parts = new EnumMap<>(StreamName.class);
    private final List<RunNote> notes = new ArrayList<>();
    private final boolean full;
    private final boolean snapshot;
    private boolean oneRowPerId;

    /** A run that reads everything. */
    TestRun(String source) {
        this(source, true, false);
    }

    private TestRun(String source, boolean full, boolean snapshot) {
        this.source = source;
        this.full = full;
        this.snapshot = snapshot;
    }

    /** A run that reads what has changed. */
    static TestRun ofChanges(String source) {
        return new TestRun(source, false, false);
    }

    /** A run that reads everything again, so that its rows replace those of earlier runs. */
    static TestRun ofSnapshot(String source) {
        return new TestRun(source, true, true);
    }

    /** Lets the manifest declare that no id is repeated. */
    TestRun withOneRowPerId() {
        oneRowPerId = true;
        return this;
    }

    /** Adds a note to the manifest. */
    void note(RunNote note) {
        notes.add(note);
    }

    /** Puts the next clean part of the rows' stream; returns its key. */
    String part(StreamName stream, CleanRow... rows) {
        return part(stream, new CleanCounts(rows.length, rows.length, 0, 0), rows);
    }

    /** Puts the next clean part, with other counts; returns its key. */
    String part(StreamName stream, CleanCounts counts, CleanRow... rows) {
        return part(stream, counts, csv(stream, rows));
    }

    /** Puts the next clean part with this content; returns its key. */
    String part(StreamName stream, CleanCounts counts, String csv) {
        List<RawPart> known = parts.computeIfAbsent(stream, none -> new ArrayList<>());
        PartId part = new PartId(source, id, stream, known.size() + 1);
        known.add(new RawPart(part.number(), part.rawKey(), counts.extracted(), "00"));
        put(part, counts, csv);
        return part.cleanKey();
    }

    /** Puts the next clean part, its report and its quarantine; returns the clean part's key. */
    String part(StreamName stream, List<RejectedRow> rejected, CleanRow... rows) {
        String key =
                part(
                        stream,
                        new CleanCounts(
                                (long) rows.length + rejected.size(),
                                rows.length,
                                0,
                                rejected.size()),
                        rows);
        PartId part = PartId.ofKey(key).orElseThrow();
        putReport(part, rejected, List.of());
        StringBuilder csv = new StringBuilder();
        csv.append(String.join(",", StreamSchema.of(stream).quarantineHeader())).append('\n');
        rejected.forEach(row -> csv.append(row.line(stream)).append('\n'));
        putRaw(part.quarantineKey(), csv.toString(), Map.of());
        return key;
    }

    /** Puts the next clean part, and a report with its warnings. */
    String partWithWarnings(StreamName stream, List<RuleCount> warnings, CleanRow... rows) {
        String key = part(stream, rows);
        PartId part = PartId.ofKey(key).orElseThrow();
        putReport(part, List.of(), warnings);
        CleanCounts counts = new CleanCounts(rows.length, rows.length, 0, 0);
        Map<String, String> metadata = new HashMap<>(counts.toMetadata("test-key"));
        metadata.put(PartMetadata.WARNINGS, Integer.toString(warnings.size()));
        putRaw(key, csv(stream, rows), metadata);
        return key;
    }

    private static void putReport(
            PartId part, List<RejectedRow> rejected, List<RuleCount> warnings) {
        Map<List<String>, List<RejectedRow>> rules = new LinkedHashMap<>();
        for (RejectedRow row : rejected) {
            rules.computeIfAbsent(List.of(row.rule(), row.field()), none -> new ArrayList<>())
                    .add(row);
        }
        QualityReport report =
                new QualityReport(
                        part.source(),
                        part.runId(),
                        part.stream().canonicalName(),
                        part.number(),
                        "test-key",
                        new CleanCounts(rejected.size(), 0, 0, rejected.size()),
                        List.of(),
                        rules.values().stream()
                                .map(
                                        rows ->
                                                new RuleCount(
                                                        rows.getFirst().rule(),
                                                        rows.getFirst().field(),
                                                        rows.size(),
                                                        rows.getFirst().value(),
                                                        rows.getFirst().position()))
                                .toList(),
                        warnings);
        LAKE.put(part.reportKey(), RunJson.write(report), "application/json", Map.of());
    }

    /** A row that transform rejected. */
    record RejectedRow(String id, String rule, String field, String value, String position) {

        String line(StreamName stream) {
            return StreamSchema.of(stream).quarantineHeader().stream()
                    .map(
                            column ->
                                    switch (column) {
                                        case "rule" -> rule;
                                        case "field" -> field;
                                        case "message" -> "\"Not so, but otherwise.\"";
                                        case StreamSchema.POSITION -> position;
                                        case "id" -> id;
                                        default -> column.equals(field) ? value : "";
                                    })
                    .collect(Collectors.joining(","));
        }
    }

    /** Puts a part again, with other rows. */
    void replace(StreamName stream, int number, CleanRow... rows) {
        put(
                new PartId(source, id, stream, number),
                new CleanCounts(rows.length, rows.length, 0, 0),
                csv(stream, rows));
    }

    /** Puts the manifest of all parts so far, where the source counted what was extracted. */
    String manifest(Problem... problems) {
        return manifest(0, problems);
    }

    /** Puts the manifest; the source counted so many more rows of each stream. */
    String manifest(int more, Problem... problems) {
        return manifest(more, null, problems);
    }

    /** Puts the manifest of a window of days. */
    String manifestOfWindow(LocalDate until) {
        return manifest(0, until);
    }

    private String manifest(int more, @Nullable LocalDate until, Problem... problems) {
        List<StreamExtract> streams =
                parts.entrySet().stream()
                        .map(
                                stream -> {
                                    long rows =
                                            stream.getValue().stream()
                                                    .mapToLong(RawPart::rows)
                                                    .sum();
                                    return new StreamExtract(
                                            stream.getKey().canonicalName(),
                                            rows + more,
                                            rows,
                                            null,
                                            Instant.parse("2026-01-31T12:00:00Z"),
                                            stream.getValue(),
                                            null,
                                            null,
                                            oneRowPerId);
                                })
                        .toList();
        RunManifest manifest =
                new RunManifest(
                        source,
                        id,
                        id.requestedAt(),
                        id.requestedAt().plusSeconds(1),
                        full,
                        streams,
                        Arrays.asList(problems),
                        until,
                        notes);
        String key = RunKeys.manifest(source, id);
        LAKE.put(key, RunJson.write(manifest), "application/json", Map.of());
        return key;
    }

    /**
     * Delivers the events of these objects in one batch, a message each, named by its position;
     * returns the messages that failed.
     */
    static List<String> deliver(String... keys) {
        return deliverFrom(LoadTestServers.BUCKET, keys);
    }

    static List<String> deliverFrom(String bucket, String... keys) {
        return SqsMessage.send(
                IntStream.range(0, keys.length)
                        .mapToObj(i -> SqsMessage.ofObjects(String.valueOf(i), bucket, keys[i]))
                        .toArray(SqsMessage[]::new));
    }

    private void put(PartId part, CleanCounts counts, String csv) {
        Map<String, String> metadata = new HashMap<>(counts.toMetadata("test-key"));
        metadata.put(PartMetadata.SNAPSHOT, Boolean.toString(snapshot));
        putRaw(part.cleanKey(), csv, metadata);
    }

    private static String csv(StreamName stream, CleanRow... rows) {
        StringBuilder csv = new StringBuilder();
        csv.append(String.join(",", StreamSchema.of(stream).cleanHeader())).append('\n');
        for (int row = 0; row < rows.length; row++) {
            csv.append(rows[row].line(row + 1)).append('\n');
        }
        return csv.toString();
    }

    static void putRaw(String key, String csv, Map<String, String> metadata) {
        LAKE.put(key, csv.getBytes(StandardCharsets.UTF_8), "text/csv", metadata);
    }

    private static ObjectStore lake() {
        return new S3ObjectStore(
                S3Client.builder()
                        .endpointOverride(URI.create(System.getProperty("load.test.s3")))
                        .forcePathStyle(true)
                        .region(Region.EU_WEST_2)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("any", "any")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build(),
                LoadTestServers.BUCKET);
    }
}
