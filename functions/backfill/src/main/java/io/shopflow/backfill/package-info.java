/**
 * What a backfill needs besides the pipeline itself. {@link io.shopflow.backfill.BackfillFunction}
 * answers the state machine (or the command on a laptop): which windows there are, how far the run
 * of one is, and whether all of them together are what was asked for.
 */
package io.shopflow.backfill;
