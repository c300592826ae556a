package io.shopflow.transform;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.lambda.trace.TracedObjectStore;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.s3.S3ObjectStore;
import io.shopflow.secrets.Secrets;
import io.shopflow.transform.part.TransformPart;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates the function's objects. The registered records are read from and written to JSON. */
@Singleton
@RegisterForReflection(
        targets = {
            S3Event.class,
            S3Event.S3Record.class,
            S3Event.S3Entity.class,
            S3Event.Bucket.class,
            S3Event.S3Object.class,
            RunId.class,
            RunPlan.class,
            SourceFormat.class,
            SourceFormat.DateFormat.class,
            SourceFormat.NumberFormat.class,
            SourceFormat.FieldFormat.class,
            SourceFormat.Sign.class,
            PartMetadata.CleanCounts.class,
            QualityReport.class,
            QualityReport.FieldQuality.class,
            QualityReport.RuleCount.class,
        })
class TransformBeans {

    @Produces
    @Singleton
    TransformMetrics transformMetrics(Metrics metrics) {
        return new TransformMetrics(metrics);
    }

    @Produces
    @Singleton
    ObjectStore store(S3Client s3, TransformConfig config, Tracer tracer) {
        return new TracedObjectStore(new S3ObjectStore(s3, config.bucket()), tracer);
    }

    /** Created at start, so that an unusable key fails the start. */
    @Produces
    @Singleton
    @Startup
    PseudonymKey pseudonymKey(TransformConfig config, Secrets secrets) {
        return PseudonymKey.of(config, secrets);
    }

    @Produces
    @Singleton
    TransformPart transformPart(ObjectStore store, PseudonymKey key) {
        return new TransformPart(store, key::pseudonymiser);
    }
}
