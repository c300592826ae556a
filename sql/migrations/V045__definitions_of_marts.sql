-- What the marts and the views that read them are made of, so that a dropped one can be created again. A migration that changes a mart
-- or a view of analytics ends with: call marts.keep_definitions().
create table etl.definitions (
    schema_name text collate "C" not null,
    relation text collate "C" not null,
    ordinal integer not null,
    statement text not null,
    constraint definitions_pk primary key (schema_name, relation, ordinal)
);
comment on table etl.definitions is 'The statements that make the tables of schema marts and the views of schema analytics.';
comment on column etl.definitions.schema_name is 'Schema of the table or view.';
comment on column etl.definitions.relation is 'Name of the table or view.';
comment on column etl.definitions.ordinal is 'Order of the statements.';
comment on column etl.definitions.statement is 'Statement in SQL.';
revoke insert, update, delete on etl.definitions from shopflow_loader;

create view etl.current_definitions as
with relations as (
    select pg_class.oid, nspname::text as schema_name, relname::text as relation, relkind
    from pg_catalog.pg_class
    inner join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'marts' and relkind = 'r' or nspname = 'analytics' and relkind = 'v'
),
statements as (
    select
        oid,
        0 as kind,
        '' as name,
        case relkind
            when 'v' then
                format('create view %I.%I as %s', schema_name, relation, pg_catalog.pg_get_viewdef(oid))
            else
                format(
                    'create table %I.%I (%s)',
                    schema_name,
                    relation,
                    (
                        select
                            string_agg(
                                format(
                                    '%I %s%s%s',
                                    attname,
                                    pg_catalog.format_type(atttypid, atttypmod),
                                    case
                                        when attcollation not in (0, 100) then
                                            (
                                                select format(' collate pg_catalog.%I', collname)
                                                from pg_catalog.pg_collation
                                                where pg_collation.oid = attcollation
                                            )
                                    end,
                                    case when attnotnull then ' not null' end
                                ),
                                ', '
                                order by attnum
                            )
                        from pg_catalog.pg_attribute
                        where attrelid = relations.oid and attnum > 0 and not attisdropped
                    )
                )
        end as statement
    from relations
    union all
    select
        relations.oid,
        1,
        conname::text,
        format(
            'alter table %I.%I add constraint %I %s',
            schema_name, relation, conname, pg_catalog.pg_get_constraintdef(pg_constraint.oid)
        )
    from relations
    inner join pg_catalog.pg_constraint on conrelid = relations.oid and contype in ('p', 'u', 'c')
    union all
    select relations.oid, 2, indexrelid::regclass::text, pg_catalog.pg_get_indexdef(indexrelid)
    from relations
    inner join pg_catalog.pg_index on indrelid = relations.oid
    where not exists (select from pg_catalog.pg_constraint where conindid = indexrelid)
    union all
    select
        relations.oid,
        3,
        lpad(objsubid::text, 5, '0'),
        case objsubid
            when 0 then
                format(
                    'comment on %s %I.%I is %L',
                    case relkind when 'v' then 'view' else 'table' end, schema_name, relation, description
                )
            else
                format(
                    'comment on column %I.%I.%I is %L',
                    schema_name,
                    relation,
                    (select attname from pg_catalog.pg_attribute where attrelid = relations.oid and attnum = objsubid),
                    description
                )
        end
    from relations
    inner join pg_catalog.pg_description on objoid = relations.oid and classoid = 'pg_catalog.pg_class'::regclass
)
select
    schema_name,
    relation,
    (row_number() over (partition by schema_name, relation order by kind, name collate "C"))::integer as ordinal,
    statement
from relations
inner join statements using (oid);
comment on view etl.current_definitions is 'As etl.definitions, of what there is now.';
comment on column etl.current_definitions.schema_name is 'Schema of the table or view.';
comment on column etl.current_definitions.relation is 'Name of the table or view.';
comment on column etl.current_definitions.ordinal is 'Order of the statements.';
comment on column etl.current_definitions.statement is 'Statement in SQL.';

create procedure marts.keep_definitions()
language plpgsql
as $$
begin
    delete from etl.definitions;
    -- Names of other schemas are written out.
    perform set_config('search_path', 'pg_catalog', true);
    insert into etl.definitions (schema_name, relation, ordinal, statement)
    select schema_name, relation, ordinal, statement from etl.current_definitions;
    -- Marts that are being filled have the former definitions.
    delete from etl.mart_fills;
    perform set_config('search_path', '"$user", public', true);
end
$$;
comment on procedure marts.keep_definitions is 'Keeps the definitions of the marts and of the views of analytics as they are now.';

create function marts.create_dropped() returns text[]
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    missing record;
    is_created boolean := true;
    created text[] := array[]::text[];
begin
    -- A view may need another one that is missing, which is created first then.
    while is_created loop
        is_created := false;
        for missing in
            select schema_name, relation, array_agg(statement order by ordinal) as statements
            from etl.definitions
            where to_regclass(format('%I.%I', schema_name, relation)) is null
            group by schema_name, relation
            order by schema_name desc, relation
        loop
            declare
                next_statement text;
            begin
                foreach next_statement in array missing.statements loop
                    execute next_statement;
                end loop;
                is_created := true;
                created := created || format('%s.%s', missing.schema_name, missing.relation);
            exception
                when undefined_table then null;
            end;
        end loop;
    end loop;
    if cardinality(created) > 0 then
        delete from etl.mart_fills;
    end if;
    return created;
end
$$;
comment on function marts.create_dropped is 'Creates the marts, empty, and the views of analytics that were dropped. Returns their names.';

revoke execute on procedure marts.keep_definitions from public;
revoke execute on function marts.create_dropped from public;
grant execute on function marts.create_dropped to shopflow_loader;

call marts.keep_definitions();
