package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.StreamSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Formats rejected rows for quarantine so that a person sees the mistake but no personal data.
 * Fields with such data are masked, and so is every value that {@link ShownValues} does not accept
 * as a value of its field. The position identifies the original row.
 */
public final class QuarantineFormat {

    private final StreamSchema schema;
    private final ShownValues shown;

    /** For rows of this stream. */
    public QuarantineFormat(StreamSchema schema, ShownValues shown) {
        this.schema = schema;
        this.shown = shown;
    }

    /** The quarantine file's header: rule, field, message, then the raw header. */
    public List<String> header() {
        return schema.quarantineHeader();
    }

    /** The quarantine file's record of a row, without personal data; null is a missing value. */
    public List<@Nullable String> record(RuleViolation violation, RawRow row) {
        List<@Nullable String> values = new ArrayList<>(row.fields() + 5);
        values.add(violation.rule());
        values.add(violation.field());
        values.add(violation.message());
        values.add(position(row));
        values.add(row.defect() == null ? null : violation.rule());
        for (int index = 0; index < row.fields(); index++) {
            String value = row.field(index);
            values.add(
                    value == null
                            ? null
                            : isTrusted(row) ? shown.masked(index, value) : Masking.MASK);
        }
        return values;
    }

    /** A row's position in its source, without personal data. */
    public @Nullable String position(RawRow row) {
        return shown.position(row);
    }

    /** The value for which a row is rejected; null if it must not be shown. */
    public @Nullable String example(RuleViolation violation, RawRow row) {
        if (!isTrusted(row)) {
            return null;
        }
        for (int index = 0; index < row.fields(); index++) {
            if (schema.fields().get(index).name().equals(violation.field())) {
                String value = row.field(index);
                return value == null ? null : shown.of(index, value);
            }
        }
        return null;
    }

    /** Whether values are in the columns to which they belong. */
    private static boolean isTrusted(RawRow row) {
        return row.isWhole() && row.defect() == null;
    }
}
