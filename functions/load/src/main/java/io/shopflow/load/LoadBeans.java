package io.shopflow.load;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.quality.QualityReport;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.lambda.LambdaConfig;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.lambda.trace.TracedObjectStore;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.load.notification.DueNotifications;
import io.shopflow.load.notification.NotificationText;
import io.shopflow.load.notification.SendNotifications;
import io.shopflow.load.part.LoadPart;
import io.shopflow.load.run.LoadManifest;
import io.shopflow.load.warehouse.PostgresWarehouse;
import io.shopflow.load.warehouse.RejectedShare;
import io.shopflow.load.warehouse.Warehouse;
import io.shopflow.s3.S3ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
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
            RunManifest.class,
            RunNote.class,
            StreamExtract.class,
            StreamExtract.RawPart.class,
            Problem.class,
            PartMetadata.CleanCounts.class,
            QualityReport.class,
            QualityReport.FieldQuality.class,
            QualityReport.RuleCount.class,
        })
class LoadBeans {

    @Produces
    @Singleton
    LoadMetrics loadMetrics(Metrics metrics) {
        return new LoadMetrics(metrics, Clock.systemUTC());
    }

    @Produces
    @Singleton
    ObjectStore store(S3Client s3, LoadConfig config, Tracer tracer) {
        return new TracedObjectStore(new S3ObjectStore(s3, config.bucket()), tracer);
    }

    @Produces
    @Singleton
    Warehouse warehouse(DataSource database, Tracer tracer, LoadConfig config) {
        return new PostgresWarehouse(
                database,
                Clock.systemUTC(),
                tracer,
                new RejectedShare(config.load().maxRejectedPercent()),
                config.load().notifiedRuns());
    }

    @Produces
    @Singleton
    SendNotifications sendNotifications(
            DataSource database,
            ObjectStore store,
            LoadConfig config,
            LambdaConfig deployment,
            LoadMetrics metrics) {
        return new SendNotifications(
                new DueNotifications(database, Clock.systemUTC()),
                store,
                new NotificationText(
                        deployment.environment(),
                        config.load().dashboardUrl(),
                        config.load().runCommand()),
                metrics::notificationsFailed);
    }

    @Produces
    @Singleton
    LoadPart loadPart(ObjectStore store, Warehouse warehouse, LoadConfig config) {
        return new LoadPart(store, warehouse, config.bucket());
    }

    @Produces
    @Singleton
    LoadManifest loadManifest(ObjectStore store, Warehouse warehouse, LoadConfig config) {
        return new LoadManifest(store, warehouse, config.bucket());
    }
}
