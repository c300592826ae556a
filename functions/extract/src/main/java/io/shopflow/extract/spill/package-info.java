/**
 * Data that do not fit into memory, in temporary files: {@link
 * io.shopflow.extract.spill.SpillingMaps} creates maps that share a limit, {@link
 * io.shopflow.extract.spill.TemporaryFiles} the files.
 */
package io.shopflow.extract.spill;
