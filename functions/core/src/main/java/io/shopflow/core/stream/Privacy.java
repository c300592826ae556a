package io.shopflow.core.stream;

/** What the transform does with a field before anything leaves it. */
public enum Privacy {
    /** Passes as it is. */
    PUBLIC,
    /** Replaced by a keyed pseudonym in a column named {@code <field>_token}. */
    PSEUDONYM,
    /**
     * A postcode, generalised to its area (the leading letters in the UK) in a column named {@code
     * <field>_area}.
     */
    AREA,
    /** Never passes: names, street addresses, free text. */
    DROP
}
