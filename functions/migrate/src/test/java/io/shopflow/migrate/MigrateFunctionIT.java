package io.shopflow.migrate;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, against the package. */
@QuarkusIntegrationTest
@QuarkusTestResource(EmptyPostgres.class)
class MigrateFunctionIT extends MigrateFunctionTest {}
