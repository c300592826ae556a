package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Merges staged products into their histories (SCD type 2).
 *
 * <p>A history is made of observations, in the order of their versions; consecutive ones that say
 * the same are one row, and of several with the same {@code version_at} the last counts. A row
 * keeps its first and its last observation, so that a version that arrives late finds its place,
 * also within a period in which nothing seemed to change. The first known version is valid from
 * {@code -infinity}. {@code updated_at} alone makes no new row; a later one is noted on the row.
 *
 * <p>Where a source tells no {@code updated_at}, an observation that says the same as the version
 * valid then is not noted, so a run that changes nothing writes nothing.
 *
 * <p>Only products of which the part says something new are read and written. New ones, the bulk of
 * a first load, are simply inserted.
 */
final class ProductHistory {

    /** Name of the staging table of histories. */
    static final String VERSIONS = "product_versions";

    /**
     * No other transaction adds inferred products meanwhile: a product that is new here stays new.
     */
    private static final String LOCK =
            "lock table warehouse.dim_products in share row exclusive mode";

    private static final PartSql NEW_PRODUCTS =
            new PartSql(
                    """
                    with completed as (
                        update warehouse.dim_products as target
                        set
                            name = incoming.name,
                            sku = incoming.sku,
                            category = incoming.category,
                            price_minor = incoming.price_minor,
                            unit_cost_minor = incoming.unit_cost_minor,
                            currency = incoming.currency,
                            created_at = incoming.created_at,
                            updated_at = incoming.updated_at,
                            is_inferred = false,
                            version_at = incoming.version_at,
                            run_id = :run,
                            part = :part,
                            source_row = incoming.source_row,
                            last_version_at = incoming.version_at,
                            last_run_id = :run,
                            last_part = :part,
                            last_source_row = incoming.source_row
                        from pg_temp.products as incoming
                        where target.source = :source
                            and target.product_id = incoming.id
                            and target.is_inferred
                        returning 1
                    ),
                    inserted as (
                        insert into warehouse.dim_products (
                            source, product_id, name, sku, category, price_minor, unit_cost_minor, currency,
                            created_at, updated_at, valid_from, valid_to, version_at, run_id, part, source_row,
                            last_version_at, last_run_id, last_part, last_source_row
                        )
                        select
                            :source, id, name, sku, category, price_minor, unit_cost_minor, currency,
                            created_at, updated_at, '-infinity', 'infinity', version_at, :run, :part, source_row,
                            version_at, :run, :part, source_row
                        from pg_temp.products as incoming
                        where not exists (
                            select
                            from warehouse.dim_products as target
                            where target.source = :source and target.product_id = incoming.id
                        )
                        order by id
                        returning 1
                    )
                    select (select count(*) from completed) + (select count(*) from inserted)
                    """);

