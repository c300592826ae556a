/**
 * Brings the database's schema up to date. The entry point is {@link
 * io.shopflow.migrate.MigrateFunction}; the migrations are in {@code sql/migrations}.
 */
package io.shopflow.migrate;
