/**
 * The pages that analysts read. {@link io.shopflow.dashboard.sales.SalesPage} is the entry; every
 * figure comes from the {@code analytics} views, and {@link io.shopflow.dashboard.runs.RunsPage}
 * leads from there to the runs and files.
 */
package io.shopflow.dashboard;
