-- Jumps: figures of institutions that changed suddenly from one school year to the next, and figures far from those of like
-- institutions. Found with every run of the checks, kept for the latest run; nobody is in them.

create table checks.jump (
  run_id         bigint             not null references checks.run,
  figure         text               not null,
  kind           text               not null check (kind in ('jump', 'outlier')),
  institution_id bigint             not null,
  school_year    smallint           not null,
  value          double precision   not null,        -- of the school year, unit of the figure
  like_value     double precision   not null,        -- jump: as the figure would be had it changed as in like institutions; else their median
  from_like      double precision   not null,        -- robust standard deviations from like institutions
  from_own       double precision,                   -- and from the own earlier changes; null: too short a history, or an outlier
  like_group     text               not null,
  like_count     integer            not null,
  years_before   smallint           not null,        -- outlier: how many years before it were as far out
  years          smallint[]         not null,        -- the figure over all years
  figures        double precision[] not null check (cardinality(figures) = cardinality(years)),
  primary key (run_id, figure, kind, institution_id, school_year)
);
select migration.protect('checks.jump');

-- Whoever analyses the country looks at them; whoever answers for the data, too.
grant select on checks.jump to tier_analyst, tier_steward;
create policy analyst_reads on checks.jump for select to tier_analyst using (true);
create policy steward_reads on checks.jump for select to tier_steward using (true);

alter table checks.threshold no force row level security;
insert into checks.threshold (check_code, name, value, valid) values
  ('jump', 'score', 3.5, '(,)'),       -- robust standard deviations (Iglewicz and Hoaglin 1993)
  ('jump', 'least', 0.15, '(,)'),      -- smallest change that is told, as a share of the year before
  ('jump', 'fewest', 8, '(,)'),        -- fewest like institutions
  ('outlier', 'score', 5, '(,)'),
  ('outlier', 'least', 0.5, '(,)');    -- smallest distance from the median of like institutions, as a share of it
alter table checks.threshold force row level security;
