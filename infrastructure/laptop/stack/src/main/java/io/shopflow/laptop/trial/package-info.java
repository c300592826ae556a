/**
 * A run of a source in a separate stack that is deleted afterwards, and its report. Entry point:
 * {@link io.shopflow.laptop.trial.TrialStack}.
 */
@NullMarked
package io.shopflow.laptop.trial;

import org.jspecify.annotations.NullMarked;
