package io.shopflow.extract.files;

import com.google.re2j.Pattern;
import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.extract.files.Condition.All;
import io.shopflow.extract.files.Condition.Any;
import io.shopflow.extract.files.Condition.Compared;
import io.shopflow.extract.files.Condition.Empty;
import io.shopflow.extract.files.Condition.Is;
import io.shopflow.extract.files.Condition.Matches;
import io.shopflow.extract.files.Condition.Not;
import io.shopflow.extract.files.Condition.SaleFound;
import io.shopflow.extract.files.Condition.StartsWith;
import io.shopflow.extract.files.FieldMapping.Choice;
import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.files.FieldMapping.Computed;
import io.shopflow.extract.files.FieldMapping.Constant;
import io.shopflow.extract.files.FieldMapping.Edited;
import io.shopflow.extract.files.FieldMapping.Fallback;
import io.shopflow.extract.files.FieldMapping.ItemNumber;
import io.shopflow.extract.files.FieldMapping.Join;
import io.shopflow.extract.files.FieldMapping.Lookup;
import io.shopflow.extract.files.FieldMapping.NumberWithin;
import io.shopflow.extract.files.FieldMapping.OfSale;
import io.shopflow.extract.files.FieldMapping.RowNumber;
import io.shopflow.extract.files.FieldMapping.Sum;
import io.shopflow.extract.files.FileMapping.Each;
import io.shopflow.extract.spill.SpillingMaps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The values of one mapping, resolved to the places of their columns. Values are compared, joined
 * and looked up as {@link CellReader} reads them.
 */
final class RecordValues {

    private static final String AS_WRITTEN = "";

    /** Reads one value of the current record. */
    interface Value {
        String of(Records records);
    }

    /** Examines the current record. */
    interface Test {
        boolean of(Records records);
    }

    /**
     * How a value is interpreted.
     *
     * @param reference whether NULL means no value
     * @param decimalSeparator see {@link io.shopflow.extract.files.Column}
     * @param numbers how numbers are written that the value is computed from
     * @param operand whether it is computed with; constants are then written as in programs
     */
    record Kind(
            boolean reference,
            boolean isId,
            String decimalSeparator,
            NumberFormat numbers,
            boolean operand) {

        private static final NumberFormat PLAIN = NumberFormat.plain();

        static final Kind TEXT = new Kind(false, false, AS_WRITTEN, PLAIN, false);
        static final Kind REFERENCE = new Kind(true, false, AS_WRITTEN, PLAIN, false);
        static final Kind ID = new Kind(true, true, AS_WRITTEN, PLAIN, false);
        static final Kind INSTANT = new Kind(true, false, ".", PLAIN, false);

        static Kind number(NumberFormat format) {
            return new Kind(true, false, format.decimalSeparator(), format, false);
        }

        Kind ofOperands() {
            return new Kind(true, false, numbers.decimalSeparator(), numbers, true);
        }
    }

    private final ColumnPlaces places;
    private final CellReader cells;
    private final LookupTables lookups;
    private final NumberFormat numbers;
    private final @Nullable SaleFinder sales;
    private final Map<String, Long> lines;
    private final SpillingMaps maps;
    private final List<Counter> counters = new ArrayList<>();
    private final List<SumOfRows> sums = new ArrayList<>();
    private String file = "";
    private String currentId = "";
    private long row;
    private long record;
    private int item;

    /** The defect found in a value of the current record; null if there is none. */
    private @Nullable String defect;

    /**
     * For a mapping.
     *
     * @param numbers how numbers are written in columns that conditions compare
     * @param each what makes several rows of a record; null: nothing does
     * @param sales that rows return; null: rows return none
     * @param lines of the configuration that name columns
     * @param maps for what rows are compared with
     */
    RecordValues(
            CellReader cells,
            LookupTables lookups,
            NumberFormat numbers,
            @Nullable Each each,
            @Nullable SaleFinder sales,
            Map<String, Long> lines,
            SpillingMaps maps) {
        this.maps = maps;
        this.cells = cells;
        this.lookups = lookups;
        this.numbers = numbers;
        this.places = new ColumnPlaces(each, lines);
        this.lines = Map.copyOf(lines);
        this.sales = sales;
    }

    /** Begins a file. */
    void begin(String name) {
        file = name;
        row = 0;
        record = 0;
        counters.forEach(Counter::clear);
    }

