package io.shopflow.transform.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.OrderStatus;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.privacy.Postcodes;
import io.shopflow.transform.privacy.Tokens;
import io.shopflow.transform.quality.QualityCounts;
import io.shopflow.transform.quality.WarningRule;
import io.shopflow.transform.row.RawColumn.Content;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Types the rows of one stream by a run's plan. The clean row is valid from {@link #clean} until
 * its next call. Not thread-safe.
 */
public final class RowCleaner {

    private static final int NO_INDEX = -1;

    /** Far below the limit of an index entry in PostgreSQL. */
    private static final int MAX_ID_BYTES = 1_000;

    private static final int MAX_TEXT_CHARACTERS = 10_000;

    /** What follows the limit is searched as well: an address may begin before it. */
    private static final int SEARCHED_CHARACTERS = MAX_TEXT_CHARACTERS + 1_000;

    /** {@code 4.50012E+12}, also with a comma, as spreadsheets write long numbers. */
    private static final Pattern ROUNDED_ID = Pattern.compile("\\d(?:[.,]\\d{1,14})?E\\+\\d{2,3}");

    private final List<RawColumn> columns;
    private final SourceFormat format;
    private final Set<String> nulls;
    private final List<RawColumn> nullable;
    private final Tokens tokens;
    private final QualityCounts quality;
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, Optional<Currency>> currencies = new HashMap<>();
    private final TimestampFormatter times = new TimestampFormatter();
    private final TypedRow typed;
    private final StreamConstraints constraints;
    private final int idCleanIndex;
    private final int updatedAt;
    private final int unitPrice;
    private final int gross;
    private final int updatedAtCleanIndex;
    private final int deletedCleanIndex;
    private final List<RawColumn> tombstoneColumns;
    private final int versionCleanIndex;
    private final int sourceRowCleanIndex;
    private final long extractedAt;

    private final Countries countries = Countries.known();
    private final ShownValues shown;
    private final List<Runnable> warnings = new ArrayList<>();
    private RawRow row = new RawRow(0);
    private @Nullable Currency currency;
    private @Nullable String country;
    private long version;

    /**
     * @param shown the values that reports may show
     * @param quality where missing and odd values are counted
     */
    public RowCleaner(
            StreamSchema schema,
            RunPlan plan,
            Tokens tokens,
            ShownValues shown,
            QualityCounts quality) {
        this.format = plan.format();
        this.nulls = Set.copyOf(format.nulls());
        this.shown = shown;
        this.tokens = tokens;
        this.quality = quality;
        this.typed = new TypedRow(schema);
        ZoneOffsets shopZone = new ZoneOffsets(format.zone());
        this.columns = new RawColumns(schema, format, shopZone).inReadingOrder(typed);
        this.nullable =
                nulls.isEmpty() ? columns.stream().filter(RawColumn::hasNulls).toList() : columns;
        this.constraints =
                StreamConstraints.of(schema, columns, typed, shopZone, times, plan.extractedAt());
        for (OrderStatus status : OrderStatus.values()) {
            statuses.put(status.canonicalName(), status.canonicalName());
        }
        format.statuses().forEach((state, status) -> statuses.put(folded(state), status));
        this.idCleanIndex = typed.cleanIndex("id");
        this.updatedAt = index(schema, "updated_at");
        boolean isOfLines = schema.stream() == StreamName.ORDER_ITEMS;
        this.unitPrice = isOfLines ? index(schema, "unit_price") : NO_INDEX;
        this.gross = isOfLines ? index(schema, "gross") : NO_INDEX;
        this.updatedAtCleanIndex = typed.cleanIndex("updated_at");
        this.deletedCleanIndex =
                schema.keepsTombstones() ? typed.cleanIndex(StreamSchema.IS_DELETED) : NO_INDEX;
        this.tombstoneColumns =
                columns.stream()
                        .filter(column -> column.index() == 0 || column.index() == updatedAt)
                        .toList();
        this.versionCleanIndex = typed.cleanIndex(StreamSchema.VERSION_AT);
        this.sourceRowCleanIndex = typed.cleanIndex(StreamSchema.SOURCE_ROW);
        this.extractedAt = StreamConstraints.micros(plan.extractedAt());
    }

