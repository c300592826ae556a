/** Data that do not fit into memory, in {@link io.shopflow.extract.spill.TemporaryFiles}. */
package io.shopflow.extract.spill;
