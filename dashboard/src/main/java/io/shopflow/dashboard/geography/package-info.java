/**
 * Sales by place: {@link io.shopflow.dashboard.geography.GeographyPage} and {@link
 * io.shopflow.dashboard.geography.GeographyApi}.
 */
package io.shopflow.dashboard.geography;
