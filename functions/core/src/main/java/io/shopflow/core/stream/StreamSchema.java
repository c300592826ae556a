package io.shopflow.core.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The only description of each canonical stream. The raw CSV header, the validation, the clean CSV
 * header, the merge's statements and the data dictionary are derived from it.
 *
 * <p>Every stream's key is {@code (source, id)}; a source whose key has several columns joins them
 * into {@code id}.
 *
 * @param fields that a source may have, in raw column order; the first is {@code id}
 * @param derived columns that the transform adds after those of the fields
 */
public record StreamSchema(StreamName stream, List<Field> fields, List<CleanColumn> derived) {

    /** Raw column: the row's position in its source, e.g. {@code orders.csv:17}. */
    public static final String POSITION = "_position";

    /**
     * Raw column: empty, or the reason why the row could not be read at its source as {@code rule:
     * explanation}; the transform quarantines such a row.
     */
    public static final String DEFECT = "_defect";

    /**
     * A rule in {@link #DEFECT} that is not a defect: a later row of the same extraction has the
     * same id, so this one counts as duplicate.
     */
    public static final String SUPERSEDED = "superseded";

    /**
     * A rule in {@link #DEFECT} that is not a defect: the row is a tombstone. The source has
     * deleted the row with this id; nothing else is known about it.
     */
    public static final String DELETED = "deleted";

    /** Clean column of a stream that {@link #keepsTombstones}: whether the row is a tombstone. */
    public static final String IS_DELETED = "is_deleted";

    /**
     * Clean column: the row's version, the source's {@code updated_at}, else the run's instant of
     * extraction.
     */
    public static final String VERSION_AT = "version_at";

    /**
     * Clean column: the row's number in its raw part, from 1; with run and part it identifies the
     * raw row.
     */
    public static final String SOURCE_ROW = "source_row";

    public StreamSchema {
        fields = List.copyOf(fields);
        derived = List.copyOf(derived);
    }

    /** The schema of a stream. */
    public static StreamSchema of(StreamName stream) {
        return new StreamSchema(stream, StreamFields.of(stream), derived(stream));
    }

    /** The raw CSV header: position, defect, then every field. */
    public List<String> rawHeader() {
        List<String> header = new ArrayList<>(List.of(POSITION, DEFECT));
        fields.forEach(field -> header.add(field.name()));
        return List.copyOf(header);
    }

    /** The clean CSV's columns: fields, derived, version, source row. */
    public List<CleanColumn> cleanColumns() {
        List<CleanColumn> columns = new ArrayList<>();
        fields.forEach(field -> field.cleanColumn().ifPresent(columns::add));
        columns.addAll(derived);
        if (keepsTombstones()) {
            columns.replaceAll(StreamSchema::ofTombstone);
            columns.add(new CleanColumn(IS_DELETED, "boolean", true));
        }
        columns.add(new CleanColumn(VERSION_AT, "timestamptz", true));
        columns.add(new CleanColumn(SOURCE_ROW, "bigint", true));
        return List.copyOf(columns);
    }

    /** A tombstone has only an id, so only the id can be {@code not null}. */
    private static CleanColumn ofTombstone(CleanColumn column) {
        return new CleanColumn(column.name(), column.sqlType(), column.name().equals("id"));
    }

    /**
     * Whether a row that is deleted at its source leaves a tombstone: facts do. Customers, products
     * and sellers stay, since their sales stay.
     */
    public boolean keepsTombstones() {
        return switch (stream) {
            case CUSTOMERS, PRODUCTS, SELLERS -> false;
            case ORDERS, ORDER_ITEMS, PAYMENTS, REFUNDS, REVIEWS -> true;
        };
    }

    /** The header of rejected rows: rule, field, message, then the raw header. */
    public List<String> quarantineHeader() {
        List<String> header = new ArrayList<>(List.of("rule", "field", "message"));
        header.addAll(rawHeader());
        return List.copyOf(header);
    }

    /** The clean CSV header: the names of {@link #cleanColumns()}. */
    public List<String> cleanHeader() {
        return cleanColumns().stream().map(CleanColumn::name).toList();
    }

    /**
     * The columns of a raw part that this release or an earlier one has written; empty if the
     * header is not of such a part. Fields that are new since then are missing.
     */
    public Optional<List<String>> columnsOfRaw(String header) {
        Set<String> required = new HashSet<>(Set.of(POSITION, DEFECT));
        fields.stream().filter(Field::required).map(Field::name).forEach(required::add);
        return columns(header, rawHeader(), required);
    }

    /** As {@link #columnsOfRaw}, of a clean part. */
    public Optional<List<String>> columnsOfClean(String header) {
        Set<String> required = new HashSet<>();
        cleanColumns().stream()
                .filter(CleanColumn::required)
                .map(CleanColumn::name)
                .forEach(required::add);
        return columns(header, cleanHeader(), required);
    }

    /** The names in the header have no quotes. */
    private static Optional<List<String>> columns(
            String header, List<String> known, Set<String> required) {
        List<String> names = List.of(header.split(",", -1));
        // New fields stand between others, which keep their order.
        boolean isInOrder =
                known.stream().filter(new HashSet<>(names)::contains).toList().equals(names);
        return isInOrder && names.containsAll(required) ? Optional.of(names) : Optional.empty();
    }

    private static List<CleanColumn> derived(StreamName stream) {
        return switch (stream) {
            case ORDERS -> List.of(new CleanColumn("ordered_on", "date", true));
            case ORDER_ITEMS -> List.of(new CleanColumn("net_minor", "bigint", true));
            case REFUNDS -> List.of(new CleanColumn("refunded_on", "date", true));
            case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS, REVIEWS -> List.of();
        };
    }
}
