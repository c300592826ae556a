/** What transform measures on a part, and others read: {@link QualityReport}. */
package io.shopflow.core.quality;
