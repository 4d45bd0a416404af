-- Indicators: the catalogue and the cubes.
-- A part holds the additive cells of one indicator and school year and is addressed by the hash of its content; a
-- version is a set of parts; readers follow the pointer. Parts are never edited, so two computes of one bank meet in
-- the same part.

create schema indicators;
grant usage on schema indicators to ikms_public, ikms_job, ikms_backup,
  tier_school, tier_municipality, tier_analyst, tier_steward, tier_protection_officer;

create table indicators.definition (
  code        text        not null,                 -- 'ACH-05'
  version     integer     not null,
  hash        text        not null,                 -- SHA-256 of the definition, its SQL included
  definition  jsonb       not null,                 -- what readers may know: names, unit, direction, breakdowns, source
  first_seen  timestamptz not null default now(),
  primary key (code, version)
);

create table indicators.part (
  part_id     bigint generated always as identity primary key,
  part_hash   bytea       not null unique,          -- SHA-256 over definition hash, school year and sorted cells
  code        text        not null,
  version     integer     not null,
  school_year smallint    not null,
  cells       integer     not null,
  made_at     timestamptz not null default now(),
  foreign key (code, version) references indicators.definition
);

-- Additive parts of a cell: what is needed to add cells up exactly and to derive mean, spread and error from the sum.
create table indicators.cell (
  part_id     bigint  not null,                     -- indicators.part
  level       text    not null check (level in ('state', 'region', 'municipality', 'school')),
  unit_id     bigint  not null,                     -- registry.territory, or registry.institution at level school
  subject     text    not null,                     -- '-' where the indicator has none
  breakdown   text    not null,                     -- '-' or the attribute, e.g. 'sex'
  category    text    not null,                     -- '-' or the value, e.g. 'female'
  n           bigint  not null check (n >= 0),      -- people
  sum_y       double precision,                     -- of the value; for a share the number of hits
  sum_yy      double precision,                     -- of its square
  vals        double precision[],                   -- distinct values, ascending, where quantiles are shown
  counts      bigint[],                             -- people at each
  primary key (part_id, level, unit_id, subject, breakdown, category)
);

create table indicators.cube (
  cube_id      bigint generated always as identity primary key,
  cube_uuid    uuid        not null unique default gen_random_uuid(),
  as_of_import bigint      not null,                -- the bank as it was known after this import
  made_at      timestamptz not null default now()
);
create table indicators.cube_part (
  cube_id bigint not null references indicators.cube,
  part_id bigint not null references indicators.part,
  primary key (cube_id, part_id)
);
create table indicators.pointer (
  name    text   primary key check (name = 'current'),
  cube_id bigint not null references indicators.cube
);

select migration.protect(t::regclass) from unnest(array['indicators.definition', 'indicators.part', 'indicators.cell',
  'indicators.cube', 'indicators.cube_part', 'indicators.pointer']) as t;

do $$
declare
  reader text;
  target text;
begin
  foreach target in array array['definition', 'part', 'cube', 'cube_part', 'pointer'] loop
    foreach reader in array array['ikms_public', 'tier_school', 'tier_municipality', 'tier_analyst', 'tier_steward',
                                  'tier_protection_officer'] loop
      execute format('grant select on indicators.%I to %I', target, reader);
      execute format('create policy %I on indicators.%I for select to %I using (true)', reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;

-- Unprotected cells: a school its own, the analyst all, nobody else any.
grant select on indicators.cell to tier_school, tier_analyst;
create policy school_reads_own on indicators.cell for select to tier_school
  using (level = 'school' and unit_id in (select access.my_schools()));
create policy analyst_reads_all on indicators.cell for select to tier_analyst using (true);
