/**
 * The transform function: {@link io.shopflow.transform.TransformFunction} takes events of raw
 * parts, {@link io.shopflow.transform.part.TransformPart} turns each into a typed, clean,
 * pseudonymised part.
 */
package io.shopflow.transform;
