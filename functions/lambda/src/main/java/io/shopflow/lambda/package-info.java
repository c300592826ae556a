/**
 * What every function needs to run on Lambda: {@link io.shopflow.lambda.LambdaBeans} puts it
 * together, {@link io.shopflow.lambda.QueueHandler} wraps the handling of a queue's messages.
 */
package io.shopflow.lambda;
