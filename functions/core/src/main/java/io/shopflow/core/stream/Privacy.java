package io.shopflow.core.stream;

/** How the transform protects a field. */
public enum Privacy {
    /** Kept unchanged. */
    PUBLIC,
    /** Replaced by a keyed pseudonym in a column named {@code <field>_token}. */
    PSEUDONYM,
    /**
     * A postcode, generalised to its area (the leading letters in the UK) in a column named {@code
     * <field>_area}.
     */
    AREA,
    /** Never written: names, street addresses, free text. */
    DROP
}
