/**
 * The commands behind {@code ./shopflow}, one class each. The entry point is {@link
 * io.shopflow.laptop.commands.ShopflowCommand}.
 */
@NullMarked
package io.shopflow.laptop.commands;

import org.jspecify.annotations.NullMarked;
