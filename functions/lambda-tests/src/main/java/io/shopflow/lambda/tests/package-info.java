/** Tests that each function passes, whatever it does: its own test implements their interfaces. */
package io.shopflow.lambda.tests;
