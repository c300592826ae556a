/**
 * Runs and the counts of their rows, stored in the warehouse's schema {@code etl}. {@link
 * io.shopflow.ledger.LedgerWriter} writes in the transaction of a load, {@link
 * io.shopflow.ledger.LedgerReader} reads; both use plain JDBC.
 */
package io.shopflow.ledger;
