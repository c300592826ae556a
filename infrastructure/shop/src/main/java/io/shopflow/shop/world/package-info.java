/**
 * What the simulated shop is and how it changes, without any format: {@link
 * io.shopflow.shop.world.Shop} is the entry point, {@link io.shopflow.shop.world.Catalogue}, {@link
 * io.shopflow.shop.world.Population} and {@link io.shopflow.shop.world.OrderGenerator} make it from
 * a seed.
 */
package io.shopflow.shop.world;
