/**
 * The shop as a WooCommerce server: {@link io.shopflow.shop.api.ShopServer} serves it over HTTP,
 * and one class per resource ({@link io.shopflow.shop.api.OrderResource} and its neighbours) knows
 * the routes, parameters and JSON of that resource. The JSON's constant parts are files beside the
 * classes.
 */
package io.shopflow.shop.api;
