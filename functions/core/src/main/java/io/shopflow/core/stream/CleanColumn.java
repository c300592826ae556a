package io.shopflow.core.stream;

/**
 * A column of a clean file and of the warehouse table that it is merged into.
 *
 * @param sqlType its PostgreSQL type
 * @param required whether it is {@code not null}
 */
public record CleanColumn(String name, String sqlType, boolean required) {}
