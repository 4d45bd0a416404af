-- Extracts: pseudonymous files of records for the ministry's analyst, each checked against its demand before it is written. They lie
-- in parts, so that neither making nor fetching one holds a whole file.

create table disclosure.extract (
  extract_id   bigint      generated always as identity primary key,
  extract_uuid uuid        not null unique default gen_random_uuid(),
  purpose      text        not null check (purpose in ('secure_room')),
  first_year   smallint    not null,                  -- school years, both included
  last_year    smallint    not null,
  asked_by     bigint      not null,                  -- person
  asked_at     timestamptz not null default now(),
  as_of_import bigint,                                -- the bank as it was known; null: not made yet
  key_id       text,                                  -- master key that the pseudonyms come from
  made_at      timestamptz,
  codebook     jsonb,                                 -- files with columns, rows, how coarse, what was left out; never a record
  check (first_year <= last_year and last_year < first_year + 12),
  check ((made_at is null) = (codebook is null) and (made_at is null) = (as_of_import is null))
);
create table disclosure.extract_part (
  extract_id bigint      not null references disclosure.extract,
  file       text        not null,                    -- learners-2026.parquet
  part       integer     not null,                    -- from 0, without gaps
  bytes      bytea       not null,
  made_at    timestamptz not null default now(),
  primary key (extract_id, file, part)
);
alter table disclosure.extract_part alter column bytes set storage external; -- compressed already

select migration.protect(t::regclass) from unnest(array['disclosure.extract', 'disclosure.extract_part']) as t;

-- Who asked reads it, for thirty days, as long as the mandate as analyst lasts; nobody else.
grant select (extract_id, extract_uuid, purpose, first_year, last_year, asked_at, as_of_import, made_at, codebook)
  on disclosure.extract to tier_analyst;
grant select on disclosure.extract_part to tier_analyst;
grant select, insert on disclosure.extract to ikms_definer;
create policy definer_works on disclosure.extract for all to ikms_definer using (true) with check (true);

grant create on schema disclosure, jobs to ikms_definer;
set local role ikms_definer;

-- Extracts that the caller asked for.
create function disclosure.my_extracts() returns setof bigint stable security definer
language sql set search_path = '' rows 10 as $$
  select x.extract_id from disclosure.extract x join access.my_mandate() m on m.person_id = x.asked_by
   where m.tier = 'analyst'
$$;

-- Only those who may ask for something have the right to call what calls this; who they are is told here.
create or replace function jobs.asker() returns bigint stable security definer
language plpgsql set search_path = '' as $$
declare
  asker bigint;
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  select m.person_id into asker from access.my_mandate() m where m.tier in ('steward', 'protection_officer', 'analyst');
  if asker is null then
    raise insufficient_privilege using message = 'only a steward may do this, the data protection officer, or an analyst';
  end if;
  return asker;
end $$;

-- Asks for an extract, which a job makes, and writes that into the audit trail. Null: the caller is no analyst, or has asked for
-- five within the last day.
create function disclosure.ask_extract(since smallint, until smallint) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  mandate access.mandate := access.my_mandate();
  made disclosure.extract;
begin
  if mandate.tier is distinct from 'analyst' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('disclosure.ask_extract', mandate.person_id));
  if (select count(*) from disclosure.extract x
       where x.asked_by = mandate.person_id and x.asked_at > now() - interval '1 day') >= 5 then
    return null;
  end if;
  insert into disclosure.extract (purpose, first_year, last_year, asked_by)
  values ('secure_room', since, until, mandate.person_id) returning * into made;
  perform jobs.ask('extract', jsonb_build_object('extractId', made.extract_id), made.extract_uuid::text);
  perform access.write_audit('ask_extract', 'extract ' || made.extract_uuid, 'done');
  return made.extract_uuid;
end $$;
revoke execute on function disclosure.my_extracts(), disclosure.ask_extract(smallint, smallint) from public;
grant execute on function disclosure.my_extracts(), disclosure.ask_extract(smallint, smallint) to tier_analyst;
reset role;
revoke create on schema disclosure, jobs from ikms_definer;

create policy analyst_reads_own on disclosure.extract for select to tier_analyst
  using (extract_id in (select disclosure.my_extracts()));
create policy analyst_reads_own on disclosure.extract_part for select to tier_analyst
  using (extract_id in (select disclosure.my_extracts()) and made_at > now() - interval '30 days');

select pgboss.create_queue('extract', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));

alter table rights.retention no force row level security;
insert into rights.retention (kind, event, keeps, tables, name_lv, name_en, after_lv, after_en, basis_lv, basis_en, valid)
select 'extract', 'written', interval '30 days', array['disclosure.extract_part'],
       'Ierakstu izraksti analītiķim, ar pseidonīmiem', 'Extracts of records for the analyst, under pseudonyms',
       'Dzēš failus; paliek ieraksts, kas un kad prasīts, un kodu grāmata', 'The files are deleted; who asked when and the codebook stay',
       r.basis_lv, r.basis_en, '(,)'
  from rights.retention r where r.kind = 'upload';
alter table rights.retention force row level security;

-- What is done with whose data is told to everybody, this too.
alter table rights.processing no force row level security;
insert into rights.processing (code, place, purpose_lv, purpose_en, basis_lv, basis_en, people_lv, people_en, data_lv, data_en,
  recipients_lv, recipients_en, retention, valid)
select 'extracts', 6, 'Ministrijas analīze: ierakstu izraksti ar pseidonīmiem darbam drošā vidē',
       'Analysis by the ministry: extracts of records under pseudonyms, for work in a secure environment',
       p.basis_lv, p.basis_en, 'Skolēni', 'Learners',
       'Pašvaldība, klase, dzimums, vecums, pārbaudījumu rezultāti, kavējumi, speciālas vajadzības: apvienoti tā, ka neviens neizceļas; bez vārda un koda',
       'Municipality, grade, sex, age, results of tests, absence, special needs: joined so that nobody stands out; without name and code',
       'Ministrijas analītiķis, kas izrakstu prasījis', 'The analyst of the ministry who asked for the extract',
       array['extract'], '(,)'
  from rights.processing p where p.code = 'monitoring';
alter table rights.processing force row level security;
