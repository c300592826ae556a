create schema etl;
comment on schema etl is 'Runs, their parts and ledgers: what was loaded, when, from where, and whether it balances.';

create schema warehouse;
comment on schema warehouse is 'The star: dimensions and facts of all sources, keyed by (source, id of the source).';

create schema production;
comment on schema production is 'The same business in third normal form: views over the star, so that there is one copy of the truth.';

create schema analytics;
comment on schema analytics is 'Figures with one definition each, stable for dashboards and BI tools.';

-- A number and a range in one exclusion constraint: no two versions of a product or a customer at the same time.
create extension if not exists btree_gist;
