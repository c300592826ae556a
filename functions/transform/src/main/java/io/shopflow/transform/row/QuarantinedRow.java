package io.shopflow.transform.row;

import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.privacy.Masking;
import io.shopflow.transform.privacy.Tokens;
import io.shopflow.transform.row.Column.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected rows so that a person sees what is wrong and no personal data. Fields that hold
 * such data are masked, and so is whatever does not look like a value of its field: a row that is
 * shifted by a column has names anywhere. The position leads to the row as it was.
 */
public final class QuarantinedRow {

    private static final int MAX_CODE = 3;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d., ]{1,60}[A-Z]{0,3}");

    private static final Pattern DATE =
            Pattern.compile(
                    "(?i)(?:\\d|[-+:./, ]|(?<!\\p{L})(?:T|Z|AM|PM|UTC|GMT|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})(?!\\p{L})){1,40}");

    private static final Pattern STATE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    /** Enough digits in a row to be a telephone number, and too many for a date without marks. */
    private static final Pattern PHONE = Pattern.compile("\\+.*|0\\d{8,13}|\\d{9,11}");

    /** Digits with marks between them that are a date all the same: {@code 02/30/2026 10:11}. */
    private static final Pattern DAY_AND_TIME =
            Pattern.compile("\\d{1,4}([-./ ])\\d{1,2}\\1\\d{1,4}(?:[T ,]+\\d{1,2}:.*)?");

    private final StreamSchema schema;
    private final List<Content> contents;
    private final Tokens tokens;

    /** Rows of this stream; ids become the tokens that clean rows would have. */
    public QuarantinedRow(StreamSchema schema, Tokens tokens) {
        this.schema = schema;
        this.contents = schema.fields().stream().map(Content::of).toList();
        this.tokens = tokens;
    }

    /** The quarantine file's header: rule, field, message, then the raw header. */
    public List<String> header() {
        return schema.quarantineHeader();
    }

    /** The quarantine file's record of a row, without personal data; null is no value. */
    public List<@Nullable String> record(Rejection rejection, RawRow row) {
        List<@Nullable String> values = new ArrayList<>(row.fields() + 5);
        values.add(rejection.rule());
        values.add(rejection.field());
        values.add(rejection.message());
        String position = row.position();
        boolean trusted = row.isWhole() && row.defect() == null;
        values.add(position == null ? null : Masking.text(position));
        values.add(row.defect() == null ? null : rejection.rule());
        for (int place = 0; place < row.fields(); place++) {
            String value = row.field(place);
            values.add(value == null ? null : trusted ? masked(place, value) : Masking.MASK);
        }
        return values;
    }

    private String masked(int place, String value) {
        Field field = schema.fields().get(place);
        return switch (field.privacy()) {
            case DROP, PSEUDONYM, AREA -> Masking.MASK;
            case PUBLIC ->
                    switch (field.type()) {
                        case TEXT -> text(place, value);
                        case INTEGER, DECIMAL, MONEY, PRICE ->
                                shownIf(NUMBER.matcher(value).matches() && !isPhone(value), value);
                        case INSTANT ->
                                shownIf(DATE.matcher(value).matches() && !isPhone(value), value);
                        case STATUS -> shownIf(STATE.matcher(value).matches(), value);
                        case IDS -> Masking.MASK;
                        case CURRENCY, COUNTRY -> shownIf(value.length() <= MAX_CODE, value);
                    };
        };
    }

    private String text(int place, String value) {
        return switch (contents.get(place)) {
            case IDENTIFIER -> tokens.identifier(value);
            case CODE -> Masking.code(value);
            case TEXT, EMAIL, PHONE -> Masking.text(value);
        };
    }

    private static boolean isPhone(String value) {
        return PHONE.matcher(value).matches()
                || (value.startsWith("0")
                        && !Masking.text(value).equals(value)
                        && !DAY_AND_TIME.matcher(value).matches());
    }

    private static String shownIf(boolean harmless, String value) {
        return harmless ? value : Masking.MASK;
    }
}
