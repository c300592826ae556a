/**
 * The simulated shop: {@link io.shopflow.shop.Shop} is the world, {@link
 * io.shopflow.shop.ShopServer} lets a connector read it as it would a real WooCommerce shop, and
 * {@link io.shopflow.shop.CsvExport} writes one of any size as CSV files.
 */
package io.shopflow.shop;
