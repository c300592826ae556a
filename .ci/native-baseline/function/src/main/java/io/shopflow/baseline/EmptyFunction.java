package io.shopflow.baseline;

import io.quarkus.funqy.Funq;

/** A function that does nothing. */
public class EmptyFunction {

    /** Returns at once. */
    @Funq("empty")
    public void run() {
        // Only its start is measured.
    }
}
