package io.shopflow.load.part;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.stream.PartHeader;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.CleanPart;
import io.shopflow.load.warehouse.RejectedPart;
import io.shopflow.load.warehouse.Warehouse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Loads one clean part into the warehouse. */
public final class LoadPart {

    private static final Logger LOG = Logger.getLogger(LoadPart.class);

    /** The rule of rejected rows whose report is missing or cannot be read. */
    private static final String REPORT_MISSING = "report_missing";

    private static final String PSEUDONYM_KEY_ID = "pseudonym-key-id";

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ObjectStore store;
    private final Warehouse warehouse;
    private final String bucket;

    /** Reads from the store of this bucket and writes to the warehouse. */
    public LoadPart(ObjectStore store, Warehouse warehouse, String bucket) {
        this.store = store;
        this.warehouse = warehouse;
        this.bucket = bucket;
    }

    /**
     * Loads the current version of the part. If it throws, nothing was written, and a retry may
     * help.
     */
    public ApplyResult apply(PartId part) {
        return warehouse.apply(part, () -> open(part));
    }

    private CleanPart open(PartId part) {
        String key = part.cleanKey();
        Content content =
                store.open(key)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the clean part %s does not exist: transform its raw part again"
                                                        .formatted(key)));
        try {
            InputStream rows = new BufferedInputStream(content.body(), BUFFER_BYTES);
            CleanCounts counts = CleanCounts.ofMetadata(content.object().metadata());
            List<String> columns = columns(part, rows);
            Optional<QualityReport> report =
                    counts.quarantined() > 0 || hasWarnings(content.object())
                            ? report(part)
                            : Optional.empty();
            return new CleanPart(
                    part,
                    bucket,
                    version(content.object()),
                    counts,
                    content.object().metadata().getOrDefault(PSEUDONYM_KEY_ID, "unknown"),
                    PartMetadata.isOfSnapshot(content.object().metadata()),
                    report.map(QualityReport::warnings).orElse(List.of()),
                    () -> rejected(part, counts, report),
                    columns,
                    rows);
        } catch (IOException e) {
            throw closed(content, new UncheckedIOException(key, e));
        } catch (RuntimeException e) {
            throw closed(content, e);
        }
    }

    /** The entity tag alone differs for the same bytes if they are encrypted with a KMS key. */
    private static String version(ObjectStore.StoredObject part) {
        return part.metadata().getOrDefault(PartMetadata.SHA256, part.entityTag());
    }

    private static boolean hasWarnings(ObjectStore.StoredObject part) {
        return !part.metadata().getOrDefault(PartMetadata.WARNINGS, "0").equals("0");
    }

    /** Without a report the part is still loaded: its clean rows are valid. */
    private RejectedPart rejected(PartId part, CleanCounts counts, Optional<QualityReport> report) {
        List<RuleCount> rules =
                report.map(QualityReport::rejected)
                        .orElseGet(
                                () ->
                                        List.of(
                                                new RuleCount(
                                                        REPORT_MISSING,
                                                        "",
                                                        counts.quarantined(),
                                                        null,
                                                        part.quarantineKey())));
        return new RejectedPart(rules, quarantine(part));
    }

    private Optional<QualityReport> report(PartId part) {
        Optional<byte[]> json = store.read(part.reportKey());
        if (json.isEmpty()) {
            LOG.warnf("report_missing key=%s", part.reportKey());
            return Optional.empty();
        }
        try {
            return Optional.of(RunJson.read(json.get(), QualityReport.class));
        } catch (UncheckedIOException e) {
            LOG.warnf(e, "report_unreadable key=%s", part.reportKey());
            return Optional.empty();
        }
    }

    private @Nullable InputStream quarantine(PartId part) {
        Content content = store.open(part.quarantineKey()).orElse(null);
        if (content == null) {
            LOG.warnf("quarantine_missing key=%s", part.quarantineKey());
            return null;
        }
        try {
            InputStream rows = new BufferedInputStream(content.body(), BUFFER_BYTES);
            if (PartHeader.read(rows)
                    .equals(String.join(",", StreamSchema.of(part.stream()).quarantineHeader()))) {
                return rows;
            }
            LOG.warnf("quarantine_of_another_version key=%s", part.quarantineKey());
            content.close();
            return null;
        } catch (IOException e) {
            throw closed(content, new UncheckedIOException(part.quarantineKey(), e));
        }
    }

    private static List<String> columns(PartId part, InputStream rows) throws IOException {
        String header = PartHeader.read(rows);
        StreamSchema schema = StreamSchema.of(part.stream());
        return schema.columnsOfClean(header)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the clean part %s has the header '%s' instead of '%s': transform its raw part again"
                                                .formatted(
                                                        part.cleanKey(),
                                                        header,
                                                        String.join(",", schema.cleanHeader()))));
    }

    private static RuntimeException closed(Content content, RuntimeException cause) {
        try {
            content.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
