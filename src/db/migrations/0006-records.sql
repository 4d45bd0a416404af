-- Records: facts that arrive from other systems. Here: results of tests and exams, each in a round on a scale.

create schema records;
grant usage on schema records to ikms_public, ikms_job, ikms_backup,
  tier_school, tier_municipality, tier_analyst, tier_steward, tier_protection_officer;

create table records.scale (
  scale_id  bigint generated always as identity primary key,
  code      text             not null unique,
  name_lv   text             not null,
  name_en   text             not null,
  minimum   double precision not null,             -- points of the scale
  maximum   double precision not null,
  check (minimum < maximum)
);

-- One sitting of one test: the round. Rounds of the same subject on the same scale form a series over years.
create table records.assessment (
  assessment_id   bigint generated always as identity primary key,
  assessment_uuid uuid     not null unique default gen_random_uuid(),
  code            text     not null unique,        -- 'alevel-chemistry-1997'
  subject         text     not null,               -- 'alevel-chemistry': what a cell is about
  name_lv         text     not null,
  name_en         text     not null,
  school_year     smallint not null,
  grade           smallint,                        -- the tested grade; null: not tied to one
  held_on         date,
  scale_id        bigint   not null references records.scale,
  starts_from     bigint   references records.assessment,   -- the earlier round a learner's progress is measured from
  import_id       bigint   not null references intake.import
);

create table records.result (
  learner_id     bigint           not null,
  institution_id bigint           not null,        -- where the learner was enrolled when tested
  assessment_id  bigint           not null,
  value          double precision not null,        -- points of the round's scale
  status         text             not null check (status in ('preliminary', 'after_appeal', 'official')),
  import_id      bigint           not null,
  line           bigint           not null,
  row_hash       bigint           not null,
  superseded_by  bigint
);
create index on records.result (learner_id) where superseded_by is null;
create index on records.result (assessment_id) where superseded_by is null;

select migration.protect(t::regclass) from unnest(array['records.scale', 'records.assessment', 'records.result']) as t;

do $$
declare
  reader text;
  target text;
begin
  foreach target in array array['scale', 'assessment'] loop
    foreach reader in array array['ikms_public', 'tier_school', 'tier_municipality', 'tier_analyst', 'tier_steward',
                                  'tier_protection_officer'] loop
      execute format('grant select on records.%I to %I', target, reader);
      execute format('create policy %I on records.%I for select to %I using (true)', reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;
grant select on records.result to tier_school;
create policy school_reads_own on records.result for select to tier_school
  using (institution_id in (select access.my_schools()));

-- Where figures come from: an analyst walks a figure back to files and lines, without touching a learner.
grant select (institution_id, assessment_id, import_id, line, superseded_by) on records.result to tier_analyst;
grant select (institution_id, school_year, main, valid, import_id, line, superseded_by) on registry.enrolment to tier_analyst;
create policy analyst_traces on records.result for select to tier_analyst using (true);
create policy analyst_traces on registry.enrolment for select to tier_analyst using (true);
