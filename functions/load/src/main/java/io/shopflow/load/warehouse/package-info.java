/**
 * What a load writes. {@link io.shopflow.load.warehouse.Warehouse} is the port, {@link
 * io.shopflow.load.warehouse.PostgresWarehouse} its adapter; the merges are {@code MergeStatement}
 * and {@code History}.
 */
package io.shopflow.load.warehouse;
