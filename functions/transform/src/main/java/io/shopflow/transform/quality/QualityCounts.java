package io.shopflow.transform.quality;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.quality.QualityReport.FieldQuality;
import io.shopflow.core.quality.QualityReport.RejectedRows;
import io.shopflow.core.quality.QualityReport.WarnedRows;
import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts while a part is read. Fields go by their place in the stream's schema. */
public final class QualityCounts {

    private final List<Field> fields;
    private final long[] nulls;
    private final Map<WarningAndField, Long> warned = new HashMap<>();
    private final Map<RuleAndField, Long> rejected = new HashMap<>();

    /** Begins with nothing counted. */
    public QualityCounts(StreamSchema schema) {
        this.fields = schema.fields();
        this.nulls = new long[fields.size()];
    }

    /** A row has no value here. */
    public void missing(int field) {
        nulls[field]++;
    }

    /** A row that is not rejected has an odd value here. */
    public void warn(int field, Warning warning) {
        warned.merge(new WarningAndField(warning, fields.get(field).name()), 1L, Long::sum);
    }

    /** A rule rejects a row. */
    public void reject(String rule, String field) {
        rejected.merge(new RuleAndField(rule, field), 1L, Long::sum);
    }

    /** How many rows were rejected. */
    public long rejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was counted. */
    public QualityReport report(PartId part, String pseudonymKeyId, CleanCounts rows) {
        List<FieldQuality> qualities = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            qualities.add(new FieldQuality(field.name(), field.required(), nulls[i]));
        }
        return new QualityReport(
                part.source(),
                part.runId(),
                part.stream().canonicalName(),
                part.number(),
                pseudonymKeyId,
                rows,
                qualities,
                rejected.entrySet().stream()
                        .map(
                                entry ->
                                        new RejectedRows(
                                                entry.getKey().rule(),
                                                entry.getKey().field(),
                                                entry.getValue(),
                                                null,
                                                null))
                        .sorted(
                                Comparator.comparing(RejectedRows::rule)
                                        .thenComparing(RejectedRows::field))
                        .toList(),
                warned.entrySet().stream()
                        .map(
                                entry ->
                                        new WarnedRows(
                                                entry.getKey().warning().canonicalName(),
                                                entry.getKey().field(),
                                                entry.getValue()))
                        .sorted(
                                Comparator.comparing(WarnedRows::warning)
                                        .thenComparing(WarnedRows::field))
                        .toList());
    }

    private record RuleAndField(String rule, String field) {}

    private record WarningAndField(Warning warning, String field) {}
}
