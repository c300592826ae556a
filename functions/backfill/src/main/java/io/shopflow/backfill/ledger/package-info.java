/** What the warehouse says of runs. {@link io.shopflow.backfill.ledger.Ledger} is the port. */
package io.shopflow.backfill.ledger;
