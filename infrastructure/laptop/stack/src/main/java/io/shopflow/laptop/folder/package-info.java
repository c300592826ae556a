/**
 * The data folder of a stack: its paths, its lock, and its stored ports. The entry point is {@link
 * io.shopflow.laptop.folder.DataFolder}.
 */
@NullMarked
package io.shopflow.laptop.folder;

import org.jspecify.annotations.NullMarked;