    /**
     * Types a row; returns null, or the reason why it is rejected.
     *
     * @param sourceRow the row's number in its part, from 1
     */
    public @Nullable RuleViolation clean(RawRow row, long sourceRow) {
        if (!row.isWhole()) {
            return Rule.ROW_SHAPE.of("");
        }
        if (row.isTombstone() && deletedCleanIndex >= 0) {
            return tombstone(row, sourceRow);
        }
        if (row.lacksId()) {
            return Rule.REQUIRED.of("id");
        }
        String defect = row.defect();
        if (defect != null) {
            return RuleViolation.ofDefect(defect);
        }
        begin(row);
        currency = null;
        country = format.country();
        emptyNulls(row);
        for (int field = 0; field < row.fields(); field++) {
            if (row.field(field) == null) {
                quality.missing(field);
            }
        }
        for (RawColumn column : columns) {
            Rule broken = read(column, row.field(column.index()));
            if (broken != null) {
                return broken.of(
                        broken == Rule.CURRENCY_MISSING ? "currency" : column.field().name());
            }
        }
        RuleViolation violation = constraints.complete(typed);
        if (violation != null) {
            return violation;
        }
        complete(sourceRow, false);
        warnings.forEach(Runnable::run);
        return null;
    }

    /** Of a deleted row, only the id is known, and perhaps the time of the deletion. */
    private @Nullable RuleViolation tombstone(RawRow row, long sourceRow) {
        begin(row);
        emptyNulls(row);
        for (RawColumn column : tombstoneColumns) {
            Rule broken = read(column, row.field(column.index()));
            if (broken != null) {
                return broken.of(column.field().name());
            }
        }
        complete(sourceRow, true);
        typed.set(updatedAtCleanIndex, null);
        return null;
    }

    private void begin(RawRow read) {
        row = read;
        typed.clear();
        warnings.clear();
    }

    private void emptyNulls(RawRow row) {
        for (RawColumn column : nullable) {
            String value = row.field(column.index());
            if (value != null
                    && ((column.hasNulls() && RawText.isNull(value)) || nulls.contains(value))) {
                row.empty(column.index());
            }
        }
    }

    private void complete(long sourceRow, boolean deleted) {
        version = typed.hasNumber(updatedAt) ? typed.number(updatedAt) : extractedAt;
        typed.set(versionCleanIndex, times.instant(version));
        typed.set(sourceRowCleanIndex, Long.toString(sourceRow));
        if (deletedCleanIndex >= 0) {
            typed.set(deletedCleanIndex, deleted ? "t" : "f");
        }
    }

    /**
     * The clean row, in the order of {@link StreamSchema#cleanHeader()}; null is a missing value.
     */
    public @Nullable String[] cleanRow() {
        return typed.values();
    }

    /** The clean row's id. */
    public String id() {
        return Objects.requireNonNull(typed.get(idCleanIndex));
    }

    /** Whether the clean row's version is the source's {@code updated_at}. */
    public boolean isDated() {
        return typed.hasNumber(updatedAt);
    }

    /** The clean row's version, in microseconds from 1970-01-01T00:00Z. */
    public long version() {
        return version;
    }

    private @Nullable Rule read(RawColumn column, @Nullable String value) {
        return switch (column.field().privacy()) {
            case DROP -> null;
            case PSEUDONYM -> {
                if (value != null) {
                    typed.set(column.cleanIndex(), pseudonym(column, value));
                }
                yield null;
            }
            case AREA -> {
                if (value != null) {
                    String area = Postcodes.area(value, country);
                    if (area == null) {
                        warn(column, WarningRule.POSTCODE_FORMAT, null);
                    }
                    typed.set(column.cleanIndex(), area);
                }
                yield null;
            }
            case PUBLIC -> value == null ? missing(column) : typed(column, value);
        };
    }

