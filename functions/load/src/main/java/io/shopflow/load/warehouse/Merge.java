package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;

/** Merges staged rows into their table of the star schema. */
sealed interface Merge permits MergeStatement, History {

    /**
     * The merge for the table's kind.
     *
     * @param snapshot whether the rows replace those of earlier runs, even newer versions
     */
    static Merge into(MergeTarget table, boolean snapshot) {
        return switch (table.kind()) {
            case FACT, TYPE_1 -> new MergeStatement(table, snapshot);
            case TYPE_2 -> new History(table, snapshot);
        };
    }

    /**
     * Merges the staged rows. No other transaction may insert inferred members meanwhile, so that a
     * key that is new here stays new.
     *
     * @param staged the number of staged rows
     */
    MergeCounts merge(Connection connection, PartId part, long staged) throws SQLException;
}
