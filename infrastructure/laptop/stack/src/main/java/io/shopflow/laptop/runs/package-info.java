/**
 * Runs from the user's view: requested, followed stage by stage, and their ledgers. The entry point
 * is {@link io.shopflow.laptop.runs.RunFollower}.
 */
@NullMarked
package io.shopflow.laptop.runs;

import org.jspecify.annotations.NullMarked;
