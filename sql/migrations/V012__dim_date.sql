create table warehouse.dim_date (
    calendar_date date not null,
    year integer not null,
    quarter integer not null,
    month integer not null,
    month_start date not null,
    iso_year integer not null,
    iso_week integer not null,
    iso_weekday integer not null,
    is_weekend boolean not null,
    constraint dim_date_pk primary key (calendar_date)
);
comment on table warehouse.dim_date is 'One row per day from 2000 to 2049, for reports that show days without sales.';
comment on column warehouse.dim_date.month_start is 'First day of the month.';
comment on column warehouse.dim_date.iso_week is 'Week of iso_year, from Monday; week 1 has the first Thursday.';
comment on column warehouse.dim_date.iso_weekday is '1 is Monday, 7 is Sunday.';

insert into warehouse.dim_date (
    calendar_date, year, quarter, month, month_start, iso_year, iso_week, iso_weekday, is_weekend
)
select
    day::date,
    extract(year from day),
    extract(quarter from day),
    extract(month from day),
    date_trunc('month', day)::date,
    extract(isoyear from day),
    extract(week from day),
    extract(isodow from day),
    extract(isodow from day) >= 6
from generate_series(timestamp '2000-01-01', timestamp '2049-12-31', interval '1 day') as days (day);
