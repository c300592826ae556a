package io.shopflow.laptop.runtime;

/** The result of an invocation. */
public sealed interface InvocationResult {

    /**
     * The function returned a response.
     *
     * @param payload JSON
     */
    record Succeeded(String payload) implements InvocationResult {}

    /**
     * The function failed, crashed or took too long; its event must be delivered again.
     *
     * @param type short name, e.g. {@code Sandbox.Timedout}
     * @param message for the user
     */
    record Failed(String type, String message) implements InvocationResult {}
}
