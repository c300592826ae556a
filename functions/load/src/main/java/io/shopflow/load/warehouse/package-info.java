/**
 * The warehouse. {@link io.shopflow.load.warehouse.Warehouse} is the port, {@link
 * io.shopflow.load.warehouse.PostgresWarehouse} its adapter; {@code MergeStatement} and {@code
 * History} merge staged rows.
 */
package io.shopflow.load.warehouse;
