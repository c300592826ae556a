/**
 * The data folder of a stack: where everything lives, who has it open, and the ports it remembers.
 * The entry point is {@link io.shopflow.local.folder.DataFolder}.
 */
@NullMarked
package io.shopflow.local.folder;

import org.jspecify.annotations.NullMarked;
