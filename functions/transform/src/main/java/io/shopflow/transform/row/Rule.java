package io.shopflow.transform.row;

/** The rules that a row must satisfy. */
enum Rule {
    ROW_SHAPE("row_shape", "The number of columns differs from the header's."),
    REQUIRED("required", "The field is required, but empty."),
    ID_LENGTH("id_length", "The id is longer than 1,000 bytes."),
    ID_ROUNDED(
            "id_rounded",
            "The id is in scientific notation: a spreadsheet has removed digits. Export the column as text."),
    IDS_FORMAT("ids_format", "The value is not a JSON array of ids such as [\"12\", \"13\"]."),
    NUMBER_FORMAT(
            "number_format",
            "The value is not a number in the configured format. Check 'numbers' of the source or field: decimal, grouping, and symbols for currency signs and (12.99)."),
    NUMBER_WHOLE("number_whole", "The value must be a whole number."),
    NUMBER_RANGE(
            "number_range",
            "The number is too large. The largest amount is 10^15 minor units, the largest quantity 10^9."),
    NUMBER_ROUNDED(
            "number_rounded",
            "The number is in scientific notation: a spreadsheet has removed digits. Export the column as a number with two decimals."),
    NUMBER_DECIMALS("number_decimals", "The number has more than six decimals."),
    CURRENCY_UNKNOWN(
            "currency_unknown", "The value is not the ISO 4217 code of a currency for payments."),
    CURRENCY_MISSING(
            "currency_missing",
            "The row has amounts, but no currency. Map its 'currency', or set the source's."),
    CURRENCY_SIGN(
            "currency_sign",
            "The amount has the sign or code of another currency than its row. Map the row's 'currency'."),
    DATE_FORMAT(
            "date_format",
            "The value is not a date in the configured format. Check 'dates' of the source or field."),
    DATE_NONEXISTENT("date_nonexistent", "The date or time of day does not exist."),
    DATE_RANGE("date_range", "The date is outside the years 1900 to 9999."),
    DATE_IN_FUTURE("date_in_future", "The date is more than a day after the extraction."),
    STATUS_UNKNOWN("status_unknown", "The state is unknown. Add it to the source's 'statuses'."),
    NOT_POSITIVE("not_positive", "The value must be more than 0."),
    NEGATIVE(
            "negative",
            "The value is less than 0. If the source always writes it with a minus sign, set 'negate: true' for the field."),
    NEGATIVE_QUANTITY(
            "negative_quantity",
            "The quantity is less than 0. Provide returned units as refunds, not as lines."),
    NEGATIVE_LINE(
            "negative_line",
            "The line's price is less than 0. If the line reduces its order's total, set 'negative: true' for the field."),
    RATING_RANGE("rating_range", "The rating must be 1 to 5."),
    NET_NEGATIVE("net_negative", "The discount is more than the line's gross amount.");

    private final String id;
    private final String message;

    Rule(String id, String message) {
        this.id = id;
        this.message = message;
    }

    /** The violation of this rule by this field. */
    RuleViolation of(String field) {
        return new RuleViolation(id, field, message);
    }
}
