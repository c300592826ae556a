package io.shopflow.extract;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.files.FilesKind;
import io.shopflow.extract.files.ReadableFolders;
import io.shopflow.extract.run.ConfiguredSourceReaders;
import io.shopflow.extract.run.ExtractRun;
import io.shopflow.extract.run.RunEntry;
import io.shopflow.extract.run.SourceState;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.lambda.trace.TracedObjectStore;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.s3.S3ObjectStore;
import io.shopflow.secrets.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Creates the function's objects. The registered records are read from and written to JSON. */
@Singleton
@RegisterForReflection(
        targets = {
            ExtractRequest.class,
            RunId.class,
            RunPlan.class,
            RunManifest.class,
            RunNote.class,
            StreamExtract.class,
            StreamExtract.RawPart.class,
            Problem.class,
            SourceFormat.class,
            SourceFormat.DateFormat.class,
            SourceFormat.NumberFormat.class,
            SourceFormat.FieldFormat.class,
            SourceFormat.Sign.class,
            SourceState.class,
            SourceState.Lease.class,
            SourceState.LastRun.class,
            RunEntry.class,
            RunEntry.Taken.class,
            RunEntry.Chunk.class,
            RunEntry.ChunkPart.class,
            RunEntry.ScanEnded.class,
            RunEntry.RunEnded.class,
            SourceState.KnownIds.class,
        })
class ExtractBeans {

    @Produces
    @Singleton
    ExtractMetrics extractMetrics(Metrics metrics) {
        return new ExtractMetrics(metrics);
    }

    @Produces
    @Singleton
    ObjectStore store(S3Client s3, ExtractConfig config, Tracer tracer) {
        return new TracedObjectStore(new S3ObjectStore(s3, config.bucket()), tracer);
    }

    @Produces
    @Singleton
    RequestQueue queue(SqsClient sqs, ExtractConfig config) {
        return new SqsRequestQueue(sqs, config.requestsQueueUrl());
    }

    /** Created at start, so that an unusable secret fails the start. */
    @Produces
    @Singleton
    @Startup
    SourceVariables variables(ExtractConfig config, Secrets secrets) {
        return new SourceVariables(
                System::getenv,
                config.sourceAllowedVariables().orElse(List.of()),
                config.sourceSecrets().orElse(List.of()),
                secrets);
    }

    @Produces
    @Singleton
    ExtractRun run(
            ObjectStore store, ExtractConfig config, SourceVariables variables, Tracer tracer) {
        return new ExtractRun(
                store,
                new ConfiguredSourceReaders(
                        store, new SourceConfigurationParser(kinds(store, config), variables::get)),
                new ExtractRun.Settings(
                        config.extract().partRows(),
                        config.extract().partBytes(),
                        config.extract().lease()),
                Clock.systemUTC(),
                tracer);
    }

    private static List<SourceKind> kinds(ObjectStore store, ExtractConfig config) {
        HostLimits hosts =
                new HostLimits(config.extract().requestsPerMinute(), config.extract().hostPause());
        return ConfigurationCheck.kinds(
                new FilesKind(
                        store,
                        config.bucket(),
                        new ReadableFolders(config.extract().folders().map(Path::of))),
                hosts);
    }
}
