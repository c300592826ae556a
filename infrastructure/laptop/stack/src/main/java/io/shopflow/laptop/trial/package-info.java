/**
 * A run of a source in a stack of its own that is deleted afterwards, and what it shows. Entry
 * point: {@link io.shopflow.laptop.trial.TrialStack}.
 */
@NullMarked
package io.shopflow.laptop.trial;

import org.jspecify.annotations.NullMarked;
