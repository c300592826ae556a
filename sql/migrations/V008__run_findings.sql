create table etl.run_findings (
    run_id text collate "C" not null,
    rule text not null,
    stream text collate "C" not null,
    rows bigint not null,
    example text,
    message text not null,
    fails_run boolean not null,
    informs boolean not null default false,
    constraint run_findings_pk primary key (run_id, rule, stream),
    constraint run_findings_informs_or_fails check (not (informs and fails_run)),
    constraint run_findings_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.run_findings is 'What a run found in its source and, when it was closed, in the warehouse. Written once.';
comment on column etl.run_findings.rule is 'Short stable name of the rule.';
comment on column etl.run_findings.stream is 'Stream that it concerns; empty for the whole source.';
comment on column etl.run_findings.rows is 'Number of rows concerned; 0 if it concerns no rows in particular.';
comment on column etl.run_findings.example is 'Id of one of them; null if none may be shown.';
comment on column etl.run_findings.message is 'What is wrong and what to do; shown after the number of rows unless that is 0.';
comment on column etl.run_findings.fails_run is 'Whether it makes the run incomplete.';
comment on column etl.run_findings.informs is 'Whether no figure is in doubt because of it: the user declared it, for example.';
