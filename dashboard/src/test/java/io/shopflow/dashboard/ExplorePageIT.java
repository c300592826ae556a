package io.shopflow.dashboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same pages and files, from the packaged application. */
@QuarkusIntegrationTest
class ExplorePageIT extends ExplorePageTest {}
