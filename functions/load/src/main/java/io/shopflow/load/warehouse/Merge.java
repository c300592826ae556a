package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;

/** Merges staged rows into their table of the star schema. */
interface Merge {

    /**
     * Merges the staged rows. No other transaction may insert inferred members meanwhile, so that a
     * key that is new here stays new.
     *
     * @param staged the number of staged rows
     */
    MergeCounts merge(Connection connection, PartId part, long staged) throws SQLException;
}
