package io.shopflow.local.runtime;

/** How an invocation ended. */
public sealed interface InvocationResult {

    /**
     * The function answered.
     *
     * @param payload JSON
     */
    record Succeeded(String payload) implements InvocationResult {}

    /**
     * The function failed, crashed or took too long; what it was given must come again.
     *
     * @param type short name, e.g. {@code Sandbox.Timedout}
     * @param message for a person
     */
    record Failed(String type, String message) implements InvocationResult {}
}
