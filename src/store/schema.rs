//! The tables, as anyone with `sqlite3` meets them. They are the store's documentation:
//! `SQLite` keeps the comments, and `.schema` shows them.

/// What makes version n + 1 out of version n; the version is `pragma user_version`.
pub(super) const MIGRATIONS: [&str; 7] = ["
create table files (
    path     text primary key, -- absolute; inside an archive the archive's path, / and the member
    root     text not null,    -- the path that history was asked for
    size     integer,          -- bytes; null where that could not be told
    mark     integer,          -- ns since 1970 of the last change; CRC-32 inside an archive
    id       text,             -- BLAKE3 of the content, 32 digits; null where it was not read
    settings text not null,    -- digest of the settings a failure was met with
    model    integer not null, -- model version of the program
    code     text,             -- why nothing of it could be scored; null where it was
    message  text,             -- the same for people
    notices  text              -- JSON array: flaws that were survived; null where none
) without rowid;
create index files_by_id on files (id);

create table activities (
    id                      text not null,    -- of the content
    part                    integer not null, -- which activity of it, from 1
    settings                text not null,    -- digest of the settings it was scored with
    model                   integer not null, -- model version of the program
    name                    text,
    origin                  text not null,    -- device or creator
    sport                   text not null,    -- run, walk, hike, ride
    start                   text not null,    -- UTC, RFC 3339
    day                     text not null,    -- the athlete's own
    elapsed_s               real not null,
    moving_s                real not null,
    distance_m              real not null,
    gain_m                  real not null,
    loss_m                  real not null,
    climb_points            real not null,    -- 10 m of one's own weight raised, each
    descent_points          real not null,    -- 10 m of one's own weight lowered, each
    hard_descent_points     real not null,    -- of these at 2x and above
    concentric_load         real not null,    -- points x severity / 2
    concentric_load_low     real not null,    -- what it could be
    concentric_load_high    real not null,
    eccentric_load          real not null,    -- zero on rides
    eccentric_load_low      real not null,
    eccentric_load_high     real not null,
    concentric_severity     real,             -- against an easy level step
    eccentric_severity      real,
    steepest_5_min_up       real,             -- rise over run
    steepest_5_min_down     real,             -- rise over run, positive
    best_60s_up_w_per_kg    real,
    push_p95_j_per_kg       real,
    long_climb_min          real,
    hard_steps_up           real,
    hard_steps_down         real,
    samples                 integer not null,
    channels                integer not null, -- sensors and positions, counted
    notices                 integer not null,
    primary key (id, part)
) without rowid;
create index activities_by_start on activities (start);

create table traces (            -- to know an outing again whose clock is hours off
    id        text not null,
    part      integer not null,
    every_s   integer not null,  -- seconds between positions
    positions blob not null,     -- pairs of latitude and longitude, 1e-6 degrees, i32 little
                                 -- endian; 0x80000000 twice: none
    primary key (id, part)
) without rowid;

create table hills (
    id         text not null,
    part       integer not null,
    number     integer not null, -- in the order of the road, from 1
    slope      text not null,    -- climb, descent
    from_m     real not null,
    length_m   real not null,
    rise_m     real not null,    -- negative down
    mean_grade real not null,    -- rise over run
    points     real not null,
    load       real not null,
    severity   real,             -- null below 5 points
    primary key (id, part, number)
) without rowid;

create table corrections (       -- what the athlete said; it survives rescoring
    id       text not null,
    part     integer not null,
    sport    text,               -- run, walk, hike, ride
    pack_kg  real,
    excluded integer not null default 0,
    primary key (id, part)
) without rowid;
", "
-- points of 10 m become metres of volume, severity is intensity: the loads are the same
create table activities_of_2 (
    id                      text not null,    -- of the content
    part                    integer not null, -- which activity of it, from 1
    settings                text not null,    -- digest of the settings it was scored with
    model                   integer not null, -- model version of the program
    name                    text,
    origin                  text not null,    -- device or creator
    sport                   text not null,    -- run, walk, hike, ride
    start                   text not null,    -- UTC, RFC 3339
    day                     text not null,    -- the athlete's own
    elapsed_s               real not null,
    moving_s                real not null,
    distance_m              real not null,
    gain_m                  real not null,
    loss_m                  real not null,
    climb_volume_m          real not null,    -- rise x (body + pack) / body
    descent_volume_m        real not null,    -- the same of descents; zero on rides
    hard_descent_volume_m   real not null,    -- of these at 2x and above
    concentric_load         real not null,    -- volume x intensity / 20 m
    concentric_load_low     real not null,    -- what it could be
    concentric_load_high    real not null,
    eccentric_load          real not null,    -- zero on rides
    eccentric_load_low      real not null,
    eccentric_load_high     real not null,
    concentric_intensity    real,             -- work of a step over that of an easy level one
    eccentric_intensity     real,
    steepest_5_min_up       real,             -- rise over run
    steepest_5_min_down     real,             -- rise over run, positive
    best_60s_up_w_per_kg    real,
    step_p95_up_j_per_kg    real,
    long_climb_min          real,
    hard_steps_up           real,
    hard_steps_down         real,
    samples                 integer not null,
    channels                integer not null, -- sensors and positions, counted
    notices                 integer not null,
    primary key (id, part)
) without rowid;
insert into activities_of_2 select
    id, part, settings, model, name, origin, sport, start, day, elapsed_s, moving_s,
    distance_m, gain_m, loss_m, 10 * climb_points, 10 * descent_points,
    10 * hard_descent_points, concentric_load, concentric_load_low,
    concentric_load_high, eccentric_load, eccentric_load_low, eccentric_load_high,
    concentric_severity, eccentric_severity, steepest_5_min_up, steepest_5_min_down,
    best_60s_up_w_per_kg, push_p95_j_per_kg, long_climb_min, hard_steps_up,
    hard_steps_down, samples, channels, notices
    from activities;
drop table activities;
alter table activities_of_2 rename to activities;
create index activities_by_start on activities (start);

create table hills_of_2 (
    id         text not null,
    part       integer not null,
    number     integer not null, -- in the order of the road, from 1
    slope      text not null,    -- climb, descent
    from_m     real not null,
    length_m   real not null,
    rise_m     real not null,    -- negative down
    mean_grade real not null,    -- rise over run
    volume_m   real not null,    -- metres of one's own weight moved
    load       real not null,
    intensity  real,             -- null below 50 m of volume
    primary key (id, part, number)
) without rowid;
insert into hills_of_2 select
    id, part, number, slope, from_m, length_m, rise_m, mean_grade, 10 * points, load,
    severity
    from hills;
drop table hills;
alter table hills_of_2 rename to hills;
", "
-- where climbs and descents lie, and which of them are of one hill
alter table activities add column lines integer; -- kept of its climbs and descents; null where
                                                 -- it was scored before they were
create table lines (             -- climbs and descents of 20 m and more, on the map
    id     text not null,
    part   integer not null,
    number integer not null,     -- of hills
    points blob not null,        -- latitude and longitude, 1e-6 degrees, height, cm, seconds in
                                 -- motion, 0.01 s; i32 little endian each
    primary key (id, part, number)
) without rowid;

create table same_hills (        -- each climb or descent once, whoever recorded it
    hill   integer primary key,  -- never given twice while it has a name or an effort
    slope  text not null,        -- climb, descent
    name   text,                 -- what the athlete calls it
    points blob not null,        -- as of lines
    south  real not null,        -- the box around it, degrees; east above 180 across the date line
    west   real not null,
    north  real not null,
    east   real not null
);

create table efforts (           -- which line went over which hill
    hill           integer not null,
    id             text not null,
    part           integer not null,
    number         integer not null,
    sport          text not null,    -- run, hike, ride
    day            text not null,    -- the athlete's own
    begun          integer not null, -- seconds since 1970, of the whole climb or descent
    share          real not null,    -- of that climb or descent which lies on the hill
    moving_s       real not null,    -- on the hill, as the next two
    length_m       real not null,
    rise_m         real not null,    -- negative down
    heart_rate_bpm real,             -- of the whole climb or descent, as all below
    w_per_kg       real,
    intensity      real,
    load           real not null,
    temperature_c  real,
    drift          real,             -- fewer metres a heart beat in the second half, a share
    primary key (hill, id, part, number)
) without rowid;
create index efforts_by_id on efforts (id, part, number);
", "
alter table activities add column grades blob; -- by class of grade from -40 to +40 %, each 5 %
                                               -- wide: horizontal m, rise m, and of what is in
                                               -- motion and scored m, s, heart beats and their s,
                                               -- metered J/kg and their s; f32 little endian
                                               -- each; null where it was scored before
", "
alter table lines add column place text; -- the named place at its top, as its file calls it; null
                                         -- without one, or where it was kept before
", "
-- what the trends of the five mechanisms are taken over; null where it was scored before, or where the
-- recording cannot give it
alter table activities add column highest_heart_rate_bpm real; -- exceeded in 0.5 % of clean seconds
alter table activities add column hill_sprints real; -- efforts of 8 to 30 s uphill at 5 W/kg and more
alter table activities add column best_sprint_up_w_per_kg real; -- mean power of the hardest of them
alter table activities add column step_power_up_w_per_kg real; -- best 20 steps up, foot down
alter table activities add column long_climb_drift real; -- fewer metres a heart beat in the second half
                                                         -- of climbs of 20 min and more, a share
alter table activities add column best_uphill integer; -- rows kept of its best efforts uphill; null
                                                       -- where it was scored before they were
create table best_uphill (       -- the most that one climb held
    id               text not null,
    part             integer not null,
    seconds          integer not null, -- 30, 60, 300, 1200, 3600
    vertical_m_per_h real,
    w_per_kg         real,             -- concentric by the model on foot, of the meter riding
    primary key (id, part, seconds)
) without rowid;
", "
alter table activities add column bicycle text; -- of a ride: road, gravel, mountain; electric, whose
                                                -- motor decides how fast it goes; virtual, as a game
                                                -- does; null where it was scored before it was kept
create index activities_by_bicycle on activities (bicycle)
    where bicycle in ('electric', 'virtual');
-- lines had seconds that were spread over a whole climb: their files are taken in once more
update activities set lines = null;
"];
