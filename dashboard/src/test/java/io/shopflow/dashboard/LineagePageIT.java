package io.shopflow.dashboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same in the packaged application. */
@QuarkusIntegrationTest
class LineagePageIT extends LineagePageTest {}
