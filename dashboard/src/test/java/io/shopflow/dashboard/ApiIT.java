package io.shopflow.dashboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, from the packaged application. */
@QuarkusIntegrationTest
class ApiIT extends ApiTest {}
