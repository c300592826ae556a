/**
 * Types that all functions share: the canonical streams ({@link
 * io.shopflow.core.stream.StreamSchema}), runs and their keys ({@link
 * io.shopflow.core.run.PartId}), the lake's port ({@link io.shopflow.core.lake.ObjectStore}),
 * money, privacy.
 */
package io.shopflow.core;
