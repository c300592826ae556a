create table etl.run_findings (
    run_id text collate "C" not null,
    rule text not null,
    stream text collate "C" not null,
    rows bigint not null,
    example text,
    message text not null,
    fails_run boolean not null,
    constraint run_findings_pk primary key (run_id, rule, stream),
    constraint run_findings_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.run_findings is 'What was found in the warehouse when a run was closed. Written once.';
comment on column etl.run_findings.rule is 'Short stable name of the rule.';
comment on column etl.run_findings.stream is 'Stream that it concerns; empty for the whole source.';
comment on column etl.run_findings.rows is 'How many rows it concerns; 0: none in particular.';
comment on column etl.run_findings.example is 'One of them; null where none may be shown.';
comment on column etl.run_findings.message is 'What is wrong and what to do; follows the number of rows, where that is not 0.';
comment on column etl.run_findings.fails_run is 'Whether it makes the run incomplete.';
