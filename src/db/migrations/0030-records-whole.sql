-- Records, whole in shape: kinds and parts of tests, marks, absence, lessons, money, people by age, where learners went, and their
-- context. Registry: posts that wait for somebody.
--
-- Times as in 0003: import_id and superseded_by say when we knew it, line is the line of the import's file, row_hash is of everything
-- said here but import and line. Facts of learners have one row a learner and year, lists in it: a row a mark would be fifty times as
-- many.

-- 1. Tests: what kind, which level, from how many points on they are passed, and which parts they have.
alter table records.assessment
  add column kind          text not null default 'exam' check (kind in ('monitoring', 'exam', 'diagnostic')),
  add column level         text check (level in ('OL', 'AL')),      -- optimal, advanced; null: the test has no levels
  add column threshold     double precision,                        -- points of the scale; fewer are not passed
  add column part_names    text[],
  add column part_maxima   double precision[],                      -- points, in the order of the names
  add check (cardinality(part_names) is not distinct from cardinality(part_maxima));
alter table records.result
  add column parts         double precision[];                      -- points a part, in the order of the test; null in it: missing

-- 2. Marks of a learner in a school year, subject by subject: 1–10, or levels 1–4 (S, T, A, P).
create table records.marks (
  learner_id     bigint     not null,
  institution_id bigint     not null,
  school_year    smallint   not null,
  grade          smallint   check (grade between 0 and 13),
  scale          text       not null check (scale in ('ten', 'levels')),
  subjects       text[]     not null,
  first_term     smallint[] not null,                               -- by the order of subjects; null: none
  second_term    smallint[] not null,
  year_mark      smallint[] not null,
  import_id      bigint     not null,
  line           bigint     not null,
  row_hash       bigint     not null,
  superseded_by  bigint,
  check (cardinality(first_term) = cardinality(subjects) and cardinality(second_term) = cardinality(subjects)
         and cardinality(year_mark) = cardinality(subjects))
);
create index on records.marks (learner_id, school_year) where superseded_by is null;
create index on records.marks (school_year);

-- 3. Lessons missed, month by month: September … June.
create table records.absence (
  learner_id     bigint     not null,
  institution_id bigint     not null,
  school_year    smallint   not null,
  lessons        smallint[] not null check (cardinality(lessons) = 10),      -- held for the learner
  excused        smallint[] not null check (cardinality(excused) = 10),      -- missed with an excuse
  unexcused      smallint[] not null check (cardinality(unexcused) = 10),
  import_id      bigint     not null,
  line           bigint     not null,
  row_hash       bigint     not null,
  superseded_by  bigint
);
create index on records.absence (learner_id, school_year) where superseded_by is null;
create index on records.absence (school_year);

-- 4. Lessons of a class in its school year, and how many the sample plan of the standard has.
create table records.lesson_delivery (
  class_group_id bigint     not null,
  subjects       text[]     not null,
  planned        smallint[] not null,
  delivered      smallint[] not null,                               -- null: not said
  import_id      bigint     not null,
  line           bigint     not null,
  row_hash       bigint     not null,
  superseded_by  bigint,
  check (cardinality(planned) = cardinality(subjects) and cardinality(delivered) = cardinality(subjects))
);
create index on records.lesson_delivery (class_group_id) where superseded_by is null;

create table records.sample_plan (
  programme_code text     not null,
  grade          smallint not null check (grade between 0 and 13),
  subject        text     not null,
  lessons        smallint not null check (lessons >= 0),            -- in the school year
  since          date,                                              -- null: always so far
  until          date,                                              -- last day; null: until further notice
  import_id      bigint   not null,
  line           bigint   not null,
  row_hash       bigint   not null,
  superseded_by  bigint
);
create index on records.sample_plan (programme_code, grade) where superseded_by is null;

-- 5. Money of an institution in a calendar year, EUR. Null: the source does not say.
create table records.finance (
  institution_id     bigint   not null,
  year               smallint not null,
  salary_state_grant numeric(14, 2) check (salary_state_grant >= 0),
  salary_municipal   numeric(14, 2) check (salary_municipal >= 0),
  maintenance        numeric(14, 2) check (maintenance >= 0),
  transport          numeric(14, 2) check (transport >= 0),
  meals              numeric(14, 2) check (meals >= 0),
  other              numeric(14, 2) check (other >= 0),
  import_id          bigint   not null,
  line               bigint   not null,
  row_hash           bigint   not null,
  superseded_by      bigint
);
create index on records.finance (institution_id, year) where superseded_by is null;

-- 6. People by age and sex on 1 January.
create table records.population (
  territory_id  bigint   not null,
  year          smallint not null,
  age           smallint not null check (age between 0 and 100),    -- 100: and older
  sex           text     not null check (sex in ('female', 'male', 'unknown')),
  people        integer  not null check (people >= 0),
  import_id     bigint   not null,
  line          bigint   not null,
  row_hash      bigint   not null,
  superseded_by bigint
);
create index on records.population (territory_id, year, age) where superseded_by is null;

-- 7. Where learners went on to, and their context: the fifth of the population their family belongs to by its socio-economic position.
create table records.destination (
  learner_id    bigint not null,
  kind          text   not null check (kind in ('higher_education', 'abroad', 'work', 'other')),
  on_day        date   not null,                                    -- from this day on
  place         text,                                               -- code of the institution
  import_id     bigint not null,
  line          bigint not null,
  row_hash      bigint not null,
  superseded_by bigint
);
create index on records.destination (learner_id) where superseded_by is null;

