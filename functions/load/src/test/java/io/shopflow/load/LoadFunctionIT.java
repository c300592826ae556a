package io.shopflow.load;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, against the package. */
@QuarkusIntegrationTest
@QuarkusTestResource(LoadTestServers.class)
class LoadFunctionIT extends LoadFunctionTest {}