    /** Ends a file, so that what was counted in it takes no memory. */
    void end() {
        counters.forEach(Counter::clear);
    }

    /** Moves to a record; called once for each record of a file. */
    void move(Records records) {
        row++;
        item = records.record() == record ? item + 1 : 1;
        record = records.record();
        for (Counter counter : counters) {
            counter.count(cells.reference(records, counter.place()));
        }
    }

    /** Forgets the sums of all rows. */
    void clearSums() {
        sums.forEach(SumOfRows::clear);
    }

    /** Adds the current record to the sums of the rows with its id. */
    void addToSums(String id, Records records) {
        currentId = id;
        for (SumOfRows sum : sums) {
            sum.add(id, records);
        }
    }

    /** The id of the current record. */
    void identify(String id) {
        currentId = id;
    }

    /** The current row's place, for the sale that it returns. */
    SaleFinder.Place place() {
        return new SaleFinder.Place(file, row);
    }

    /** The places of the columns that are read. */
    ColumnPlaces places() {
        return places;
    }

    /** The value in a cell's text, as other values are compared with it. */
    String value(String cell) {
        return cells.value(cell);
    }

    /** Forgets the defects found so far. */
    void clearDefect() {
        defect = null;
    }

    /** The defect found in a value since {@link #clearDefect}; null if there is none. */
    @Nullable String defect() {
        return defect;
    }

    /** The value of a mapping. */
    Value value(FieldMapping field, Kind kind) {
        return switch (field) {
            case Column(String name, boolean mayMiss) -> {
                int place = place(name, mayMiss, kind.decimalSeparator());
                yield kind.reference()
                        ? records -> cells.reference(records, place)
                        : records -> cells.text(records, place);
            }
            case Constant(String text) -> {
                String constant = kind.operand() ? number(text, kind.numbers()) : text;
                yield records -> constant;
            }
            case Join(List<FieldMapping> parts, String separator) -> joined(parts, separator, kind);
            case Lookup lookup -> {
                Value on = value(lookup.on(), Kind.REFERENCE);
                LookupTables.Table table = lookups.table(lookup, cells, lines);
                int index = table.place(lookup.column(), kind.decimalSeparator(), lines);
                yield records -> {
                    String key = on.of(records);
                    checkDigits(key, lookup.on());
                    String text = table.value(key, index);
                    return kind.reference() && RawText.isNull(text) ? "" : text;
                };
            }
            case Choice(Condition when, FieldMapping then, FieldMapping otherwise) -> {
                Test test = test(when);
                Value first = value(then, kind);
                Value second = value(otherwise, kind);
                yield records -> (test.of(records) ? first : second).of(records);
            }
            case Edited(FieldMapping origin, List<Edit> edits) -> {
                Value text = value(origin, kind);
                yield records -> edited(text.of(records), edits);
            }
            case Computed computed -> computed(computed, kind);
            case Sum(FieldMapping number, List<Condition> where) -> {
                SumOfRows sum =
                        new SumOfRows(
                                value(number, kind.ofOperands()),
                                test(new All(where)),
                                new DecimalReader(kind.numbers()),
                                maps.map());
                sums.add(sum);
                yield records -> sum.of(currentId);
            }
            case OfSale(boolean order) -> {
                SaleFinder finder = sales;
                yield records -> finder == null ? "" : finder.sale(place(), order);
            }
            case RowNumber() -> records -> Long.toString(row);
            case ItemNumber() -> records -> Integer.toString(item);
            case NumberWithin(String column) -> {
                Counter counter = new Counter(place(column, false, AS_WRITTEN), maps.map());
                counters.add(counter);
                yield records -> counter.current();
            }
            case Fallback(FieldMapping first, FieldMapping second) -> {
                Value preferred = value(first, kind);
                Value otherwise = value(second, kind);
                yield records -> {
                    String text = preferred.of(records);
                    return text.isEmpty() ? otherwise.of(records) : text;
                };
            }
        };
    }

    private Value joined(List<FieldMapping> parts, String separator, Kind kind) {
        Kind ofParts = kind.reference() ? Kind.REFERENCE : Kind.TEXT;
        List<Value> values = parts.stream().map(part -> value(part, ofParts)).toList();
        return records -> {
            StringJoiner text = new StringJoiner(separator);
            for (int i = 0; i < values.size(); i++) {
                String part = values.get(i).of(records);
                if (part.isEmpty()) {
                    return "";
                }
                if (kind.isId()) {
                    // It could not be detected after joining.
                    checkDigits(part, parts.get(i));
                }
                text.add(part);
            }
            return text.toString();
        };
    }

