package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.StreamSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected rows so that a person sees the mistake but no personal data. Fields with such
 * data are masked, and so is every value that {@link ShownValues} does not accept as a value of its
 * field. The position identifies the original row.
 */
public final class QuarantinedRow {

    private final StreamSchema schema;
    private final ShownValues shown;

    /** For rows of this stream. */
    public QuarantinedRow(StreamSchema schema, ShownValues shown) {
        this.schema = schema;
        this.shown = shown;
    }

    /** The quarantine file's header: rule, field, message, then the raw header. */
    public List<String> header() {
        return schema.quarantineHeader();
    }

    /** The quarantine file's record of a row, without personal data; null is a missing value. */
    public List<@Nullable String> record(Rejection rejection, RawRow row) {
        List<@Nullable String> values = new ArrayList<>(row.fields() + 5);
        values.add(rejection.rule());
        values.add(rejection.field());
        values.add(rejection.message());
        values.add(position(row));
        values.add(row.defect() == null ? null : rejection.rule());
        for (int place = 0; place < row.fields(); place++) {
            String value = row.field(place);
            values.add(
                    value == null
                            ? null
                            : isTrusted(row) ? shown.masked(place, value) : Masking.MASK);
        }
        return values;
    }

    /** A row's position in its source, without personal data. */
    public @Nullable String position(RawRow row) {
        return shown.position(row);
    }

    /** The value for which a row is rejected; null if it must not be shown. */
    public @Nullable String example(Rejection rejection, RawRow row) {
        if (!isTrusted(row)) {
            return null;
        }
        for (int place = 0; place < row.fields(); place++) {
            if (schema.fields().get(place).name().equals(rejection.field())) {
                String value = row.field(place);
                return value == null ? null : shown.of(place, value);
            }
        }
        return null;
    }

    /** Whether values are in the columns to which they belong. */
    private static boolean isTrusted(RawRow row) {
        return row.isWhole() && row.defect() == null;
    }
}
