package io.shopflow.transform.row;

/** The rules that a row must satisfy. */
enum Rule {
    ROW_SHAPE("row_shape", "The row has another number of columns than the header."),
    REQUIRED("required", "The field is required, but empty."),
    ID_LENGTH("id_length", "The id is longer than 1,000 bytes."),
    ID_ROUNDED(
            "id_rounded",
            "The id is in scientific notation: a spreadsheet has cut digits off it; export the column as text."),
    IDS_FORMAT("ids_format", "The value is no JSON array of ids such as [\"12\", \"13\"]."),
    NUMBER_FORMAT(
            "number_format",
            "The value is no number as the source is configured to write them; check 'numbers' of the field: decimal, grouping, and symbols for signs of currencies and (12.99)."),
    NUMBER_WHOLE("number_whole", "The value must be a whole number."),
    NUMBER_RANGE(
            "number_range",
            "The number is too large: amounts go up to 10^15 of the currency's smallest unit, quantities up to 10^9."),
    NUMBER_ROUNDED(
            "number_rounded",
            "The number is in scientific notation: a spreadsheet has cut digits off it; export the column as a number with two decimals."),
    NUMBER_DECIMALS("number_decimals", "The number has more than six decimals."),
    CURRENCY_UNKNOWN(
            "currency_unknown", "The value is no ISO 4217 code of a currency to pay with."),
    CURRENCY_MISSING(
            "currency_missing",
            "The row has amounts, but neither row nor source names a currency."),
    CURRENCY_SIGN(
            "currency_sign",
            "The amount has the sign or code of another currency than its row; map the row's 'currency'."),
    DATE_FORMAT(
            "date_format",
            "The value is no date as the source is configured to write them; check 'dates' of the field."),
    DATE_NONEXISTENT("date_nonexistent", "The date or time of day does not exist."),
    DATE_RANGE("date_range", "The date is outside the years 1900 to 9999."),
    DATE_IN_FUTURE("date_in_future", "The date is more than a day after the extraction."),
    STATUS_UNKNOWN(
            "status_unknown",
            "The state is not in the source's table of states; add it to 'statuses'."),
    NOT_POSITIVE("not_positive", "The value must be more than 0."),
    NEGATIVE(
            "negative",
            "The value is less than 0; if the source writes it with a minus sign, set 'negate: true' at the field."),
    NEGATIVE_QUANTITY(
            "negative_quantity",
            "The quantity is less than 0, as of a return; give returns as refunds, since 'returns' among the lines cannot be mapped yet."),
    NEGATIVE_LINE(
            "negative_line",
            "The line's price is less than 0; if it takes something off its order, set 'negative: true' at the field."),
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
