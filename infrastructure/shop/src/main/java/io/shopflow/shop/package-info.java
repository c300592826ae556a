/**
 * The simulated shop: {@link io.shopflow.shop.Shop} is the model, {@link
 * io.shopflow.shop.ShopServer} serves it to connectors like a real WooCommerce shop, and {@link
 * io.shopflow.shop.CsvExport} writes one of any size as CSV files.
 */
package io.shopflow.shop;
