/**
 * S3 on a laptop: Adobe's S3Mock, which keeps objects as files, with what it lacks: events, and
 * puts that a crash cannot tear. {@link io.shopflow.local.s3.S3Server} is the entry point.
 */
package io.shopflow.local.s3;
