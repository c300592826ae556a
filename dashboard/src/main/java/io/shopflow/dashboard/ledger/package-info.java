/**
 * The tables of runs that pages read: parts, late parts and rejected rows. {@link
 * io.shopflow.dashboard.ledger.WarehouseLedger} gives access to the rest.
 */
package io.shopflow.dashboard.ledger;
