-- Why rows were rejected or have a warning, and which rejected rows no later run has loaded or replaced.
create table etl.part_rejections (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    rule text not null,
    field text not null,
    rows bigint not null,
    example text,
    position text,
    constraint part_rejections_pk primary key (run_id, stream, part, rule, field),
    constraint part_rejections_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.part_rejections is 'One row per loaded part, rule and field: how many rows the rule rejected, from the part''s quality report.';
comment on column etl.part_rejections.rule is 'Short stable name of the rule.';
comment on column etl.part_rejections.field is 'Field; empty where it concerns the whole row.';
comment on column etl.part_rejections.rows is 'Rows that the rule rejected.';
comment on column etl.part_rejections.example is 'A rejected value; null if none may be shown.';
comment on column etl.part_rejections.position is 'Position of the example''s row in its source.';

create table etl.part_warnings (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    rule text not null,
    field text not null,
    rows bigint not null,
    example text,
    position text,
    constraint part_warnings_pk primary key (run_id, stream, part, rule, field),
    constraint part_warnings_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.part_warnings is 'One row per loaded part, rule and field: the number of rows with a warning, which were not rejected; from the part''s quality report.';
comment on column etl.part_warnings.rule is 'Short stable name of the rule.';
comment on column etl.part_warnings.field is 'Field; empty where it concerns the whole row.';
comment on column etl.part_warnings.rows is 'Rows with a warning for the field.';
comment on column etl.part_warnings.example is 'A value with a warning; null if none may be shown.';
comment on column etl.part_warnings.position is 'Position of the example''s row in its source.';

create table etl.quarantined_rows (
    source text collate "C" not null,
    stream text collate "C" not null,
    run_id text collate "C" not null,
    part integer not null,
    ordinal bigint not null,
    id text collate "C",
    rule text not null,
    field text not null,
    position text,
    constraint quarantined_rows_pk primary key (run_id, stream, part, ordinal),
    constraint quarantined_rows_of_run foreign key (run_id) references etl.runs (run_id)
);
create index quarantined_rows_by_id on etl.quarantined_rows (source, stream, id);
comment on table etl.quarantined_rows is 'The rejected rows that are still out of the figures: no later run loaded a row of the same id, rejected it again, or read the whole stream.';
comment on column etl.quarantined_rows.ordinal is 'Its row in the part''s quarantine, from 1.';
comment on column etl.quarantined_rows.id is 'As a loaded row would have it; null where the row has none that can be read.';
comment on column etl.quarantined_rows.rule is 'The rule that rejected it.';
comment on column etl.quarantined_rows.field is 'Field; empty where it concerns the whole row.';
comment on column etl.quarantined_rows.position is 'Position of the row in its source.';

-- Not materialized: a query of one run reads the parts of that run only.
create view etl.run_rules as
with part_rules as (
    select run_id, stream, part, rule, field, true as rejects, rows, example, position
    from etl.part_rejections
    union all
    select run_id, stream, part, rule, field, false as rejects, rows, example, position
    from etl.part_warnings
),
run_rules as not materialized (
    select
        run_id,
        stream,
        rule,
        field,
        rejects,
        sum(rows)::bigint as rows,
        (array_agg(example order by example is null, part))[1] as example,
        (array_agg(position order by example is null, part))[1] as position
    from part_rules
    group by run_id, stream, rule, field, rejects
)
select
    runs.source,
    run_rules.run_id,
    run_rules.stream,
    run_rules.rule,
    run_rules.field,
    run_rules.rejects,
    run_rules.rows,
    run_rules.example,
    run_rules.position
from run_rules
inner join etl.runs as runs using (run_id);
comment on view etl.run_rules is 'One row per run, stream, rule and field: how many rows broke the rule, and one value.';
comment on column etl.run_rules.rejects is 'Whether the rows were rejected; if not, they count, with a warning.';

create view etl.run_rejections as
select
    source,
    run_id,
    stream,
    rule,
    field,
    rows,
    (
        select count(*)
        from etl.quarantined_rows as still_out
        where still_out.run_id = run_rules.run_id
            and still_out.stream = run_rules.stream
            and still_out.rule = run_rules.rule
            and still_out.field = run_rules.field
    ) as still_out,
    example,
    position
from etl.run_rules
where rejects;
comment on view etl.run_rejections is 'One row per run, stream, rule and field: how many rows were rejected, how many of them are still out, and one value.';
comment on column etl.run_rejections.rows is 'Rows that the rule rejected in this run.';
comment on column etl.run_rejections.still_out is 'Those of them that no later run loaded or replaced.';
comment on column etl.run_rejections.example is 'A rejected value; null if none may be shown.';
comment on column etl.run_rejections.position is 'Position of the example''s row in its source.';

create view etl.run_warnings as
select
    source,
    run_id,
    stream,
    rule,
    field,
    rows,
    example,
    position
from etl.run_rules
where not rejects;
comment on view etl.run_warnings is 'One row per run, stream, rule and field: the number of rows with a warning, which were not rejected, and one value.';
comment on column etl.run_warnings.rows is 'Rows of this run with a warning for the field.';
comment on column etl.run_warnings.example is 'A value with a warning; null if none may be shown.';
comment on column etl.run_warnings.position is 'Position of the example''s row in its source.';
