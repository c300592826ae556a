/** What every function needs to run as a native Lambda function. */
package io.shopflow.lambda;
