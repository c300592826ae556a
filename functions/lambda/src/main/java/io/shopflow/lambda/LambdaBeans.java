package io.shopflow.lambda;

import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.InvocationMetrics;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.lambda.trace.Tracer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The beans that every function has. */
@Singleton
class LambdaBeans {

    /** The function is named by its application. */
    @Produces
    @Singleton
    FunctionName function(@ConfigProperty(name = "quarkus.application.name") String application) {
        return FunctionName.ofCanonicalName(application);
    }

    @Produces
    @Singleton
    Metrics metrics(FunctionName function, LambdaConfig config) {
        return new Metrics(function, config.environment());
    }

    /** One for the life of the process, since it records whether an invocation is the first. */
    @Produces
    @Singleton
    InvocationMetrics invocations(Metrics metrics) {
        return new InvocationMetrics(metrics);
    }

    @Produces
    @Singleton
    Tracer tracer() {
        return Tracer.ofEnvironment();
    }

    @Produces
    @Singleton
    QueueHandler queueHandler(FunctionName function, InvocationMetrics invocations, Tracer tracer) {
        return new QueueHandler(function, invocations, tracer);
    }
}
