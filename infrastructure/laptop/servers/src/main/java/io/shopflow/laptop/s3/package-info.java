/**
 * S3 on a laptop: the operations that ShopFlow and a look into its lake need. {@link
 * io.shopflow.laptop.s3.S3Server} is the entry point.
 */
package io.shopflow.laptop.s3;
