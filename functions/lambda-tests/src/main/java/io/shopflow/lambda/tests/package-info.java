/**
 * Tests that each function passes, whatever it does: its own test implements their interfaces. And
 * the messages that tests of a function send.
 */
package io.shopflow.lambda.tests;
