package io.shopflow.transform.quality;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.quality.QualityReport.FieldQuality;
import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts while a part is read. Fields are addressed by their index in the stream's schema. */
public final class QualityCounts {

    private final List<Field> fields;
    private final long[] nulls;
    private long rejectedRows;
    private final Map<RuleAndField, Rows> warned = new HashMap<>();
    private final Map<RuleAndField, Rows> rejected = new HashMap<>();

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
            Map<RuleAndField, Rows> counts,
            String rule,
            String field,
            @Nullable String position,
            Supplier<@Nullable String> example) {
        counts.computeIfAbsent(new RuleAndField(rule, field), first -> new Rows())
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
                counts(rejected),
                counts(warned));
    }

    private static List<RuleCount> counts(Map<RuleAndField, Rows> rows) {
        return rows.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparing(RuleAndField::rule)
                                        .thenComparing(RuleAndField::field)))
                .map(
                        entry ->
                                new RuleCount(
                                        entry.getKey().rule(),
                                        entry.getKey().field(),
                                        entry.getValue().count,
                                        entry.getValue().example,
                                        entry.getValue().position))
                .toList();
    }

    private record RuleAndField(String rule, String field) {}

    /** Rows of one kind, and the first of them whose value can be shown. */
    private static final class Rows {

        /** The most rows that are searched for a value to show. */
        private static final int MAX_SEARCHED = 1_000;

        private long count;
        private @Nullable String example;
        private @Nullable String position;

        void add(@Nullable String rowPosition, Supplier<@Nullable String> value) {
            count++;
            if (example == null && count <= MAX_SEARCHED) {
                example = value.get();
                if (example != null || count == 1) {
                    position = rowPosition;
                }
            }
        }
    }
}
