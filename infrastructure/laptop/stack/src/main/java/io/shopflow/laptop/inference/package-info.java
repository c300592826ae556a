/**
 * First mappings of files, proposed from their headers and values. Entry point: {@link
 * io.shopflow.laptop.inference.Inference}.
 */
@NullMarked
package io.shopflow.laptop.inference;

import org.jspecify.annotations.NullMarked;