create table records.context (
  learner_id    bigint   not null,
  school_year   smallint not null,
  quintile      smallint not null check (quintile between 1 and 5), -- 1 lowest … 5 highest
  import_id     bigint   not null,
  line          bigint   not null,
  row_hash      bigint   not null,
  superseded_by bigint
);
create index on records.context (learner_id, school_year) where superseded_by is null;
create index on records.context (school_year);

-- 8. Posts that wait, or waited, for somebody.
create table registry.vacancy (
  institution_id bigint   not null,
  code           text     not null,                                 -- of the source
  position_code  text     not null,
  subject_code   text,
  rate           double precision not null check (rate >= 0),       -- 1 is a full load
  open_on        date     not null,
  filled_on      date,                                              -- null: still open
  import_id      bigint   not null,
  line           bigint   not null,
  row_hash       bigint   not null,
  superseded_by  bigint
);
create index on registry.vacancy (code) where superseded_by is null;
create index on registry.vacancy (institution_id) where superseded_by is null;

select migration.protect(t::regclass) from unnest(array['records.marks', 'records.absence', 'records.lesson_delivery',
  'records.sample_plan', 'records.finance', 'records.population', 'records.destination', 'records.context',
  'registry.vacancy']) as t;

-- Sample plans and people by age are public. A learner and the parents read what is about the learner; class teachers and schools
-- what is about their own; nobody but the family and the jobs reads where somebody went on to, or the context of a family.
grant usage on schema records to tier_learner, tier_parent, tier_teacher, tier_support, tier_inspector, tier_researcher;
do $$
declare
  reader text;
  target text;
begin
  for reader in select rolname from pg_roles where rolname = 'ikms_public' or rolname like 'tier\_%' loop
    foreach target in array array['sample_plan', 'population'] loop
      execute format('grant select on records.%I to %I', target, reader);
      execute format('create policy %I on records.%I for select to %I using (true)', reader || '_reads', target, reader);
    end loop;
  end loop;
  foreach target in array array['marks', 'absence', 'destination', 'context'] loop
    foreach reader in array array['learner', 'parent'] loop
      execute format('grant select on records.%I to %I', target, 'tier_' || reader);
      execute format('create policy %I on records.%I for select to %I
        using (learner_id in (select access.my_learner()))', reader || '_reads_own', target, 'tier_' || reader);
    end loop;
  end loop;
  foreach target in array array['marks', 'absence'] loop
    execute format('grant select on records.%I to tier_teacher', target);
    execute format('create policy teacher_reads_own on records.%I for select to tier_teacher
      using (learner_id in (select access.my_learners()))', target);
  end loop;
  foreach target in array array['records.marks', 'records.absence', 'records.finance', 'registry.vacancy'] loop
    execute format('grant select on %s to tier_school', target);
    execute format('create policy school_reads_own on %s for select to tier_school
      using (institution_id in (select access.my_schools()))', target);
  end loop;
end $$;
grant select on records.lesson_delivery to tier_school;
create policy school_reads_own on records.lesson_delivery for select to tier_school
  using (class_group_id in (select v.class_group_id from registry.class_group_version v
                             where v.institution_id in (select access.my_schools())));

-- Where figures come from, without touching a learner.
grant select (institution_id, school_year, import_id, line, superseded_by) on records.marks, records.absence to tier_analyst;
grant select (class_group_id, import_id, line, superseded_by) on records.lesson_delivery to tier_analyst;
grant select (institution_id, year, import_id, line, superseded_by) on records.finance to tier_analyst;
grant select (kind, on_day, import_id, line, superseded_by) on records.destination to tier_analyst;
grant select (school_year, import_id, line, superseded_by) on records.context to tier_analyst;
grant select (institution_id, open_on, filled_on, import_id, line, superseded_by) on registry.vacancy to tier_analyst;
do $$
declare
  target text;
begin
  foreach target in array array['records.marks', 'records.absence', 'records.lesson_delivery', 'records.finance',
                                'records.destination', 'records.context', 'registry.vacancy'] loop
    execute format('create policy analyst_traces on %s for select to tier_analyst using (true)', target);
  end loop;
end $$;

-- Kept as results are.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['records.marks', 'records.absence', 'records.destination', 'records.context']
 where kind in ('learner_record', 'superseded');
alter table rights.retention force row level security;

-- Context comes from the statistics office alone, which joins it and gives a fifth, never an income. Off until its basis is entered.
alter table rights.linkage no force row level security;
alter table rights.linkage_switch no force row level security;
insert into rights.linkage (code, place, name_lv, name_en, purpose_lv, purpose_en, basis_lv, basis_en) values
  ('context', 5, 'Izglītības reģistrs × statistikas pārvaldes dati par mājsaimniecībām',
   'Education register × data of the statistics office on households',
   'Rādītāji pa sociāli ekonomiskajām piektdaļām; piektdaļu nosaka statistikas pārvalde, ienākumi uz šejieni nenāk',
   'Indicators by socio-economic fifth; the statistics office finds the fifth, no income comes here',
   'Pieņēmums: Statistikas likums un Datu regulas (ES) 2016/679 6. panta 1. punkta e) apakšpunkts. Kamēr datu pārzinis normu nav ierakstījis, sasaiste ir izslēgta.',
   'Assumption: the Statistics Law and Regulation (EU) 2016/679, Article 6(1)(e). Off until the controller enters the provision.');
insert into rights.linkage_switch (linkage, is_on) values ('context', false);
alter table rights.linkage force row level security;
alter table rights.linkage_switch force row level security;

-- Learning at home in the family is a form of a programme, too.
alter table registry.programme
  drop constraint programme_form_check,
  add constraint programme_form_check check (form in ('full_time', 'evening', 'part_time', 'distance', 'home'));