    /** The histories of the products of which the part says something new, as they will be. */
    private static final PartSql HISTORIES =
            new PartSql(
                    """
                    insert into pg_temp.product_versions
                    with telling as (
                        select incoming.*
                        from pg_temp.products as incoming
                        where not exists (
                            select
                            from warehouse.dim_products as target
                            where target.source = :source
                                and target.product_id = incoming.id
                                and not target.is_inferred
                                and target.valid_from <= incoming.version_at
                                and target.valid_to > incoming.version_at
                                and (
                                    incoming.updated_at is null
                                    or incoming.version_at between target.version_at and target.last_version_at
                                )
                                and (
                                    target.name, target.sku, target.category, target.price_minor,
                                    target.unit_cost_minor, target.currency, target.created_at
                                ) is not distinct from (
                                    incoming.name, incoming.sku, incoming.category, incoming.price_minor,
                                    incoming.unit_cost_minor, incoming.currency, incoming.created_at
                                )
                        )
                    ),
                    known as (
                        select target.*
                        from warehouse.dim_products as target
                        inner join telling on target.product_id = telling.id
                        where target.source = :source
                    ),
                    observations as (
                        select
                            product_id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                            case when updated_at is not null then version_at end as updated_at,
                            version_at, run_id, part, source_row
                        from known
                        union all
                        select
                            product_id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                            updated_at,
                            last_version_at, last_run_id, last_part, last_source_row
                        from known
                        where last_version_at > version_at
                        union all
                        select
                            id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                            updated_at,
                            version_at, :run, :part, source_row
                        from telling
                    ),
                    distinct_instants as (
                        select distinct on (product_id, version_at) *
                        from observations
                        order by product_id, version_at, run_id desc, part desc, source_row desc
                    ),
                    compared as (
                        select
                            *,
                            row_number() over history = 1
                            or lag(row(name, sku, category, price_minor, unit_cost_minor, currency, created_at))
                                over history
                                is distinct from
                                row(name, sku, category, price_minor, unit_cost_minor, currency, created_at)
                                as begins_version
                        from distinct_instants
                        window history as (partition by product_id order by version_at)
                    ),
                    numbered as (
                        select
                            *,
                            count(*) filter (where begins_version)
                                over (partition by product_id order by version_at) as version_number
                        from compared
                    ),
                    bounded as (
                        select
                            *,
                            last_value(version_at) over version as last_version_at,
                            last_value(run_id) over version as last_run_id,
                            last_value(part) over version as last_part,
                            last_value(source_row) over version as last_source_row,
                            last_value(updated_at) over version as last_updated_at
                        from numbered
                        window version as (
                            partition by product_id, version_number
                            order by version_at
                            rows between unbounded preceding and unbounded following
                        )
                    )
                    select
                        product_id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                        last_updated_at,
                        case when version_number = 1 then '-infinity' else version_at end,
                        lead(version_at, 1, 'infinity') over (partition by product_id order by version_at),
                        version_at, run_id, part, source_row,
                        last_version_at, last_run_id, last_part, last_source_row
                    from bounded
                    where begins_version
                    """);

    private static final PartSql REMOVE_CHANGED =
            new PartSql(
                    """
                    with removed as (
                        delete from warehouse.dim_products as target
                        where target.source = :source
                            and target.product_id in (select product_id from pg_temp.product_versions)
                            and not exists (
                                select
                                from pg_temp.product_versions as version
                                where version.product_id = target.product_id
                                    and version.valid_from = target.valid_from
                                    and (
                                        version.name, version.sku, version.category, version.price_minor,
                                        version.unit_cost_minor, version.currency, version.created_at,
                                        version.updated_at, version.valid_to,
                                        version.version_at, version.run_id, version.part, version.source_row,
                                        version.last_version_at, version.last_run_id, version.last_part,
                                        version.last_source_row
                                    ) is not distinct from (
                                        target.name, target.sku, target.category, target.price_minor,
                                        target.unit_cost_minor, target.currency, target.created_at,
                                        target.updated_at, target.valid_to,
                                        target.version_at, target.run_id, target.part, target.source_row,
                                        target.last_version_at, target.last_run_id, target.last_part,
                                        target.last_source_row
                                    )
                            )
                        returning product_id
                    )
                    select count(distinct product_id) from removed
                    """);

    /** What changed was removed: what is missing now is new. */
    private static final PartSql INSERT_MISSING =
            new PartSql(
                    """
                    insert into warehouse.dim_products (
                        source, product_id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                        updated_at, valid_from, valid_to, version_at, run_id, part, source_row,
                        last_version_at, last_run_id, last_part, last_source_row
                    )
                    select
                        :source, product_id, name, sku, category, price_minor, unit_cost_minor, currency, created_at,
                        updated_at, valid_from, valid_to, version_at, run_id, part, source_row,
                        last_version_at, last_run_id, last_part, last_source_row
                    from pg_temp.product_versions as version
                    where not exists (
                        select
                        from warehouse.dim_products as target
                        where target.source = :source
                            and target.product_id = version.product_id
                            and target.valid_from = version.valid_from
                    )
                    """);

    private ProductHistory() {}

    /** Merges what is staged. */
    static MergeCounts merge(Connection connection, PartId part) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
        long inserted = NEW_PRODUCTS.numbers(connection, part)[0];
        long updated = 0;
        if (HISTORIES.write(connection, part) > 0) {
            // A history that changes loses at least one row: one that ends, moves or notes more.
            updated = REMOVE_CHANGED.numbers(connection, part)[0];
            INSERT_MISSING.write(connection, part);
        }
        return new MergeCounts(inserted, updated);
    }
}
