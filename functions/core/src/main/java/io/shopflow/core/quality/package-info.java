/** The quality of a part, which transform measures and others read: {@link QualityReport}. */
package io.shopflow.core.quality;
