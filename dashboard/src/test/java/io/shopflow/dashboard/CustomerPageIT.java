package io.shopflow.dashboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same page, from the packaged application. */
@QuarkusIntegrationTest
class CustomerPageIT extends CustomerPageTest {}