    private @Nullable String pseudonym(RawColumn column, String value) {
        if (column.content() == Content.EMAIL) {
            if (!Tokens.isWellFormedEmail(value)) {
                warn(column, WarningRule.EMAIL_FORMAT, null);
            }
            if (value.indexOf('@') >= 0) {
                typed.setNamesSomebody(column.index());
            }
            return tokens.email(value);
        }
        Tokens.Phone phone = tokens.phone(value);
        if (!phone.readable()) {
            warn(column, WarningRule.PHONE_FORMAT, null);
        }
        return phone.token();
    }

    private @Nullable Rule missing(RawColumn column) {
        String assumed = format.currency();
        if (column.field().type() == FieldType.CURRENCY && assumed != null) {
            return currency(column, assumed);
        }
        return column.field().required() ? Rule.REQUIRED : null;
    }

    private @Nullable Rule typed(RawColumn column, String value) {
        return switch (column.field().type()) {
            case TEXT ->
                    column.content() == Content.IDENTIFIER
                            ? identifier(column, value)
                            : text(column, value);
            case INTEGER -> {
                NumberReader numbers = Objects.requireNonNull(column.numbers());
                Rule broken = numbers.read(value);
                yield broken == null ? number(column, numbers.toWhole()) : broken;
            }
            case DECIMAL -> {
                NumberReader numbers = Objects.requireNonNull(column.numbers());
                Rule broken = numbers.read(value);
                yield broken == null ? decimal(column, numbers) : broken;
            }
            case IDS -> ids(column, value);
            case MONEY -> amount(column, value);
            case INSTANT -> instant(column, value);
            case STATUS -> {
                String status = statuses.get(folded(value));
                typed.set(column.cleanIndex(), status);
                yield status == null ? Rule.STATUS_UNKNOWN : null;
            }
            case CURRENCY -> currency(column, value);
            case COUNTRY -> country(column, value);
        };
    }

    private @Nullable Rule identifier(RawColumn column, String value) {
        Rule broken = brokenId(value);
        if (broken == null) {
            typed.set(column.cleanIndex(), tokens.identifier(withoutControls(value)));
        }
        return broken;
    }

    private static @Nullable Rule brokenId(String id) {
        // Most ids are shorter than a quarter of the limit, which no UTF-8 can exceed.
        if (id.length() > MAX_ID_BYTES / 4 && id.getBytes(UTF_8).length > MAX_ID_BYTES) {
            return Rule.ID_LENGTH;
        }
        return isRounded(id) ? Rule.ID_ROUNDED : null;
    }

    private static boolean isRounded(String code) {
        return code.indexOf('+') > 0 && ROUNDED_ID.matcher(code).matches();
    }

    private @Nullable Rule text(RawColumn column, String value) {
        String line = withoutControls(beginning(value, SEARCHED_CHARACTERS));
        if (column.content() == Content.CODE && isRounded(line)) {
            warn(column, WarningRule.CODE_ROUNDED, value);
            return null;
        }
        String kept = beginning(line, MAX_TEXT_CHARACTERS);
        if (kept.length() < value.length()) {
            warn(column, WarningRule.TEXT_CUT, null);
        }
        String masked = Masking.masked(line, column.content().kind(), kept.length());
        typed.set(column.cleanIndex(), noted(column, kept, masked));
        return null;
    }

