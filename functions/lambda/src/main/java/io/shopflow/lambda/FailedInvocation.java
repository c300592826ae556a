package io.shopflow.lambda;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The answer to an invocation that throws. Quarkus registers its type without the methods that JSON
 * is written from: a native function could then not say what went wrong, and its process would end.
 */
@RegisterForReflection(targets = FunctionError.class)
final class FailedInvocation {

    private FailedInvocation() {}
}
