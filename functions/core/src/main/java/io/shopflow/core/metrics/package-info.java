/**
 * The functions' metrics in CloudWatch: {@link io.shopflow.core.metrics.Metric} lists them, {@link
 * io.shopflow.core.metrics.Metrics} writes them.
 */
package io.shopflow.core.metrics;
