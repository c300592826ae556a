package io.shopflow.migrate;

import io.quarkus.funqy.Funq;
import io.shopflow.lambda.metrics.InvocationMetrics;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;

/**
 * Applies the missing migrations. Nothing else changes the schema. Throws, which fails the
 * invocation, if a migration fails (it is rolled back) or an applied one was edited.
 */
public class MigrateFunction {

    private static final Logger LOG = Logger.getLogger(MigrateFunction.class);

    private final Flyway flyway;
    private final RolePasswords passwords;
    private final RoleLogins logins;
    private final InvocationMetrics invocations;

    MigrateFunction(
            Flyway flyway,
            RolePasswords passwords,
            RoleLogins logins,
            InvocationMetrics invocations) {
        this.flyway = flyway;
        this.passwords = passwords;
        this.logins = logins;
        this.invocations = invocations;
    }

    /** Migrates; takes no input. */
    @Funq("migrate")
    public MigrateReply migrate() {
        try {
            return migrated();
        } finally {
            invocations.ended();
        }
    }

    private MigrateReply migrated() {
        MigrateResult result = flyway.migrate();
        logins.passwords().forEach(passwords::set);
        MigrationInfo current = flyway.info().current();
        if (current == null) {
            throw new IllegalStateException("the package has no migrations: build it again");
        }
        MigrateReply reply =
                new MigrateReply(current.getVersion().getVersion(), result.migrationsExecuted);
        LOG.infof("migrated version=%s applied=%d", reply.version(), reply.applied());
        return reply;
    }
}
