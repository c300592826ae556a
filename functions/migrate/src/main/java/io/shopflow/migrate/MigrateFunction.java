package io.shopflow.migrate;

import io.quarkus.funqy.Funq;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;

/**
 * Applies the migrations that are missing. Nothing else changes the schema. Throws, and so fails
 * the invocation, where a migration fails (it is rolled back) or an applied one was edited.
 */
public class MigrateFunction {

    private static final Logger LOG = Logger.getLogger(MigrateFunction.class);

    private final Flyway flyway;
    private final RolePasswords passwords;
    private final RoleLogins logins;

    MigrateFunction(Flyway flyway, RolePasswords passwords, RoleLogins logins) {
        this.flyway = flyway;
        this.passwords = passwords;
        this.logins = logins;
    }

    /** Migrates; takes no input. */
    @Funq("migrate")
    public MigrateReply migrate() {
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
