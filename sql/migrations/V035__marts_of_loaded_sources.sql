-- What was loaded before there were marts. A source without a closed run gets its marts with the first one.
insert into etl.stale_orders (source)
select distinct source from etl.runs;

select marts.refresh(array(select distinct source from etl.runs where status <> 'running'));
