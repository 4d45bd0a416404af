-- Checks: what in the bank cannot be so or is rarely so, since when, and where it is corrected. Found by asking every record of a
-- kind one question; gone when the source no longer says so.

create schema checks;
grant usage on schema checks to ikms_job, ikms_backup, ikms_definer, tier_school, tier_municipality, tier_analyst, tier_steward;

-- From where on something is doubtful: dated, as every rule.
create table checks.threshold (
  check_code text             not null,
  name       text             not null,
  value      double precision not null,
  valid      daterange        not null check (not isempty(valid)),
  primary key (check_code, name, valid)
);

-- One asking of all checks, as the bank was known after an import.
create table checks.run (
  run_id       bigint      generated always as identity primary key,
  run_uuid     uuid        not null unique default gen_random_uuid(),
  as_of_import bigint      not null references intake.import,
  imported_at  timestamptz not null,                -- when that import ended; schools do not read the list of imports
  school_year  smallint    not null,
  asked_on     date        not null,
  made_at      timestamptz not null default now()
);

-- How many records of an institution were asked about, and of how many the answer was bad.
create table checks.score (
  run_id         bigint  not null references checks.run,
  check_code     text    not null,
  institution_id bigint  not null,
  asked          integer not null check (asked > 0),
  faults         integer not null check (faults between 0 and asked),
  primary key (run_id, institution_id, check_code)
);

-- What was found, from the run that found it to the run that no longer did.
create table checks.finding (
  finding_id     bigint   generated always as identity primary key,
  finding_uuid   uuid     not null unique default gen_random_uuid(),
  check_code     text     not null,
  institution_id bigint   not null,
  subject        text     not null check (subject in ('institution', 'site', 'class', 'learner', 'staff')),
  subject_id     bigint   not null,                  -- of that kind; for institutions the institution's own
  school_year    smallint not null,
  detail         jsonb    not null,                  -- codes, days and numbers; never of an identity
  import_id      bigint   not null,                  -- of the record, as it is now
  line           bigint   not null,
  found_run      bigint   not null references checks.run,
  gone_run       bigint   references checks.run      -- null: it stands
);
create unique index on checks.finding (check_code, institution_id, subject_id) where gone_run is null;
create index on checks.finding (institution_id) where gone_run is null;
create index on checks.finding (gone_run);

select migration.protect(t::regclass) from unnest(array['checks.threshold', 'checks.run', 'checks.score', 'checks.finding']) as t;

-- A school sees what is to be corrected; a municipality what is not about people; scores are for whoever answers for the data.
do $$
declare
  reader text;
begin
  foreach reader in array array['school', 'municipality', 'analyst', 'steward'] loop
    execute format('grant select on checks.threshold, checks.run, checks.score to %I', 'tier_' || reader);
    execute format('create policy %I on checks.threshold for select to %I using (true)', reader || '_reads', 'tier_' || reader);
    execute format('create policy %I on checks.run for select to %I using (true)', reader || '_reads', 'tier_' || reader);
  end loop;
end $$;
create policy school_reads_own on checks.score for select to tier_school
  using (institution_id in (select access.my_schools()));
create policy municipality_reads_own on checks.score for select to tier_municipality
  using (institution_id in (select u.unit_id from access.my_units() u where u.level = 'school'));
create policy analyst_reads on checks.score for select to tier_analyst using (true);
create policy steward_reads on checks.score for select to tier_steward using (true);
grant select on checks.finding to tier_school, tier_municipality;
create policy school_reads_own on checks.finding for select to tier_school
  using (institution_id in (select access.my_schools()));
create policy municipality_reads_own on checks.finding for select to tier_municipality
  using (subject in ('institution', 'site', 'class')
         and institution_id in (select u.unit_id from access.my_units() u where u.level = 'school'));

-- What a finding is about is named by tables a municipality reads already; a school reads sites and classes as everybody does.
alter table checks.threshold no force row level security;
insert into checks.threshold (check_code, name, value, valid) values
  ('site.outside_the_country', 'south', 55.6, '(,)'),        -- Latvia with its coast, degrees
  ('site.outside_the_country', 'north', 58.1, '(,)'),
  ('site.outside_the_country', 'west', 20.9, '(,)'),
  ('site.outside_the_country', 'east', 28.3, '(,)'),
  ('institution.over_capacity', 'times', 1.1, '(,)'),
  ('class.too_large', 'most', 40, '(,)'),
  ('enrolment.age_and_grade', 'years', 2, '(,)'),
  ('enrolment.age_and_grade', 'firstGradeAge', 7, '(,)'),
  ('enrolment.age_and_grade', 'lastGrade', 9, '(,)'),        -- later grades are open to adults
  ('enrolment.left_for_nowhere', 'days', 30, '(,)'),
  ('enrolment.left_for_nowhere', 'compulsoryAge', 18, '(,)'),
  ('enrolment.very_short', 'days', 7, '(,)'),
  ('enrolment.long_way', 'minutes', 120, '(,)'),
  ('enrolment.missing_this_year', 'compulsoryAge', 18, '(,)'),
  ('enrolment.missing_this_year', 'lastGrade', 9, '(,)'),
  ('staff.overloaded', 'rates', 1.5, '(,)'),
  ('staff.age', 'youngest', 18, '(,)'),
  ('staff.age', 'oldest', 80, '(,)'),
  ('staff.many_lessons', 'lessonsPerRate', 30, '(,)'),
  ('result.long_preliminary', 'days', 180, '(,)');
alter table checks.threshold force row level security;

-- Sealed identity of own learners whom findings are about; every learner returned is written down.
grant create on schema identity to ikms_definer;
set local role ikms_definer;
create function identity.read_some(institution bigint, learners bigint[])
returns table (learner_id bigint, sealed_code bytea, sealed_name bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
  place uuid;
begin
  if institution not in (select access.my_schools()) then
    return;
  end if;
  own := array(select distinct e.learner_id from registry.enrolment e
                where e.learner_id = any (learners) and e.institution_id = institution and e.superseded_by is null);
  if cardinality(own) = 0 then
    return;
  end if;
  select i.institution_uuid into place from registry.institution i where i.institution_id = institution;
  perform access.write_audit('read_learners', 'institution ' || place, 'shown', own);
  return query select p.learner_id, p.sealed_code, p.sealed_name from identity.person p where p.learner_id = any (own);
end $$;

-- Names of own staff, for the same purpose.
create function identity.read_staff(institution bigint, staff bigint[])
returns table (staff_id bigint, sealed_code bytea, sealed_name bytea)
language sql stable security definer set search_path = '' as $$
  select s.staff_id, s.sealed_code, s.sealed_name from identity.staff s
   where institution in (select access.my_schools()) and s.staff_id = any (staff)
     and exists (select from registry.employment e where e.staff_id = s.staff_id and e.institution_id = institution
                    and e.superseded_by is null)
$$;
revoke execute on function identity.read_some(bigint, bigint[]), identity.read_staff(bigint, bigint[]) from public;
grant execute on function identity.read_some(bigint, bigint[]), identity.read_staff(bigint, bigint[]) to tier_school;
reset role;
revoke create on schema identity from ikms_definer;

select pgboss.create_queue('checks', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
