/**
 * The commands behind {@code ./shopflow}, one class each. The entry point is {@link
 * io.shopflow.local.commands.ShopflowCommand}.
 */
@NullMarked
package io.shopflow.local.commands;

import org.jspecify.annotations.NullMarked;
