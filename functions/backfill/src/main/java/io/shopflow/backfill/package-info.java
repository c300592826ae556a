/**
 * The backfill function. {@link io.shopflow.backfill.BackfillFunction} serves the state machine (on
 * a laptop, the command): it plans the windows, reports the status of a window's run, and verifies
 * all windows against the ledger. The runs themselves go through the usual functions.
 */
package io.shopflow.backfill;
