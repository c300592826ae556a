/**
 * The simulated shop: {@link io.shopflow.shop.Shop} is the world, {@link
 * io.shopflow.shop.ShopServer} lets a connector read it as it would a real WooCommerce shop.
 */
package io.shopflow.shop;
