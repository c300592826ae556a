package io.shopflow.transform.quality;

import java.util.Locale;

/** Odd values that are counted but do not reject the row. */
public enum WarningRule {
    /** The e-mail address is malformed; it is hashed as it is. */
    EMAIL_FORMAT,
    /** The telephone number cannot be parsed; its digits are hashed. */
    PHONE_FORMAT,
    /** The postcode does not have its country's format; the area is null. */
    POSTCODE_FORMAT,
    /** The zone's clocks never showed this time; it is read with the offset before the change. */
    TIME_SKIPPED,
    /** An e-mail address or telephone number within the text is masked. */
    TEXT_MASKED,
    /** The text is longer than 10,000 characters; the rest is cut off. */
    TEXT_CUT,
    /** The article number is in scientific notation and has lost digits; it is null. */
    CODE_ROUNDED,
    /** The amount has more decimals than its currency; it is rounded half up. */
    AMOUNT_ROUNDED,
    /** The country is unknown; it is null. */
    COUNTRY_UNKNOWN;

    /** The name in reports: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
