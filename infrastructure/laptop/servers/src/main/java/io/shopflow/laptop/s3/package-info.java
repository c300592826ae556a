/**
 * S3 on a laptop: the operations that ShopFlow needs, and those for browsing its data lake. {@link
 * io.shopflow.laptop.s3.S3Server} is the entry point.
 */
package io.shopflow.laptop.s3;
