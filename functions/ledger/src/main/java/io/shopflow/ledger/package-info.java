/**
 * Runs and what became of their rows, as the warehouse's schema {@code etl} has them. {@link
 * io.shopflow.ledger.LedgerWriter} writes in the transaction of a load, {@link
 * io.shopflow.ledger.LedgerReader} reads; both use plain JDBC.
 */
package io.shopflow.ledger;
