-- Publications: what was decided to be public, and the frozen releases.
-- A release holds cells of one cube that have passed the gate; it is never edited, a correction is a new release.

create schema publications;
grant usage on schema publications to ikms_public, ikms_job, ikms_backup,
  tier_school, tier_municipality, tier_analyst, tier_steward, tier_protection_officer;

create table publications.decision (
  decision_id bigint generated always as identity primary key,
  code        text      not null,                   -- indicator
  level       text      not null,
  audience    text      not null check (audience in ('public')),
  shown       boolean   not null,
  valid       daterange not null check (not isempty(valid)),
  reason_lv   text      not null,
  reason_en   text      not null
);

insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['CTX-01', 'ACH-05', 'ACH-10', 'EQU-01']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select 'ACH-11', level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa izaugsmi redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Izaugsme valstī un pašvaldībās ir publiska.' end,
       case when level = 'school'
         then 'Growth of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'Growth in the state and in municipalities is public.' end
  from unnest(array['state', 'region', 'municipality', 'school']) as level;

create table publications.release (
  release_id   bigint generated always as identity primary key,
  release_uuid uuid        not null unique default gen_random_uuid(),
  audience     text        not null,
  number       text        not null,                -- semantic: '1.0' first, '1.1' new rows only, '2.0' a shown figure changed
  cube_id      bigint      not null references indicators.cube,
  rules        jsonb       not null,                -- the rules and decisions in force, as they were
  made_at      timestamptz not null default now(),
  unique (audience, number)
);

create table publications.release_cell (
  release_id  bigint   not null,                    -- publications.release
  code        text     not null,
  version     integer  not null,
  school_year smallint not null,
  level       text     not null,
  unit_id     bigint   not null,
  subject     text     not null,
  breakdown   text     not null,
  category    text     not null,
  n           bigint,                               -- null when absent
  sum_y       double precision,
  sum_yy      double precision,
  vals        double precision[],
  counts      bigint[],
  absent      text,                                 -- reason why the figure is not shown; null: it is shown
  spread_absent text,                               -- reason why the distribution is not shown; null: it is, where there is one
  primary key (release_id, code, level, unit_id, school_year, subject, breakdown, category),
  check (absent is null or (n is null and sum_y is null and sum_yy is null and vals is null)),
  check (spread_absent is null or vals is null)
);

create table publications.pointer (
  audience   text   primary key,
  release_id bigint not null references publications.release
);

select migration.protect(t::regclass) from unnest(array['publications.decision', 'publications.release',
  'publications.release_cell', 'publications.pointer']) as t;

do $$
declare
  reader text;
  target text;
begin
  foreach target in array array['decision', 'release', 'release_cell', 'pointer'] loop
    foreach reader in array array['ikms_public', 'tier_school', 'tier_municipality', 'tier_analyst', 'tier_steward',
                                  'tier_protection_officer'] loop
      execute format('grant select on publications.%I to %I', target, reader);
      execute format('create policy %I on publications.%I for select to %I using (true)', reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;
