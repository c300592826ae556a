/**
 * Reads a WooCommerce shop over its REST API, version 3. Start at {@link
 * io.shopflow.extract.woocommerce.WooCommerceReader}; how lists are read without losing a row is in
 * {@link io.shopflow.extract.api}.
 */
package io.shopflow.extract.woocommerce;
