-- The lines of batch as tables: weeks, the largest descents, errors, and Parquet.
--
--   hardlegs batch ~/activities ~/export.zip > scored.jsonl
--   hardlegs batch ~/activities ~/export.zip --format csv > scored.csv
--   duckdb < examples/duckdb.sql
--
-- `hardlegs schema batch` describes every key, `hardlegs schema csv` every column. Parquet is
-- the one line at the end: DuckDB keeps all keys with their types, so hardlegs has no writer
-- of its own.

-- times are UTC, and weeks begin on Monday, wherever this runs
set timezone = 'UTC';

-- a row an input: its activities, or what was wrong
create or replace view inputs as
    select * from read_json('scored.jsonl', format = 'newline_delimited', union_by_name = true,
                            sample_size = -1, maximum_object_size = 268435456);

-- a row an activity
create or replace view activities as
    select path as input, id, unnest(activities, max_depth := 2) from inputs where error is null;

-- a row a climb, descent or level stretch
create or replace view hills as
    select input, id, start::timestamp as started, unnest(segments, max_depth := 2) from activities;

.print 'Weeks (Monday, UTC):'
select date_trunc('week', start::timestamp)::date as week,
       count(*) as sessions,
       round(sum(loss_m)) as loss_m,
       round(sum(concentric_load), 1) as concentric_load,
       round(sum(eccentric_load), 1) as eccentric_load
from (select distinct on (id, part) * from activities)  -- the same bytes count once
where start is not null
group by week order by week;

.print 'The largest descents:'
select started::date as day, input, round(-rise_m) as down_m, mean_grade, eccentric_load,
       eccentric_intensity as intensity
from hills where kind = 'descent'
order by eccentric_load desc limit 10;

.print 'What could not be scored:'
select error.code as code, count(*) as files, min(path) as for_example, min(error.message) as message
from inputs where error is not null
group by code order by files desc;

.print 'CSV says the same:'
select count(*) as activities, round(sum(eccentric_load), 1) as eccentric_load
from read_csv('scored.csv', header = true, sample_size = -1) where error_code is null;

-- Parquet in one line
copy activities to 'activities.parquet' (format parquet);
