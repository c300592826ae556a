/**
 * The functions' own X-Ray traces, see {@link io.shopflow.lambda.trace.Tracer}. Lambda traces the
 * invocations themselves, and calls of AWS's SDK propagate the trace.
 */
package io.shopflow.lambda.trace;
