package io.shopflow.migrate;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The schema's state.
 *
 * @param version of the last migration
 * @param applied number of migrations applied by this invocation
 */
@RegisterForReflection
public record MigrateReply(String version, int applied) {}
