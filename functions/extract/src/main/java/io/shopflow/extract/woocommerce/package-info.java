/**
 * Reads a WooCommerce shop over its REST API, version 3, so that no row is lost or duplicated while
 * the shop changes. Start at {@link io.shopflow.extract.woocommerce.WooCommerceReader}; {@link
 * io.shopflow.extract.woocommerce.KeysetPages} explains why rows are read forward by their time of
 * change, and not by page number.
 */
package io.shopflow.extract.woocommerce;
