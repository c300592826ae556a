/**
 * The rows of the views of schema {@code analytics}, as pages and as files: {@link
 * io.shopflow.dashboard.explore.ExplorePage} and {@link
 * io.shopflow.dashboard.explore.ExploreFiles}.
 */
package io.shopflow.dashboard.explore;