    private static String edited(String text, List<Edit> edits) {
        String edited = text;
        for (Edit edit : edits) {
            if (edited.isEmpty()) {
                return "";
            }
            edited = RawText.comparable(edit.of(edited));
        }
        return edited;
    }

    private Value computed(Computed computed, Kind kind) {
        DecimalReader reader = new DecimalReader(kind.numbers());
        Kind ofNumbers = kind.ofOperands();
        List<Value> values =
                computed.numbers().stream().map(part -> value(part, ofNumbers)).toList();
        return records -> {
            List<BigDecimal> numbers = new ArrayList<>(values.size());
            for (int i = 0; i < values.size(); i++) {
                String text = values.get(i).of(records);
                BigDecimal number = text.isEmpty() ? null : reader.read(text);
                if (number == null) {
                    if (!text.isEmpty()) {
                        noNumber(computed.numbers().get(i));
                    }
                    return "";
                }
                numbers.add(number);
            }
            BigDecimal result = Calculation.of(computed.operation(), numbers, computed.decimals());
            if (result == null) {
                defect = "number_division: a number is divided by 0";
                return "";
            }
            return reader.written(result);
        };
    }

    /** A number of the mapping as the files would write it. */
    private static String number(String text, NumberFormat format) {
        BigDecimal number = new DecimalReader(NumberFormat.plain()).read(text);
        return number == null ? text : new DecimalReader(format).written(number);
    }

    private void noNumber(FieldMapping origin) {
        defect =
                "number_format: %s is not a number in the configured format; check 'numbers'"
                        .formatted(described(origin));
    }

    private static String described(FieldMapping origin) {
        if (origin instanceof Column column) {
            return "column " + SafeText.name(column.name());
        }
        if (origin instanceof Fallback fallback) {
            return described(fallback.first());
        }
        return origin instanceof Edited edited
                ? described(edited.text())
                : "a value that is computed with";
    }

    private void checkDigits(String id, FieldMapping origin) {
        if (CellReader.isScientific(id) && origin instanceof Column column) {
            defect =
                    "id_digits_lost: column %s has an id in scientific notation, as spreadsheets write long numbers; export it as text"
                            .formatted(SafeText.name(column.name()));
        }
    }

    /** A condition. */
    Test test(Condition condition) {
        return switch (condition) {
            case Is(String column, List<String> values) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> values.contains(cells.text(records, place));
            }
            case Empty(String column) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> cells.text(records, place).isEmpty();
            }
            case StartsWith(String column, List<String> prefixes) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> {
                    String text = cells.text(records, place);
                    return prefixes.stream().anyMatch(text::startsWith);
                };
            }
            case Matches(String column, Pattern pattern) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> pattern.matcher(cells.text(records, place)).find();
            }
            case Compared compared -> compared(compared);
            case SaleFound(boolean found) -> {
                SaleFinder finder = sales;
                yield records -> finder == null || finder.isFound(place(), found);
            }
            case All(List<Condition> conditions) -> {
                List<Test> tests = conditions.stream().map(this::test).toList();
                yield records -> tests.stream().allMatch(test -> test.of(records));
            }
            case Any(List<Condition> conditions) -> {
                List<Test> tests = conditions.stream().map(this::test).toList();
                yield records -> tests.stream().anyMatch(test -> test.of(records));
            }
            case Not(Condition denied) -> {
                Test test = test(denied);
                yield records -> !test.of(records);
            }
        };
    }

    private Test compared(Compared compared) {
        DecimalReader reader = new DecimalReader(numbers);
        int place = place(compared.column(), false, numbers.decimalSeparator());
        return records -> {
            String text = cells.reference(records, place);
            BigDecimal number = text.isEmpty() ? null : reader.read(text);
            if (number == null && !text.isEmpty()) {
                noNumber(new Column(compared.column(), false));
            }
            return number != null
                    && compared.comparison().holds(number.compareTo(compared.number()));
        };
    }

    private int place(String column, boolean mayMiss, String decimalSeparator) {
        return places.place(column, mayMiss, decimalSeparator);
    }
}