    private static String beginning(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, characters - (splits ? 1 : 0));
    }

    private String noted(RawColumn column, String before, String after) {
        if (!before.equals(after)) {
            warn(column, WarningRule.TEXT_MASKED, null);
        }
        return after;
    }

    private @Nullable Rule amount(RawColumn column, String value) {
        NumberReader numbers = Objects.requireNonNull(column.numbers());
        Rule broken = numbers.read(value);
        if (broken != null) {
            return broken;
        }
        if (currency == null) {
            return Rule.CURRENCY_MISSING;
        }
        broken = numbers.toMinor(currency);
        if (broken == null && numbers.rounded() && !onlyDescribes(column)) {
            warn(column, WarningRule.AMOUNT_ROUNDED, value);
        }
        return number(column, broken);
    }

    /**
     * If a line has its gross, no figure uses its unit price, and a net price has many decimals.
     */
    private boolean onlyDescribes(RawColumn column) {
        return column.index() == unitPrice && row.field(gross) != null;
    }

    private @Nullable Rule number(RawColumn column, @Nullable Rule broken) {
        if (broken == null) {
            long number = Objects.requireNonNull(column.numbers()).whole();
            typed.setNumber(column.index(), number);
            typed.set(column.cleanIndex(), Long.toString(number));
        }
        return broken;
    }

    private @Nullable Rule decimal(RawColumn column, NumberReader numbers) {
        Rule broken = numbers.toDecimal();
        if (broken == null) {
            BigDecimal number = numbers.number();
            typed.set(
                    column.cleanIndex(),
                    (number.scale() > 0 ? number.stripTrailingZeros() : number).toPlainString());
        }
        return broken;
    }

    private @Nullable Rule ids(RawColumn column, String value) {
        try {
            StringJoiner array = new StringJoiner(",", "{", "}");
            for (String id : RunJson.read(value.getBytes(UTF_8), String[].class)) {
                if (id == null) {
                    return Rule.IDS_FORMAT;
                }
                String comparable = RawText.comparable(id);
                Rule broken = brokenId(comparable);
                if (broken != null) {
                    return broken;
                }
                array.add(quoted(tokens.identifier(withoutControls(comparable))));
            }
            typed.set(column.cleanIndex(), array.toString());
            return null;
        } catch (UncheckedIOException notIds) {
            return Rule.IDS_FORMAT;
        }
    }

    /** An element of a PostgreSQL array. */
    private static String quoted(String id) {
        return '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private @Nullable Rule instant(RawColumn column, String value) {
        InstantReader instants = Objects.requireNonNull(column.instants());
        if (instants.isZero(value)) {
            quality.missing(column.index());
            return missing(column);
        }
        Rule broken = instants.read(value);
        if (broken == null) {
            if (instants.skipped()) {
                warn(column, WarningRule.TIME_SKIPPED, value);
            }
            typed.setNumber(column.index(), instants.epochMicros());
            typed.set(column.cleanIndex(), times.instant(instants.epochMicros()));
        }
        return broken;
    }

    private @Nullable Rule currency(RawColumn column, String value) {
        currency = currencies.computeIfAbsent(value, RowCleaner::payable).orElse(null);
        if (currency == null) {
            currencies.remove(value);
            return Rule.CURRENCY_UNKNOWN;
        }
        typed.set(column.cleanIndex(), currency.getCurrencyCode());
        return null;
    }

    private static Optional<Currency> payable(String code) {
        try {
            return Optional.of(Currency.getInstance(code.toUpperCase(Locale.ROOT)))
                    .filter(known -> known.getDefaultFractionDigits() >= 0);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private @Nullable Rule country(RawColumn column, String value) {
        country = countries.code(value);
        if (country == null) {
            warn(column, WarningRule.COUNTRY_UNKNOWN, value);
        }
        typed.set(column.cleanIndex(), country);
        return null;
    }

    /**
     * Counted only if the row is not rejected.
     *
     * @param value null if the report must not show it
     */
    private void warn(RawColumn column, WarningRule warning, @Nullable String value) {
        warnings.add(
                () ->
                        quality.warn(
                                column.index(),
                                warning,
                                shown.position(row),
                                () -> value == null ? null : shown.of(column.index(), value)));
    }

    private static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                StringBuilder line = new StringBuilder(text);
                for (int j = i; j < line.length(); j++) {
                    if (isControl(line.charAt(j))) {
                        line.setCharAt(j, ' ');
                    }
                }
                return line.toString();
            }
        }
        return text;
    }

    private static boolean isControl(char c) {
        return c < ' ' || (c >= '\u007f' && c <= '\u009f') || c == '\u2028' || c == '\u2029';
    }

    private static String folded(String state) {
        return state.strip().toLowerCase(Locale.ROOT);
    }

    private static int index(StreamSchema schema, String name) {
        return schema.fields().stream().map(Field::name).toList().indexOf(name);
    }
}
