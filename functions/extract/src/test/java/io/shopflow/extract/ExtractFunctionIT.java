package io.shopflow.extract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, against the packaged function. */
@QuarkusIntegrationTest
class ExtractFunctionIT extends ExtractFunctionTest {}
