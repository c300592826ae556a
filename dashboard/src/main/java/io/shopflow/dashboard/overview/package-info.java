/**
 * The start page: {@link io.shopflow.dashboard.overview.SalesPage} and {@link
 * io.shopflow.dashboard.overview.OverviewApi}.
 */
package io.shopflow.dashboard.overview;
