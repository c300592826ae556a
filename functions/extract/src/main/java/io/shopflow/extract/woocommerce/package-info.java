/**
 * Reads a WooCommerce shop over its REST API, version 3, so that no row is lost or doubled while
 * people go on shopping. Begin at {@link io.shopflow.extract.woocommerce.WooCommerceReader}; why
 * rows are read forward by their time of change, and not by page number, is told at {@link
 * io.shopflow.extract.woocommerce.KeysetWalk}.
 */
package io.shopflow.extract.woocommerce;
