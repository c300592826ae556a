package io.shopflow.backfill;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;
import io.shopflow.lambda.trace.TracedObjectStore;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.RowCounts;
import io.shopflow.s3.S3ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates the function's objects. */
@Singleton
@RegisterForReflection(targets = {RunId.class, RowCounts.class})
class BackfillBeans {

    @Produces
    @Singleton
    PlanWindows plan(S3Client s3, BackfillConfig config, Tracer tracer) {
        return new PlanWindows(
                new TracedObjectStore(new S3ObjectStore(s3, config.bucket()), tracer),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    Ledger ledger(DataSource database) {
        return new Ledger(database);
    }

    @Produces
    @Singleton
    VerifyWindows verify(Ledger ledger, BackfillConfig config) {
        return new VerifyWindows(ledger, config.backfill().maxQuarantinedPercent());
    }
}
