package io.shopflow.transform.part;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.lake.Sha256;
import io.shopflow.core.privacy.Pseudonymiser;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.privacy.Tokens;
import io.shopflow.transform.quality.QualityCounts;
import io.shopflow.transform.row.QuarantineFormat;
import io.shopflow.transform.row.RawRow;
import io.shopflow.transform.row.RowCleaner;
import io.shopflow.transform.row.RuleViolation;
import io.shopflow.transform.row.ShownValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns one raw part into a clean one, with its quarantine and quality report. The same raw part
 * gives the same bytes under the same keys, so a repetition is harmless.
 */
public final class TransformPart {

    /** Ids of a part that are kept in memory: about 25 MB. Parts with more use temporary files. */
    static final int IDS_IN_MEMORY = 390_000;

    private static final String CSV = "text/csv; charset=utf-8";
    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final Supplier<Pseudonymiser> pseudonymisers;
    private final PlanCache plans;
    private final int idsInMemory;
    private final Function<StreamName, StreamSchema> schemas;

    /**
     * @param pseudonymisers supplies, at each call, one that no other thread uses
     */
    public TransformPart(ObjectStore store, Supplier<Pseudonymiser> pseudonymisers) {
        this(store, pseudonymisers, IDS_IN_MEMORY, StreamSchema::of);
    }

    TransformPart(
            ObjectStore store,
            Supplier<Pseudonymiser> pseudonymisers,
            int idsInMemory,
            Function<StreamName, StreamSchema> schemas) {
        this.store = store;
        this.pseudonymisers = pseudonymisers;
        this.plans = new PlanCache(store);
        this.idsInMemory = idsInMemory;
        this.schemas = schemas;
    }

    /** Whether the part's run reads a window of a backfill. Throws like {@link #transform}. */
    public boolean isOfBackfill(PartId part) {
        return plans.of(part).until() != null;
    }

    /**
     * Transforms a part. Throws {@link UnreadablePartException} if the part or its run's plan is
     * missing, or the part is not what extract wrote.
     */
    public CleanCounts transform(PartId part) {
        RunPlan plan = plans.of(part);
        Pseudonymiser pseudonymiser = pseudonymisers.get();
        try (PartFiles files = new PartFiles();
                ObjectStore.Content raw =
                        store.open(part.rawKey())
                                .orElseThrow(
                                        () ->
                                                new UnreadablePartException(
                                                        "there is no raw part '%s'"
                                                                .formatted(part.rawKey())))) {
            return new Pass(part, plan, pseudonymiser, files).run(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(part.rawKey(), e);
        }
    }

    /** The transformation of one part. */
    private final class Pass {

        private final PartId part;
        private final RunPlan plan;
        private final StreamSchema schema;
        private final String keyId;
        private final PartFiles files;
        private final QualityCounts quality;
        private final RowCleaner cleaner;
        private final QuarantineFormat quarantine;
        private final Path cleanFile;
        private final Path quarantineFile;
        private long rows;
        private long superseded;
        private int cleanRows;

        Pass(PartId part, RunPlan plan, Pseudonymiser pseudonymiser, PartFiles files) {
            this.part = part;
            this.plan = plan;
            this.schema = schemas.apply(part.stream());
            this.keyId = pseudonymiser.keyId();
            this.files = files;
            this.quality = new QualityCounts(schema);
            Tokens tokens = new Tokens(pseudonymiser, plan.format().country());
            ShownValues shown = new ShownValues(schema, tokens);
            this.cleaner = new RowCleaner(schema, plan, tokens, shown, quality);
            this.quarantine = new QuarantineFormat(schema, shown);
            this.cleanFile = files.file("clean.csv");
            this.quarantineFile = files.file("quarantine.csv");
        }

        CleanCounts run(ObjectStore.Content raw) throws IOException {
            BitSet older = separate(raw);
            CleanCounts counts =
                    new CleanCounts(
                            rows,
                            cleanRows - older.cardinality(),
                            superseded + older.cardinality(),
                            quality.rejected());
            Path clean = cleanFile;
            if (!older.isEmpty()) {
                clean = files.file("newest.csv");
                PartFiles.copyWithout(older, cleanFile, clean);
            }
            if (counts.quarantined() > 0) {
                store.put(
                        part.quarantineKey(),
                        quarantineFile,
                        CSV,
                        Map.of(PartMetadata.ROWS, Long.toString(counts.quarantined())));
            }
            QualityReport report = quality.report(part, keyId, counts);
            store.put(part.reportKey(), RunJson.write(report), JSON, Map.of());
            Map<String, String> metadata = new HashMap<>(counts.toMetadata(keyId));
            metadata.put(PartMetadata.SHA256, PartFiles.sha256(clean));
            metadata.put(PartMetadata.WARNINGS, Integer.toString(report.warnings().size()));
            metadata.put(
                    PartMetadata.SNAPSHOT, Boolean.toString(plan.readsSnapshot(part.stream())));
            store.put(part.cleanKey(), clean, CSV, metadata);
            return counts;
        }

        /**
         * Writes the clean and the rejected rows. Returns the numbers of the clean rows of whose id
         * the part has a newer row.
         */
        private BitSet separate(ObjectStore.Content raw) throws IOException {
            MessageDigest digest = Sha256.digest();
            try (Deduplication ids = new Deduplication(files.folder(), idsInMemory);
                    RawRows raws = new RawRows(schema, new DigestInputStream(raw.body(), digest));
                    CsvWriter clean = PartFiles.csv(cleanFile, schema.cleanHeader());
                    CsvWriter rejected = PartFiles.csv(quarantineFile, quarantine.header())) {
                for (RawRow row : raws.rows()) {
                    rows++;
                    if (row.isSuperseded()) {
                        superseded++;
                        continue;
                    }
                    RuleViolation violation = cleaner.clean(row, rows);
                    if (violation == null) {
                        clean.writeRecord(cleaner.cleanRow());
                        ids.add(cleaner.id(), cleaner.version(), cleaner.isDated(), cleanRows);
                        cleanRows++;
                    } else {
                        quality.reject(
                                violation.rule(),
                                violation.field(),
                                quarantine.position(row),
                                () -> quarantine.example(violation, row));
                        rejected.writeRecord(quarantine.record(violation, row));
                    }
                }
                verify(raw.object().metadata(), digest);
                return ids.older();
            }
        }

        private void verify(Map<String, String> metadata, MessageDigest digest) {
            String read = Long.toString(rows);
            String written = metadata.getOrDefault(PartMetadata.ROWS, read);
            if (!written.equals(read)) {
                throw new UnreadablePartException(
                        "'%s' has %s rows, but extract wrote %s"
                                .formatted(part.rawKey(), read, written));
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!metadata.getOrDefault(PartMetadata.SHA256, found).equals(found)) {
                throw new UnreadablePartException(
                        "'%s' has another SHA-256 than extract wrote".formatted(part.rawKey()));
            }
        }
    }
}
