/**
 * What the functions tell CloudWatch: {@link io.shopflow.core.metrics.Metric} says what there is,
 * {@link io.shopflow.core.metrics.Metrics} writes it.
 */
package io.shopflow.core.metrics;
