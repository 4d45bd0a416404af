-- Reports of many schools at once: a municipality's, or the ministry's for the country, for one school year. A job makes them one by
-- one with the rights of whoever asked; each is kept as soon as it is made, so that a broken-off try goes on where it ended.

create table publications.report_set (
  report_set_id   bigint      generated always as identity primary key,
  report_set_uuid uuid        not null unique default gen_random_uuid(),
  asked_by        bigint      not null,                  -- person
  mandate_id      bigint      not null,                  -- in which capacity; with its rights every report is made
  school_year     smallint    not null,
  figures         text        not null check (figures in ('released', 'own')),
  language        text        not null check (language in ('lv', 'en')),
  asked_at        timestamptz not null default now(),
  job_id          uuid,
  data_version    text,                                  -- all are made from these data; null: not begun
  schools         integer     check (schools >= 0),      -- how many there are to be; null: not begun
  made_at         timestamptz,                           -- null: not whole yet, nothing can be fetched
  cancelled_at    timestamptz,
  check ((data_version is null) = (schools is null)),
  check (made_at is null or schools is not null),
  check (made_at is null or cancelled_at is null)
);
create index on publications.report_set (mandate_id, report_set_id);
create table publications.report_file (
  report_set_id bigint      not null references publications.report_set,
  place         integer     not null check (place > 0),  -- from 1, by name of the school
  name          text        not null,                    -- of both files, without ending
  pdf           bytea,                                   -- null: the asker has no such report of this school
  xlsx          bytea,
  made_at       timestamptz not null default now(),
  primary key (report_set_id, place),
  check ((pdf is null) = (xlsx is null))
);
alter table publications.report_file alter column pdf set storage external, alter column xlsx set storage external; -- compressed already

select migration.protect(t::regclass) from unnest(array['publications.report_set', 'publications.report_file']) as t;

-- Who asked reads them, in the capacity they were asked in, for seven days.
grant usage on schema publications to tier_municipality, tier_analyst;
grant select on publications.report_set, publications.report_file to tier_municipality, tier_analyst;
grant select, insert, update on publications.report_set to ikms_definer;
grant select, delete on publications.report_file to ikms_definer;
create policy definer_works on publications.report_set for all to ikms_definer using (true) with check (true);
create policy definer_works on publications.report_file for all to ikms_definer using (true) with check (true);

grant create on schema publications, jobs to ikms_definer;
set local role ikms_definer;

-- As before, and a municipality may ask for jobs, through functions that say which.
create or replace function jobs.asker() returns bigint stable security definer
language plpgsql set search_path = '' as $$
declare
  asker bigint;
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  select m.person_id into asker from access.my_mandate() m
   where m.tier in ('steward', 'protection_officer', 'analyst', 'municipality')
      or assessments.my_duties() && array['coordinator', 'marker', 'psychometrician'];
  if asker is null then
    raise insufficient_privilege using message = 'only a steward may do this, the data protection officer, an analyst, a municipality, or who has the duty';
  end if;
  return asker;
end $$;

-- Sets of reports that the caller asked for, in the capacity of now.
create function publications.my_report_sets() returns setof bigint stable security definer
language sql set search_path = '' rows 10 as $$
  select s.report_set_id from publications.report_set s join access.my_mandate() m using (mandate_id)
   where m.tier in ('municipality', 'analyst')
$$;

-- How the job of each of them stands, and why its latest try failed.
create function publications.my_report_jobs() returns table (report_set_id bigint, state text, failure text)
stable security definer language sql set search_path = '' rows 10 as $$
  select s.report_set_id, q.state::text, j.failure
    from publications.report_set s
    left join pgboss.job q on q.name = 'reports' and q.id = s.job_id
    left join jobs.job j on j.job_id = s.job_id
   where s.report_set_id in (select publications.my_report_sets())
$$;

-- Asks for the reports of all schools of the caller's, which a job makes, and writes that into the audit trail. Null: the caller has
-- no schools, or asked for five sets within the last day, or one is still under way.
create function publications.ask_report_set(year smallint, which text, locale text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  mandate access.mandate := access.my_mandate();
  made publications.report_set;
begin
  if mandate.tier is null or mandate.tier not in ('municipality', 'analyst') then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('publications.ask_report_set', mandate.mandate_id));
  if (select count(*) from publications.report_set s
       where s.mandate_id = mandate.mandate_id and s.asked_at > now() - interval '1 day') >= 5
     or exists (select from publications.my_report_jobs() j where j.state in ('created', 'retry', 'active')) then
    return null;
  end if;
  insert into publications.report_set (asked_by, mandate_id, school_year, figures, language)
  values (mandate.person_id, mandate.mandate_id, year, which, locale) returning * into made;
  update publications.report_set s
     set job_id = jobs.ask('reports', jsonb_build_object('reportSetId', made.report_set_id), made.report_set_uuid::text)
   where s.report_set_id = made.report_set_id;
  perform access.write_audit('ask_reports', 'report set ' || made.report_set_uuid, 'done');
  return made.report_set_uuid;
end $$;

-- Stops the making of an own set and deletes what was made of it. False: it is made already, or was cancelled.
create function publications.cancel_report_set(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  stopped publications.report_set;
begin
  update publications.report_set s set cancelled_at = now()
   where s.report_set_uuid = wanted and s.made_at is null and s.cancelled_at is null
     and s.report_set_id in (select publications.my_report_sets())
  returning * into stopped;
  if not found then
    return false;
  end if;
  delete from publications.report_file f where f.report_set_id = stopped.report_set_id;
  perform jobs.cancel(stopped.job_id);
  perform access.write_audit('cancel_reports', 'report set ' || wanted, 'done');
  return true;
end $$;
revoke execute on function publications.my_report_sets(), publications.my_report_jobs(), publications.cancel_report_set(uuid),
  publications.ask_report_set(smallint, text, text) from public;
grant execute on function publications.my_report_sets(), publications.my_report_jobs(), publications.cancel_report_set(uuid),
  publications.ask_report_set(smallint, text, text) to tier_municipality, tier_analyst;
reset role;
revoke create on schema publications, jobs from ikms_definer;

do $$
declare
  reader text;
begin
  foreach reader in array array['municipality', 'analyst'] loop
    execute format('create policy %I on publications.report_set for select to %I using (report_set_id in (select publications.my_report_sets()))',
                   reader || '_reads_own', 'tier_' || reader);
    execute format('create policy %I on publications.report_file for select to %I
                      using (report_set_id in (select publications.my_report_sets()) and made_at > now() - interval ''7 days'')',
                   reader || '_reads_own', 'tier_' || reader);
  end loop;
end $$;

select pgboss.create_queue('reports', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));

alter table rights.retention no force row level security;
insert into rights.retention (kind, event, keeps, tables, name_lv, name_en, after_lv, after_en, basis_lv, basis_en, valid)
select 'report-set', 'written', interval '7 days', array['publications.report_file'],
       'Skolu pārskati, sagatavoti reizē', 'Reports of schools, made together',
       'Dzēš failus; paliek ieraksts, kas un kad prasīts', 'The files are deleted; who asked when stays',
       r.basis_lv, r.basis_en, '(,)'
  from rights.retention r where r.kind = 'upload';
alter table rights.retention force row level security;

alter table rights.processing no force row level security;
update rights.processing set retention = retention || array['report-set'] where code = 'monitoring';
alter table rights.processing force row level security;
