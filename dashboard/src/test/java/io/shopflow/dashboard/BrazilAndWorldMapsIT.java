package io.shopflow.dashboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same pages, from the packaged application. */
@QuarkusIntegrationTest
class BrazilAndWorldMapsIT extends BrazilAndWorldMapsTest {}
