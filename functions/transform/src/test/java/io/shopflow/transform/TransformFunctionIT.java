package io.shopflow.transform;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, against the packaged function. */
@QuarkusIntegrationTest
class TransformFunctionIT extends TransformFunctionTest {}
