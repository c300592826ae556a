/** Where figures come from: {@link io.shopflow.dashboard.lineage.LineagePage}. */
package io.shopflow.dashboard.lineage;
