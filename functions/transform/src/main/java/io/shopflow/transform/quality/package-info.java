/** What is measured on a part's rows: {@link io.shopflow.transform.quality.QualityReport}. */
package io.shopflow.transform.quality;
