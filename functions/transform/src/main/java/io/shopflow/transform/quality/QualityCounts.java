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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts while a part is read. Fields are addressed by their index in the stream's schema. */
public final class QualityCounts {

    private final List<Field> fields;
    private final long[] nulls;
    private long rejectedRows;
    private final Map<NameAndField, Rows> warned = new HashMap<>();
    private final Map<NameAndField, Rows> rejected = new HashMap<>();

    /** Starts with all counts at zero. */
    public QualityCounts(StreamSchema schema) {
        this.fields = schema.fields();
        this.nulls = new long[fields.size()];
    }

    /** Counts a row without a value in this field. */
    public void missing(int field) {
        nulls[field]++;
    }

    /**
     * Counts an odd value of a row that is not rejected.
     *
     * @param position of the row in its source
     * @param example supplies the value if it is safe to show
     */
    public void warn(
            int field,
            WarningRule warning,
            @Nullable String position,
            Supplier<@Nullable String> example) {
        count(warned, warning.canonicalName(), fields.get(field).name(), position, example);
    }

    /**
     * Counts a row that a rule rejects.
     *
     * @param position of the row in its source
     * @param example supplies the value if it is safe to show
     */
    public void reject(
            String rule,
            String field,
            @Nullable String position,
            Supplier<@Nullable String> example) {
        rejectedRows++;
        count(rejected, rule, field, position, example);
    }

    private static void count(
            Map<NameAndField, Rows> counts,
            String name,
            String field,
            @Nullable String position,
            Supplier<@Nullable String> example) {
        counts.computeIfAbsent(new NameAndField(name, field), first -> new Rows())
                .add(position, example);
    }

    /** The number of rejected rows. */
    public long rejected() {
        return rejectedRows;
    }

    /** The report on everything counted. */
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
                sorted(rejected)
                        .map(
                                entry ->
                                        new RejectedRows(
                                                entry.getKey().name(),
                                                entry.getKey().field(),
                                                entry.getValue().count,
                                                entry.getValue().example,
                                                entry.getValue().position))
                        .toList(),
                sorted(warned)
                        .map(
                                entry ->
                                        new WarnedRows(
                                                entry.getKey().name(),
                                                entry.getKey().field(),
                                                entry.getValue().count,
                                                entry.getValue().example,
                                                entry.getValue().position))
                        .toList());
    }

    private static Stream<Map.Entry<NameAndField, Rows>> sorted(Map<NameAndField, Rows> counts) {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparing(NameAndField::name)
                                        .thenComparing(NameAndField::field)));
    }

    private record NameAndField(String name, String field) {}

    /** Rows of one kind, and the first of them whose value can be shown. */
    private static final class Rows {

        /** The most rows that are searched for a value to show. */
        private static final int LOOKED_AT = 1_000;

        private long count;
        private @Nullable String example;
        private @Nullable String position;

        void add(@Nullable String rowPosition, Supplier<@Nullable String> value) {
            count++;
            if (example == null && count <= LOOKED_AT) {
                example = value.get();
                if (example != null || count == 1) {
                    position = rowPosition;
                }
            }
        }
    }
}
