/**
 * The functions' metrics in CloudWatch: {@link io.shopflow.lambda.metrics.Metric} lists them,
 * {@link io.shopflow.lambda.metrics.Metrics} writes them.
 */
package io.shopflow.lambda.metrics;
