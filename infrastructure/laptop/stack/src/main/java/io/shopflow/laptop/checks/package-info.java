/**
 * Checking and repairing the warehouse. Begin with {@link
 * io.shopflow.laptop.checks.WarehouseCheck}.
 */
package io.shopflow.laptop.checks;
