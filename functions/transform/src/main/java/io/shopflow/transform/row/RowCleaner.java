package io.shopflow.transform.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.OrderStatus;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.Stream;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.privacy.Postcodes;
import io.shopflow.transform.privacy.Tokens;
import io.shopflow.transform.quality.QualityCounts;
import io.shopflow.transform.quality.Warning;
import io.shopflow.transform.row.Column.Content;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final int NO_TARGET = -1;
    private static final int NO_PLACE = -1;

    /** Far below the limit of an index entry in PostgreSQL. */
    private static final int MAX_ID_BYTES = 1_000;

    private static final int MAX_TEXT_CHARACTERS = 10_000;

    /** {@code 4.50012E+12}, also with a comma, as spreadsheets write long numbers. */
    private static final Pattern ROUNDED_ID = Pattern.compile("\\d(?:[.,]\\d{1,14})?E\\+\\d{2,3}");

    private final List<Column> columns;
    private final SourceFormat format;
    private final Set<String> nulls;
    private final List<Column> nullable;
    private final Tokens tokens;
    private final QualityCounts quality;
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, Optional<Currency>> currencies = new HashMap<>();
    private final CleanTimes times = new CleanTimes();
    private final TypedRow typed;
    private final StreamRules rules;
    private final int idTarget;
    private final int updatedAt;
    private final int unitPrice;
    private final int gross;
    private final int updatedAtTarget;
    private final int deletedTarget;
    private final List<Column> tombstoneColumns;
    private final int versionTarget;
    private final int sourceRowTarget;
    private final long extractedAt;

    private final Countries countries = Countries.load();
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
        this.columns = columns(schema, shopZone);
        this.nullable =
                nulls.isEmpty() ? columns.stream().filter(Column::hasNulls).toList() : columns;
        this.rules = StreamRules.of(schema, columns, typed, shopZone, times, plan.extractedAt());
        for (OrderStatus status : OrderStatus.values()) {
            statuses.put(status.canonicalName(), status.canonicalName());
        }
        format.statuses().forEach((state, status) -> statuses.put(folded(state), status));
        this.idTarget = typed.target("id");
        this.updatedAt = place(schema, "updated_at");
        boolean isOfLines = schema.stream() == Stream.ORDER_ITEMS;
        this.unitPrice = isOfLines ? place(schema, "unit_price") : NO_PLACE;
        this.gross = isOfLines ? place(schema, "gross") : NO_PLACE;
        this.updatedAtTarget = typed.target("updated_at");
        this.deletedTarget =
                schema.keepsTombstones() ? typed.target(StreamSchema.IS_DELETED) : NO_TARGET;
        this.tombstoneColumns =
                columns.stream()
                        .filter(column -> column.place() == 0 || column.place() == updatedAt)
                        .toList();
        this.versionTarget = typed.target(StreamSchema.VERSION_AT);
        this.sourceRowTarget = typed.target(StreamSchema.SOURCE_ROW);
        this.extractedAt = StreamRules.micros(plan.extractedAt());
    }

    /**
     * Types a row; returns null, or the reason why it is rejected.
     *
     * @param sourceRow the row's number in its part, from 1
     */
    public @Nullable Rejection clean(RawRow row, long sourceRow) {
        if (!row.isWhole()) {
            return Rule.ROW_SHAPE.of("");
        }
        if (row.isTombstone() && deletedTarget >= 0) {
            return tombstone(row, sourceRow);
        }
        if (row.lacksId()) {
            return Rule.REQUIRED.of("id");
        }
        String defect = row.defect();
        if (defect != null) {
            return Rejection.ofDefect(defect);
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
        for (Column column : columns) {
            Rule broken = read(column, row.field(column.place()));
            if (broken != null) {
                return broken.of(
                        broken == Rule.CURRENCY_MISSING ? "currency" : column.field().name());
            }
        }
        Rejection rejection = rules.complete(typed);
        if (rejection != null) {
            return rejection;
        }
        complete(sourceRow, false);
        warnings.forEach(Runnable::run);
        return null;
    }

    /** Of a deleted row, only the id is known, and perhaps the time of the deletion. */
    private @Nullable Rejection tombstone(RawRow row, long sourceRow) {
        begin(row);
        emptyNulls(row);
        for (Column column : tombstoneColumns) {
            Rule broken = read(column, row.field(column.place()));
            if (broken != null) {
                return broken.of(column.field().name());
            }
        }
        complete(sourceRow, true);
        typed.set(updatedAtTarget, null);
        return null;
    }

    private void begin(RawRow read) {
        row = read;
        typed.clear();
        warnings.clear();
    }

    private void emptyNulls(RawRow row) {
        for (Column column : nullable) {
            String value = row.field(column.place());
            if (value != null
                    && ((column.hasNulls() && RawText.isNull(value)) || nulls.contains(value))) {
                row.empty(column.place());
            }
        }
    }

    private void complete(long sourceRow, boolean deleted) {
        version = typed.hasNumber(updatedAt) ? typed.number(updatedAt) : extractedAt;
        typed.set(versionTarget, times.instant(version));
        typed.set(sourceRowTarget, Long.toString(sourceRow));
        if (deletedTarget >= 0) {
            typed.set(deletedTarget, deleted ? "t" : "f");
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
        return Objects.requireNonNull(typed.get(idTarget));
    }

    /** The clean row's version, in microseconds from 1970-01-01T00:00Z. */
    public long version() {
        return version;
    }

    private @Nullable Rule read(Column column, @Nullable String value) {
        return switch (column.field().privacy()) {
            case DROP -> null;
            case PSEUDONYM -> {
                if (value != null) {
                    typed.set(column.target(), pseudonym(column, value));
                }
                yield null;
            }
            case AREA -> {
                if (value != null) {
                    String area = Postcodes.area(value, country);
                    if (area == null) {
                        warn(column, Warning.POSTCODE_FORMAT, null);
                    }
                    typed.set(column.target(), area);
                }
                yield null;
            }
            case PUBLIC -> value == null ? missing(column) : typed(column, value);
        };
    }

    private @Nullable String pseudonym(Column column, String value) {
        if (column.content() == Content.EMAIL) {
            if (!Tokens.isWellFormedEmail(value)) {
                warn(column, Warning.EMAIL_FORMAT, null);
            }
            if (value.indexOf('@') >= 0) {
                typed.setNamesSomebody(column.place());
            }
            return tokens.email(value);
        }
        Tokens.Phone phone = tokens.phone(value);
        if (!phone.readable()) {
            warn(column, Warning.PHONE_FORMAT, null);
        }
        return phone.token();
    }

    private @Nullable Rule missing(Column column) {
        String assumed = format.currency();
        if (column.field().type() == FieldType.CURRENCY && assumed != null) {
            return currency(column, assumed);
        }
        return column.field().required() ? Rule.REQUIRED : null;
    }

    private @Nullable Rule typed(Column column, String value) {
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
                typed.set(column.target(), status);
                yield status == null ? Rule.STATUS_UNKNOWN : null;
            }
            case CURRENCY -> currency(column, value);
            case COUNTRY -> country(column, value);
        };
    }

    private @Nullable Rule identifier(Column column, String value) {
        Rule broken = brokenId(value);
        if (broken == null) {
            typed.set(column.target(), tokens.identifier(withoutControls(value)));
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

    private @Nullable Rule text(Column column, String value) {
        String line = withoutControls(cut(column, value));
        if (column.content() == Content.CODE && isRounded(line)) {
            warn(column, Warning.CODE_ROUNDED, value);
            return null;
        }
        typed.set(
                column.target(),
                noted(column, line, Masking.masked(line, column.content().kind())));
        return null;
    }

    private String cut(Column column, String value) {
        if (value.length() <= MAX_TEXT_CHARACTERS) {
            return value;
        }
        warn(column, Warning.TEXT_CUT, null);
        boolean splits = Character.isHighSurrogate(value.charAt(MAX_TEXT_CHARACTERS - 1));
        return value.substring(0, MAX_TEXT_CHARACTERS - (splits ? 1 : 0));
    }

    private String noted(Column column, String before, String after) {
        if (!before.equals(after)) {
            warn(column, Warning.TEXT_MASKED, null);
        }
        return after;
    }

    private @Nullable Rule amount(Column column, String value) {
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
            warn(column, Warning.AMOUNT_ROUNDED, value);
        }
        return number(column, broken);
    }

    /**
     * If a line has its gross, no figure uses its unit price, and a net price has many decimals.
     */
    private boolean onlyDescribes(Column column) {
        return column.place() == unitPrice && row.field(gross) != null;
    }

    private @Nullable Rule number(Column column, @Nullable Rule broken) {
        if (broken == null) {
            long number = Objects.requireNonNull(column.numbers()).whole();
            typed.setNumber(column.place(), number);
            typed.set(column.target(), Long.toString(number));
        }
        return broken;
    }

    private @Nullable Rule decimal(Column column, NumberReader numbers) {
        Rule broken = numbers.toDecimal();
        if (broken == null) {
            BigDecimal number = numbers.number();
            typed.set(
                    column.target(),
                    (number.scale() > 0 ? number.stripTrailingZeros() : number).toPlainString());
        }
        return broken;
    }

    private @Nullable Rule ids(Column column, String value) {
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
            typed.set(column.target(), array.toString());
            return null;
        } catch (UncheckedIOException notIds) {
            return Rule.IDS_FORMAT;
        }
    }

    /** An element of a PostgreSQL array. */
    private static String quoted(String id) {
        return '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private @Nullable Rule instant(Column column, String value) {
        InstantReader instants = Objects.requireNonNull(column.instants());
        if (instants.isZero(value)) {
            quality.missing(column.place());
            return missing(column);
        }
        Rule broken = instants.read(value);
        if (broken == null) {
            if (instants.skipped()) {
                warn(column, Warning.TIME_SKIPPED, value);
            }
            typed.setNumber(column.place(), instants.epochMicros());
            typed.set(column.target(), times.instant(instants.epochMicros()));
        }
        return broken;
    }

    private @Nullable Rule currency(Column column, String value) {
        currency = currencies.computeIfAbsent(value, RowCleaner::payable).orElse(null);
        if (currency == null) {
            currencies.remove(value);
            return Rule.CURRENCY_UNKNOWN;
        }
        typed.set(column.target(), currency.getCurrencyCode());
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

    private @Nullable Rule country(Column column, String value) {
        country = countries.code(value);
        if (country == null) {
            warn(column, Warning.COUNTRY_UNKNOWN, value);
        }
        typed.set(column.target(), country);
        return null;
    }

    /**
     * Counted only if the row is not rejected.
     *
     * @param value null if the report must not show it
     */
    private void warn(Column column, Warning warning, @Nullable String value) {
        warnings.add(
                () ->
                        quality.warn(
                                column.place(),
                                warning,
                                shown.position(row),
                                () -> value == null ? null : shown.of(column.place(), value)));
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

    /** Currency and country come first, since amounts and postcodes depend on them. */
    private List<Column> columns(StreamSchema schema, ZoneOffsets shopZone) {
        Map<ZoneId, ZoneOffsets> zones = new HashMap<>(Map.of(format.zone(), shopZone));
        List<Column> unordered = new ArrayList<>();
        for (int place = 0; place < schema.fields().size(); place++) {
            Field field = schema.fields().get(place);
            int target = field.cleanColumn().map(CleanColumn::name).map(typed::target).orElse(-1);
            unordered.add(
                    new Column(
                            field,
                            place,
                            target,
                            Content.of(field),
                            sign(schema, field) == Sign.KEPT,
                            numbers(schema, field),
                            instants(schema, field, zones)));
        }
        return unordered.stream()
                .filter(column -> column.field().privacy() != Privacy.DROP)
                .sorted(
                        Comparator.comparing(
                                column ->
                                        switch (column.field().type()) {
                                            case CURRENCY, COUNTRY -> 0;
                                            case TEXT,
                                                    INTEGER,
                                                    DECIMAL,
                                                    MONEY,
                                                    INSTANT,
                                                    STATUS,
                                                    IDS ->
                                                    1;
                                        }))
                .toList();
    }

    private @Nullable NumberReader numbers(StreamSchema schema, Field field) {
        return switch (field.type()) {
            case INTEGER, DECIMAL, MONEY -> {
                FieldFormat own = ownFormat(schema, field);
                NumberFormat numbers = own == null ? null : own.numbers();
                yield new NumberReader(
                        numbers == null ? format.numbers() : numbers,
                        sign(schema, field) == Sign.NEGATED);
            }
            case TEXT, INSTANT, STATUS, CURRENCY, COUNTRY, IDS -> null;
        };
    }

    private @Nullable InstantReader instants(
            StreamSchema schema, Field field, Map<ZoneId, ZoneOffsets> zones) {
        if (field.type() != FieldType.INSTANT) {
            return null;
        }
        FieldFormat own = ownFormat(schema, field);
        DateFormat dates = own == null || own.dates() == null ? format.dates() : own.dates();
        ZoneId zone = dates.zone() == null ? format.zone() : dates.zone();
        return new InstantReader(dates.patterns(), zones.computeIfAbsent(zone, ZoneOffsets::new));
    }

    private @Nullable Sign sign(StreamSchema schema, Field field) {
        FieldFormat own = ownFormat(schema, field);
        return own == null ? null : own.sign();
    }

    private @Nullable FieldFormat ownFormat(StreamSchema schema, Field field) {
        return format.fields().get(schema.stream().canonicalName() + "." + field.name());
    }

    private static int place(StreamSchema schema, String name) {
        return schema.fields().stream().map(Field::name).toList().indexOf(name);
    }
}
