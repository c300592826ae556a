/**
 * What the functions tell X-Ray of their inside, see {@link io.shopflow.core.trace.Tracer}. The
 * invocations themselves are traced by Lambda, and the calls of AWS's SDK carry the trace on.
 */
package io.shopflow.core.trace;
