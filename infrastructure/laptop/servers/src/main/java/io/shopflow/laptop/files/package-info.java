/**
 * Folders and files of the laptop's stack: {@link io.shopflow.laptop.files.ShopflowHome}, locks,
 * files that are replaced whole, and files with secrets.
 */
@NullMarked
package io.shopflow.laptop.files;

import org.jspecify.annotations.NullMarked;
