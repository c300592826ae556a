package io.shopflow.backfill;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, against the package. */
@QuarkusIntegrationTest
@QuarkusTestResource(BackfillTestServers.class)
class BackfillFunctionIT extends BackfillFunctionTest {}
