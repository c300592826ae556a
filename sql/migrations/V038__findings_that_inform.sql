alter table etl.run_findings add column informs boolean not null default false;
alter table etl.run_findings add constraint run_findings_informs_or_fails check (not (informs and fails_run));
comment on column etl.run_findings.informs is 'Whether no figure is in doubt because of it: the user declared it, for example.';
comment on table etl.run_findings is 'What a run found in its source and, when it was closed, in the warehouse. Written once.';
update etl.run_findings set informs = true where rule in ('configuration_changed', 'quiet_changes', 'rows_deleted');
