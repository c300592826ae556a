package io.shopflow.migrate;

import io.shopflow.core.metrics.FunctionName;
import io.shopflow.core.metrics.InvocationMetrics;
import io.shopflow.core.metrics.Metrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the function's objects. */
@Singleton
class MigrateBeans {

    /** One for the life of the process: it knows whether an invocation is the first. */
    @Produces
    @Singleton
    InvocationMetrics invocations(MigrateConfig config) {
        return new InvocationMetrics(new Metrics(FunctionName.MIGRATE, config.environment()));
    }
}
