package io.shopflow.migrate;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The schema's state.
 *
 * @param version of the last migration
 * @param applied how many migrations were applied now
 */
@RegisterForReflection
public record MigrateReply(String version, int applied) {}
