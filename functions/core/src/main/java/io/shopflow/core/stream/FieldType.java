package io.shopflow.core.stream;

/** The type of a raw value, and the PostgreSQL type of its clean form. */
public enum FieldType {
    /**
     * Any text, trimmed and on one line: control characters become spaces. E-mail addresses and
     * telephone numbers within it are masked.
     */
    TEXT("text"),
    /** A whole number. */
    INTEGER("bigint"),
    /** A number with up to six decimals, exact: 1.5 kilograms. */
    DECIMAL("numeric"),
    /**
     * An amount in the row's currency; more decimals than the currency has are rounded half up, and
     * counted. Clean form: minor units in a column named {@code <field>_minor}.
     */
    MONEY("bigint"),
    /** A point in time in the source's format and zone. Clean form: a UTC instant, ISO 8601. */
    INSTANT("timestamptz"),
    /** The source's order state; mapped to {@link OrderStatus} by the source's status table. */
    STATUS("text"),
    /** An ISO 4217 code, upper case. */
    CURRENCY("text"),
    /** An ISO 3166-1 alpha-2 code, upper case. */
    COUNTRY("text"),
    /**
     * Ids of other rows, as a JSON array of text: {@code []} means none, an empty value means
     * unknown. Clean form: a PostgreSQL array.
     */
    IDS("text[]");

    private final String sqlType;

    FieldType(String sqlType) {
        this.sqlType = sqlType;
    }

    /** The PostgreSQL type of the clean column. */
    public String sqlType() {
        return sqlType;
    }

    boolean isAmount() {
        return this == MONEY;
    }
}
