-- Notifications are sent after the transaction that closed the run. That of a row without sent_at is due: load sends some of
-- them after each message that it handles.
create table etl.run_notifications (
    run_id text collate "C" not null,
    sent_at timestamptz,
    constraint run_notifications_pk primary key (run_id),
    constraint run_notifications_of_run foreign key (run_id) references etl.runs (run_id)
);
create index run_notifications_due on etl.run_notifications (run_id) where sent_at is null;
comment on table etl.run_notifications is 'One row per closed run that is notified. Inserted when the run is closed, in the same transaction.';
comment on column etl.run_notifications.run_id is 'The closed run.';
comment on column etl.run_notifications.sent_at is 'When its notification was put into the data bucket; null while it is due.';
