package io.shopflow.lambda;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The error response of an invocation. Quarkus registers its type without the getters that JSON is
 * written from, so a native function could not return the error and its process would end.
 */
@RegisterForReflection(targets = FunctionError.class)
final class FailedInvocation {

    private FailedInvocation() {}
}
