/** Measures the quality of a part's rows: {@link io.shopflow.core.quality.QualityReport}. */
package io.shopflow.transform.quality;
