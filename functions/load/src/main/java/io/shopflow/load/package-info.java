/**
 * Applies clean parts and manifests to the warehouse. {@link io.shopflow.load.LoadFunction} takes
 * events from the queue, {@link io.shopflow.load.part.LoadPart} and {@link
 * io.shopflow.load.run.CloseRun} tell the stories, {@link io.shopflow.load.warehouse.Warehouse} is
 * the port to PostgreSQL.
 */
package io.shopflow.load;
