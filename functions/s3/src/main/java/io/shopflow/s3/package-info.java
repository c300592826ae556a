/** The lake on Amazon S3: {@link io.shopflow.s3.S3ObjectStore}. */
package io.shopflow.s3;
