package io.shopflow.transform.quality;

import java.util.Locale;

/** What is counted, but rejects no row. */
public enum Warning {
    /** The e-mail address has not the form of one; it is hashed as it is. */
    EMAIL_FORMAT,
    /** The telephone number cannot be read; its digits are hashed. */
    PHONE_FORMAT,
    /** The postcode has not the form of its country's; the area is null. */
    POSTCODE_FORMAT,
    /** The zone's clocks never showed this time; it is read with the offset before the change. */
    TIME_SKIPPED,
    /** An e-mail address or telephone number within the text is masked. */
    TEXT_MASKED;

    /** The name in reports: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
