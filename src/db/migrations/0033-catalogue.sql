-- The catalogue, whole: rules for what the new indicators are about, where they are public, what is aimed at and from which year
-- on a series cannot be compared, and which schools are alike.

-- 1. Rules of disclosure. That nobody repeats, leaves or is overloaded may be told: it harms nobody.
alter table disclosure.rule no force row level security;
insert into disclosure.rule (audience, topic, minimum, group_disclosure, decimals, valid, reason_lv, reason_en)
select 'public', topic, minimum, hides_alike, decimals, '[1990-01-01,)',
       'Skaitlis, kas attiecas uz mazāk nekā ' || lv || ', varētu atklāt atsevišķu cilvēku.',
       'A figure about fewer than ' || en || ' could reveal a single person.'
  from (values
    ('progression', 5, false, null::smallint, 'pieciem skolēniem', 'five pupils'),
    ('staff', 5, false, 4, 'pieciem cilvēkiem', 'five people'),
    ('attendance', 10, true, 4, 'desmit skolēniem', 'ten pupils'),
    ('resources', 5, false, 2, 'pieciem cilvēkiem', 'five people'),
    ('programmes', 5, false, 4, 'pieciem cilvēkiem', 'five people'),
    ('network', 5, false, 2, 'pieciem cilvēkiem', 'five people')
  ) as t (topic, minimum, hides_alike, decimals, lv, en);
alter table disclosure.rule force row level security;

-- 2. Where they are public. What tells of single people's ways or work stays with the school; what tells of the school is public.
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['STF-01', 'STF-05', 'RES-02', 'RES-03']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select code, level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa skaitli redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Vispārīga statistika, ko likums ļauj publicēt.' end,
       case when level = 'school'
         then 'The figure of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'General statistics that the law allows to publish.' end
  from unnest(array['CON-01', 'CON-02', 'CON-03', 'CON-05', 'CON-06', 'STF-02', 'STF-03', 'STF-04', 'STF-06',
                    'STF-07', 'STF-08', 'EQU-04', 'ADM-03']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level;
-- Pupils who stayed in their grade can be cut freely and are told with noise; they are not told exactly as well (decision 6).
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select 'CON-04', level, 'public', false, '[1990-01-01,)'::daterange,
       'Šos skolēnus publiski rāda brīvajās tabulās, kur skaitļiem ir pievienots troksnis.',
       'These pupils are told to the public in free tables, where figures carry noise.'
  from unnest(array['state', 'region', 'municipality', 'school']) as level;
alter table publications.decision force row level security;

-- What the new topics tell of is told exactly, and so never with noise.
alter table disclosure.population no force row level security;
alter table disclosure.data_set no force row level security;
insert into disclosure.population (population, regime, people_lv, people_en) values
  ('learners_of_a_year', 'fixed', 'mācību gada skolēni', 'pupils of a school year'),
  ('staff_on_1_october', 'fixed', 'darbinieki 1. oktobrī', 'staff on 1 October');
insert into disclosure.data_set (data_set, population, regime, topic, sensitive, name_lv, name_en, valid) values
  ('progression', 'learners_of_a_year', 'fixed', 'progression', false, 'Izglītības gaita', 'Ways through education', '[1990-01-01,)'),
  ('attendance', 'learners_of_a_year', 'fixed', 'attendance', false, 'Kavējumi', 'Absence', '[1990-01-01,)'),
  ('staff', 'staff_on_1_october', 'fixed', 'staff', false, 'Darbinieki', 'Staff', '[1990-01-01,)'),
  ('resources', 'learners_on_1_october', 'fixed', 'resources', false, 'Resursi', 'Resources', '[1990-01-01,)'),
  ('programmes', 'learners_on_1_october', 'fixed', 'programmes', false, 'Programmas un stundas', 'Programmes and lessons', '[1990-01-01,)'),
  ('network', 'learners_on_1_october', 'fixed', 'network', false, 'Skolu tīkls', 'Network of schools', '[1990-01-01,)'),
  ('special-needs', 'learners_on_1_october', 'fixed', 'special_needs', true, 'Speciālās vajadzības', 'Special needs', '[1990-01-01,)');
alter table disclosure.population force row level security;
alter table disclosure.data_set force row level security;

-- 3. What is aimed at, as dated lines: never of a single school.
create table indicators.target (
  target_id bigint generated always as identity primary key,
  code      text             not null,               -- of the indicator
  subject   text             not null default '-',
  level     text             not null check (level in ('state', 'region', 'municipality')),
  unit_id   bigint           references registry.territory,   -- null: every unit of the level
  value     double precision not null,               -- in the unit of the indicator; a share is 0–1
  valid     daterange        not null check (not isempty(valid)),
  source_lv text             not null,               -- the document that sets it
  source_en text             not null
);
create index on indicators.target (code);

-- 4. From which school year on a series cannot be compared with the years before, whatever its formula says.
create table indicators.series_break (
  code        text     not null,
  subject     text     not null default '-',         -- '-': all subjects
  school_year smallint not null,                     -- the first one that is different
  words_lv    text     not null,
  words_en    text     not null,
  primary key (code, subject, school_year)
);

-- 5. Which schools are alike in a school year, nearest first, with the distance; made with the cube.
create table indicators.similar (
  cube_id        bigint           not null references indicators.cube on delete cascade,
  school_year    smallint         not null,
  institution_id bigint           not null,
  with_context   boolean          not null,          -- whether the context of families was among what was compared
  others         bigint[]         not null,          -- institutions
  distances      real[]           not null,          -- 0 alike … 1 opposite ends of the country in everything
  primary key (cube_id, school_year, institution_id)
);

select migration.protect(t::regclass) from unnest(array['indicators.target', 'indicators.series_break',
  'indicators.similar']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['target', 'series_break', 'similar'] loop
    execute format('grant select on indicators.%I to ikms_public', target);
    execute format('create policy ikms_public_reads on indicators.%I for select to ikms_public using (true)', target);
  end loop;
end $$;
select migration.open_to_tiers();

-- 6. Facts of one school year are found without reading all years: they lie in the table year by year.
create index on registry.enrolment using brin (school_year) with (pages_per_range = 32, autosummarize = on);
