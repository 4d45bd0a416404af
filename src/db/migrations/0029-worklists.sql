-- Worklists: what waits for whom. Mostly read from what other modules own; what is kept here is that a municipality reminded a
-- school of what its records still lack.

create schema worklists;
grant usage on schema worklists to ikms_job, ikms_backup, ikms_definer, tier_school, tier_municipality;

create table worklists.reminder (
  reminder_id    bigint      generated always as identity primary key,
  reminder_uuid  uuid        not null unique default gen_random_uuid(),
  institution_id bigint      not null references registry.institution,  -- the school that is reminded
  territory_id   bigint      not null references registry.territory,    -- the municipality that reminds
  about          text        not null check (about in ('findings')),
  open           integer     not null check (open > 0),                 -- how much stood at that time
  asked_by       bigint      not null,                                  -- person
  made_at        timestamptz not null default now()
);
create index on worklists.reminder (institution_id, made_at desc);

select migration.protect('worklists.reminder');
grant select (reminder_id, reminder_uuid, institution_id, territory_id, about, open, made_at) on worklists.reminder
  to tier_school, tier_municipality;
create policy school_reads_own on worklists.reminder for select to tier_school
  using (institution_id in (select access.my_schools()));
create policy municipality_reads_own on worklists.reminder for select to tier_municipality
  using (territory_id in (select u.unit_id from access.my_units() u where u.level = 'municipality'));
grant select, insert on worklists.reminder to ikms_definer;
create policy definer_works on worklists.reminder for all to ikms_definer using (true) with check (true);

grant usage on schema checks to ikms_definer;
grant select on checks.run, checks.score to ikms_definer;
create policy definer_reads on checks.run for select to ikms_definer using (true);
create policy definer_reads on checks.score for select to ikms_definer using (true);

grant create on schema worklists to ikms_definer;
set local role ikms_definer;

-- Reminds a school of its municipality of what the latest checks found, at most once in seven days, and writes it into the
-- audit trail. Answers 'made', 'too_soon' or 'nothing_open'; null where the caller does not answer for the school.
create function worklists.remind(school uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  mandate access.mandate := access.my_mandate();
  own bigint;
  standing integer;
begin
  select i.institution_id into own from registry.institution i
   where i.institution_uuid = school and mandate.tier = 'municipality'
     and i.institution_id in (select u.unit_id from access.my_units() u where u.level = 'school');
  if own is null then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('worklists.remind', own)); -- two clerks at once remind once
  select coalesce(sum(s.faults), 0) into standing from checks.score s
   where s.institution_id = own and s.run_id = (select max(r.run_id) from checks.run r);
  if standing = 0 then
    return 'nothing_open';
  end if;
  if exists (select from worklists.reminder r where r.institution_id = own and r.territory_id = mandate.territory_id
                and r.made_at > now() - interval '7 days') then
    return 'too_soon';
  end if;
  insert into worklists.reminder (institution_id, territory_id, about, open, asked_by)
  values (own, mandate.territory_id, 'findings', standing, mandate.person_id);
  perform access.write_audit('remind_school', 'institution ' || school, 'done');
  return 'made';
end $$;

-- When what the register says of the caller's institutions last changed: the end of the latest import that brought something
-- new of them, their classes, their staff or this year's learners.
create function worklists.changed() returns table (institution_id bigint, changed_at timestamptz)
language sql stable security definer set search_path = '' as $$
  with own as (
    select s as institution_id from access.my_schools() s
    union
    select u.unit_id from access.my_units() u where u.level = 'school'
  ), latest as (
    select own.institution_id,
           greatest(
             (select max(v.import_id) from registry.institution_version v
               where v.institution_id = own.institution_id and v.superseded_by is null),
             (select max(c.import_id) from registry.class_group_version c
               where c.institution_id = own.institution_id and c.superseded_by is null),
             (select max(m.import_id) from registry.employment m
               where m.institution_id = own.institution_id and m.superseded_by is null),
             (select max(e.import_id) from registry.enrolment e
               where e.institution_id = own.institution_id and e.superseded_by is null
                 and e.school_year = extract(year from access.today() - interval '8 months')::int + 1)) as import_id -- from September
      from own
  )
  select l.institution_id, i.finished_at from latest l join intake.import i on i.import_id = l.import_id
$$;
revoke execute on function worklists.remind(uuid), worklists.changed() from public;
grant execute on function worklists.remind(uuid) to tier_municipality;
grant execute on function worklists.changed() to tier_school, tier_municipality;
reset role;
revoke create on schema worklists from ikms_definer;
