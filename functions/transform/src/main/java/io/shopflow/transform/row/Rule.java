package io.shopflow.transform.row;

/** The rules that a row is held against. */
enum Rule {
    ROW_SHAPE("row_shape", "The row has another number of columns than the header."),
    REQUIRED("required", "The field is required, but empty."),
    NUMBER_FORMAT(
            "number_format",
            "The value is no number as the source is configured to write them; check 'numbers' of the field."),
    NUMBER_WHOLE("number_whole", "The value must be a whole number."),
    NUMBER_RANGE("number_range", "The number is too large or has too many digits."),
    NUMBER_DECIMALS("number_decimals", "The number has more than six decimals."),
    IDS_FORMAT("ids_format", "The value is no JSON array of ids such as [\"12\", \"13\"]."),
    CURRENCY_UNKNOWN(
            "currency_unknown", "The value is no ISO 4217 code of a currency to pay with."),
    CURRENCY_MISSING(
            "currency_missing",
            "The row has amounts, but neither row nor source names a currency."),
    CURRENCY_DECIMALS("currency_decimals", "The amount has more decimals than its currency."),
    COUNTRY_UNKNOWN("country_unknown", "The value is no ISO 3166-1 alpha-2 code such as GB."),
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
    NEGATIVE("negative", "The value must not be less than 0."),
    RATING_RANGE("rating_range", "The rating must be 1 to 5."),
    NET_NEGATIVE("net_negative", "The discount is more than the line's gross amount.");

    private final String id;
    private final String message;

    Rule(String id, String message) {
        this.id = id;
        this.message = message;
    }

    /** Why this field of a row is rejected. */
    Rejection of(String field) {
        return new Rejection(id, field, message);
    }
}
