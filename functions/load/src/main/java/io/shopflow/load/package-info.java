/**
 * Loads clean parts and manifests into the warehouse. {@link io.shopflow.load.LoadFunction} takes
 * events from the queue; {@link io.shopflow.load.part.LoadPart} and {@link
 * io.shopflow.load.run.LoadManifest} are the use cases; {@link
 * io.shopflow.load.warehouse.Warehouse} is the port to PostgreSQL.
 */
package io.shopflow.load;
