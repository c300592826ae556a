/** Archives that somebody else made. Entry point: {@link io.shopflow.core.archive.ZipArchive}. */
@NullMarked
package io.shopflow.core.archive;

import org.jspecify.annotations.NullMarked;
