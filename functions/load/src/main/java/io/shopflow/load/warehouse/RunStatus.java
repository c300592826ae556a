package io.shopflow.load.warehouse;

import java.util.Locale;

/** How a closed run ended. */
public enum RunStatus {
    /** Every stream balances, and nothing went wrong while extracting. */
    COMPLETE,
    /** Rows are missing or something went wrong; the ledger and the problems say what. */
    INCOMPLETE;

    /** The name in the warehouse: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
