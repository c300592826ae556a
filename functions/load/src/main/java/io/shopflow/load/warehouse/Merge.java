package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;

/** How staged rows become part of their table in the star. */
sealed interface Merge permits MergeStatement, History {

    /** The one that the table was declared with. */
    static Merge into(MergeTarget table) {
        return switch (table.kind()) {
            case FACT, TYPE_1 -> new MergeStatement(table);
            case TYPE_2 -> new History(table);
        };
    }

    /**
     * Merges what is staged. No other transaction may add inferred rows meanwhile, so that a key
     * that is new here stays new.
     *
     * @param staged the number of rows that are
     */
    MergeCounts merge(Connection connection, PartId part, long staged) throws SQLException;
}
