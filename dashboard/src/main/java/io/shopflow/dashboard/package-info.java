/**
 * The pages for analysts. {@link io.shopflow.dashboard.sales.SalesPage} is the entry; every figure
 * comes from the {@code analytics} views, and {@link io.shopflow.dashboard.runs.RunsPage} shows the
 * runs and files behind it.
 */
package io.shopflow.dashboard;
