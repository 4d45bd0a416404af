-- Rights of the people in the data: how long what is kept, what was destroyed and when, and who asked not to be counted.

create schema rights;
grant usage on schema rights to ikms_public, ikms_job, ikms_backup, ikms_definer, tier_learner, tier_parent, tier_steward,
  tier_protection_officer;

-- 1. Retention: how long each kind of record is kept, from which event, and what then happens. Dated: a rule is never
-- edited, it ends and another begins. Every table that holds a person or what a person wrote is named by one of them.
create table rights.retention (
  kind     text      not null,
  event    text      not null check (event in ('end_of_studies', 'employment_ended', 'superseded', 'import_ended', 'arrived',
                       'representation_ended', 'expired', 'written', 'mandate_ended', 'ended', 'never')),
  keeps    interval,                                 -- from the event on; null: for as long as the system is needed
  tables   text[]    not null,                       -- schema.table
  name_lv  text      not null,
  name_en  text      not null,
  after_lv text      not null,                       -- what happens when the time is over
  after_en text      not null,
  basis_lv text      not null,
  basis_en text      not null,
  valid    daterange not null check (not isempty(valid)),
  primary key (kind, valid),
  check ((keeps is null) = (event = 'never'))
);

-- 2. What was destroyed, and when. A dry run counts and destroys nothing.
create table rights.run (
  run_id      bigint      generated always as identity primary key,
  run_uuid    uuid        not null unique default gen_random_uuid(),
  due_on      date        not null,                  -- what was due on this day
  dry         boolean     not null,
  state       text        not null default 'asked' check (state in ('asked', 'running', 'done')),
  asked_by    bigint,                                -- access.person; null: the command line or the calendar
  asked_at    timestamptz not null default now(),
  finished_at timestamptz,
  counts      jsonb       not null default '{}'      -- kind → table → rows; never who
);

-- People whose identity was destroyed, by numbers that mean nothing to anybody outside: a backup made before brings no
-- identity back.
create table rights.forgotten (
  kind         text        not null check (kind in ('learner', 'staff', 'person', 'import')),   -- import: what it refused
  id           bigint      not null,
  forgotten_at timestamptz not null default now(),
  primary key (kind, id)
);

-- This bank, told from any other: numbers of people mean nothing elsewhere. A restored bank is the same.
create table rights.bank (
  bank_uuid uuid primary key default gen_random_uuid()
);

-- 3. Objections (GDPR, Article 21) and restrictions (Article 18): who is not to be counted, from when to when. What the
-- officer writes as its ground goes with the identity.
create table rights.objection (
  objection_id   bigint      generated always as identity primary key,
  objection_uuid uuid        not null unique default gen_random_uuid(),
  learner_id     bigint      not null,
  kind           text        not null check (kind in ('objection', 'restriction')),
  ground         text        not null check (length(ground) between 1 and 500),
  valid          daterange   not null check (not isempty(valid)),
  recorded_by    bigint      not null,               -- access.person
  recorded_at    timestamptz not null default now(),
  withdrawn_by   bigint,
  withdrawn_at   timestamptz,
  withdrawn_why  text check (length(withdrawn_why) between 1 and 500),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on rights.objection (learner_id);

select migration.protect(t::regclass) from unnest(array['rights.retention', 'rights.run', 'rights.forgotten',
  'rights.bank', 'rights.objection']) as t;

do $$
declare
  reader text;
begin
  grant select on rights.retention to ikms_public;
  create policy ikms_public_reads on rights.retention for select to ikms_public using (true);
  foreach reader in array array['tier_steward', 'tier_protection_officer'] loop
    execute format('grant select on rights.run, rights.objection to %I', reader);
    execute format('create policy %I on rights.run for select to %I using (true)', reader || '_reads', reader);
    execute format('create policy %I on rights.objection for select to %I using (true)', reader || '_reads', reader);
  end loop;
  foreach reader in array array['learner', 'parent'] loop
    execute format('grant select (objection_uuid, learner_id, kind, ground, valid, recorded_at, withdrawn_at, withdrawn_why)
                      on rights.objection to %I', 'tier_' || reader);
    execute format('create policy %I on rights.objection for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
  end loop;
end $$;
grant select, insert, update on rights.objection to ikms_definer;
create policy definer_works on rights.objection for all to ikms_definer using (true) with check (true);
grant select, insert on rights.run to ikms_definer;
create policy definer_works on rights.run for all to ikms_definer using (true) with check (true);

-- 4. The defaults. The terms are assumptions until the controller confirms them; another term is another dated row.
alter table rights.retention no force row level security;
insert into rights.retention (kind, event, keeps, tables, name_lv, name_en, after_lv, after_en, basis_lv, basis_en, valid)
select kind, event, keeps::interval, tables, name_lv, name_en, after_lv, after_en,
       'Datu regulas (ES) 2016/679 5. panta 1. punkta e) apakšpunkts: identitāti neglabā ilgāk, nekā vajadzīgs. Termiņš ir pieņēmums, ko apstiprina datu pārzinis.',
       'Regulation (EU) 2016/679, Article 5(1)(e): identity is kept no longer than needed. The term is an assumption for the controller to confirm.',
       '(,)'
from (values
  ('learner_identity', 'end_of_studies', '1 year',
   array['identity.person', 'identity.earlier_code', 'access.representation', 'rights.objection'],
   'Skolēna identitāte: personas kods, vārds, pārstāvji', 'Identity of a learner: personal code, name, representatives',
   'Iznīcina neatgriezeniski kopā ar atslēgām; mācību ieraksti paliek bez vārda un koda',
   'Destroyed for good together with its keys; records of learning stay without name and code'),
  ('learner_record', 'never', null,
   array['registry.learner', 'registry.learner_version', 'registry.enrolment', 'registry.learner_circumstance', 'records.result'],
   'Mācību ieraksti un rezultāti bez vārda un koda', 'Records of learning and results, without name and code',
   'Paliek statistikai; pēc identitātes iznīcināšanas tiem nav ne rindas numura avotā, ne agrāku redakciju',
   'Stay for statistics; once identity is destroyed they have neither a line in their source nor earlier versions'),
  ('superseded', 'superseded', '1 year',
   array['registry.learner_version', 'registry.enrolment', 'registry.learner_circumstance', 'records.result',
         'registry.staff_version', 'registry.employment'],
   'Laboti ieraksti: agrākās redakcijas', 'Corrected records: their earlier versions',
   'Dzēš; paliek spēkā esošā redakcija', 'Deleted; the version in force stays'),
  ('staff_identity', 'employment_ended', '5 years', array['identity.staff'],
   'Pedagoga identitāte: personas kods un vārds', 'Identity of staff: personal code and name',
   'Iznīcina neatgriezeniski kopā ar atslēgām; ieraksti par darbu paliek bez vārda un koda',
   'Destroyed for good together with its keys; records of work stay without name and code'),
  ('staff_record', 'never', null,
   array['registry.staff_member', 'registry.staff_version', 'registry.employment', 'registry.class_group_version'],
   'Ziņas par pedagogu darbu bez vārda un koda', 'Records of the work of staff, without name and code',
   'Paliek statistikai', 'Stay for statistics'),
  ('refusal', 'import_ended', '90 days', array['intake.refusal'],
   'Ielādē noraidītās vērtības', 'Values refused by an import',
   'Dzēš; paliek noraidīto rindu skaits', 'Deleted; the number of refused lines stays'),
  ('upload', 'arrived', '30 days', array['intake.upload'],
   'Atsūtītās datnes, kas nav ielādētas', 'Files that were sent and not imported',
   'Dzēš datni un ierakstu par to', 'The file and the note of it are deleted'),
  ('representation', 'representation_ended', '1 year', array['access.representation'],
   'Beigušās tiesības pārstāvēt bērnu', 'Rights to act for a child that have ended',
   'Dzēš', 'Deleted'),
  ('session', 'expired', '0 days', array['access.session', 'access.sign_in_attempt'],
   'Pieteikšanās sesijas', 'Sign-in sessions', 'Dzēš, tiklīdz beigušās', 'Deleted as soon as they have ended'),
  ('audit', 'written', '5 years', array['access.audit', 'access.audit_learner'],
   'Ieraksti par to, kas skatījies', 'Notes of who has looked',
   'Dzēš', 'Deleted'),
  ('account', 'mandate_ended', '5 years', array['access.person', 'access.person_code', 'access.mandate'],
   'Darbinieku pilnvaras un vārdi', 'Mandates and names of staff who signed in',
   'Dzēš personu, viņas pilnvaras un koda nospiedumu', 'The person, the mandates and the hash of the code are deleted'),
  ('job', 'ended', '90 days', array['jobs.job', 'pgboss.job'],
   'Fona darbi un tas, kas tos prasījis', 'Background jobs and who asked for them',
   'Dzēš', 'Deleted')
) as rule (kind, event, keeps, tables, name_lv, name_en, after_lv, after_en);
alter table rights.retention force row level security;
alter table rights.bank no force row level security;
insert into rights.bank default values;
alter table rights.bank force row level security;

-- 5. Forgetting. With the rights of whoever calls: the yearly job, and a restore that replays it. Returns table → rows.
create function rights.tables_with(variadic wanted text[]) returns setof regclass stable
language sql set search_path = '' as $$
  select c.oid::regclass
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
     and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'migration', 'pgboss')
     and (select count(*) from pg_catalog.pg_attribute a
           where a.attrelid = c.oid and not a.attisdropped and a.attname = any (wanted)) = cardinality(wanted)
   order by c.oid::regclass::text
$$;

-- Rows of these people lose their way back to the file they came from, and their earlier versions.
create function rights.cut_lineage(of_column text, ids bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  target regclass;
  n      bigint;
  counts jsonb := '{}';
begin
  for target in select rights.tables_with(of_column, 'line', 'superseded_by') loop
    execute format('delete from %s where %I = any ($1) and superseded_by is not null', target, of_column) using ids;
    get diagnostics n = row_count;
    counts := counts || jsonb_build_object(target || ' earlier versions', n);
    execute format('update %s set line = 0 where %I = any ($1) and line <> 0', target, of_column) using ids;
    get diagnostics n = row_count;
    counts := counts || jsonb_build_object(target || ' lines of files', n);
  end loop;
  return counts;
end $$;

create function rights.forget_people(ids bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  n      bigint;
  counts jsonb := '{}';
begin
  delete from access.session where person_id = any (ids);
  delete from access.mandate where person_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('access.mandate', n);
  delete from access.person_code where person_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('access.person_code', n);
  delete from access.person where person_id = any (ids);
  get diagnostics n = row_count;
  insert into rights.forgotten (kind, id) select 'person', unnest(ids) on conflict do nothing;
  return counts || jsonb_build_object('access.person', n);
end $$;

create function rights.forget_staff(ids bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  n      bigint;
  counts jsonb;
begin
  counts := rights.cut_lineage('staff_id', ids);
  delete from identity.staff where staff_id = any (ids);
  get diagnostics n = row_count;
  update registry.staff_member set staff_uuid = gen_random_uuid() where staff_id = any (ids);
  insert into rights.forgotten (kind, id) select 'staff', unnest(ids) on conflict do nothing;
  return counts || jsonb_build_object('identity.staff', n);
end $$;

create function rights.forget_learners(ids bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  numbers text[];
  people  bigint[];
  n       bigint;
  counts  jsonb;
begin
  counts := rights.cut_lineage('learner_id', ids);
  -- Whoever signed in only as one of these learners, or only for them.
  people := array(
    select a.person_id from access.person a
     where (exists (select from access.mandate m where m.person_id = a.person_id and m.learner_id = any (ids))
            or exists (select from access.person_code c join identity.person p using (code_hash)
                        where c.person_id = a.person_id and p.learner_id = any (ids)))
       and not exists (select from access.mandate m
                        where m.person_id = a.person_id and not coalesce(m.learner_id = any (ids), false)));
  counts := counts || rights.forget_people(people);
  delete from access.session s using access.mandate m where m.mandate_id = s.mandate_id and m.learner_id = any (ids);
  delete from access.mandate where learner_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('access.mandate', n + (counts ->> 'access.mandate')::bigint);
  delete from access.representation where learner_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('access.representation', n);
  delete from access.audit_learner where learner_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('access.audit_learner', n);
  -- The number by which a family knows the learner, wherever it stands.
  numbers := array(select 'learner ' || l.learner_uuid from registry.learner l where l.learner_id = any (ids));
  update access.audit set object = 'learner' where object = any (numbers);
  update registry.learner set learner_uuid = gen_random_uuid() where learner_id = any (ids);
  delete from rights.objection where learner_id = any (ids);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('rights.objection', n);
  if to_regclass('identity.earlier_code') is not null then
    delete from identity.earlier_code where learner_id = any (ids);
    get diagnostics n = row_count;
    counts := counts || jsonb_build_object('identity.earlier_code', n);
  end if;
  delete from identity.person where learner_id = any (ids);
  get diagnostics n = row_count;
  insert into rights.forgotten (kind, id) select 'learner', unnest(ids) on conflict do nothing;
  return counts || jsonb_build_object('identity.person', n);
end $$;

-- What these imports refused: values as they stood in the files, whosever they are.
create function rights.forget_refusals(imports bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  n bigint;
begin
  delete from intake.refusal where import_id = any (imports);
  get diagnostics n = row_count;
  insert into rights.forgotten (kind, id) select 'import', unnest(imports) on conflict do nothing;
  return jsonb_build_object('intake.refusal', n);
end $$;

-- What of a table identifies somebody: in backups it is sealed once more, with a key of that very person that is kept apart
-- and destroyed with the identity. `lost`: what a restore makes of it where that key is gone.
create function migration.person_columns()
returns table (place text, kind text, by_column text, columns text[], lost text) immutable
language sql set search_path = '' as $$
  values
    ('identity.person', 'learner', 'learner_id', array['code_hash', 'sealed_code', 'sealed_name', 'name_hash'], 'drop'),
    ('identity.earlier_code', 'learner', 'learner_id', array['code_hash'], 'drop'),
    ('access.representation', 'learner', 'learner_id', array['code_hash'], 'drop'),
    ('intake.refusal', 'import', 'import_id', array['value', 'detail'], 'drop'),
    ('rights.objection', 'learner', 'learner_id', array['ground', 'withdrawn_why'], 'drop'),
    ('identity.staff', 'staff', 'staff_id', array['code_hash', 'sealed_code', 'sealed_name', 'name_hash'], 'drop'),
    ('access.person_code', 'person', 'person_id', array['code_hash'], 'drop'),
    ('access.person', 'person', 'person_id', array['display_name', 'sealed_name'], 'blank')
$$;

-- 6. Who is not counted today. One predicate, asked by everything that computes.
create function rights.not_counted() returns setof bigint stable
language sql set search_path = '' as $$
  select o.learner_id from rights.objection o where o.withdrawn_at is null and o.valid @> access.today()
$$;

-- 7. The officer and the steward may ask for what the calendar asks for once a year, and record what a person asked.
grant create on schema rights, jobs to ikms_definer;
set local role ikms_definer;

create or replace function jobs.asker() returns bigint stable security definer
language plpgsql set search_path = '' as $$
declare
  asker bigint;
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  select m.person_id into asker from access.my_mandate() m where m.tier in ('steward', 'protection_officer');
  if asker is null then
    raise insufficient_privilege using message = 'only a steward or the data protection officer may do this';
  end if;
  return asker;
end $$;

-- The officer or steward of this transaction. Refuses everybody else.
create function rights.recorder() returns bigint stable security definer
language plpgsql set search_path = '' as $$
declare
  recorder bigint;
begin
  select m.person_id into recorder from access.my_mandate() m where m.tier in ('steward', 'protection_officer');
  if recorder is null then
    raise insufficient_privilege using message = 'only a steward or the data protection officer may do this';
  end if;
  return recorder;
end $$;

-- Null: nobody here has this code, now or before.
create function rights.record_objection(code bytea, its_kind text, its_ground text, holds daterange) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  recorder bigint := rights.recorder();
  found_id bigint;
  made     uuid;
begin
  select p.learner_id into found_id from identity.person p where p.code_hash = code;
  if found_id is null then
    select p.learner_id into found_id
      from access.person_code now join access.person_code c using (person_id) join identity.person p on p.code_hash = c.code_hash
     where now.code_hash = code;
  end if;
  if found_id is null then
    perform access.write_audit('record_objection', 'objection', 'not_found');
    return null;
  end if;
  insert into rights.objection (learner_id, kind, ground, valid, recorded_by)
  values (found_id, its_kind, its_ground, holds, recorder) returning objection_uuid into made;
  perform access.write_audit('record_objection', 'objection ' || made, 'done', array[found_id]);
  return made;
end $$;

-- False: it is not there, or withdrawn already.
create function rights.withdraw_objection(wanted uuid, why text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  recorder bigint := rights.recorder();
  found_id bigint;
begin
  update rights.objection set withdrawn_by = recorder, withdrawn_at = now(), withdrawn_why = why
   where objection_uuid = wanted and withdrawn_at is null returning learner_id into found_id;
  if found_id is null then
    return false;
  end if;
  perform access.write_audit('withdraw_objection', 'objection ' || wanted, 'done', array[found_id]);
  return true;
end $$;

-- Asks for a run; the jobs process does it.
create function rights.ask_run(is_dry boolean) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made rights.run;
begin
  if not exists (select from access.my_mandate() m where m.tier = 'protection_officer') then
    raise insufficient_privilege using message = 'only the data protection officer may do this';
  end if;
  insert into rights.run (due_on, dry, asked_by) values (access.today(), is_dry, rights.recorder()) returning * into made;
  perform jobs.ask('retention', jsonb_build_object('runId', made.run_id), made.run_uuid::text);
  perform access.write_audit(case when is_dry then 'count_due' else 'destroy_due' end, 'run ' || made.run_uuid, 'done');
  return made.run_uuid;
end $$;

revoke execute on function rights.recorder(), rights.record_objection(bytea, text, text, daterange),
  rights.withdraw_objection(uuid, text), rights.ask_run(boolean) from public;
grant execute on function rights.record_objection(bytea, text, text, daterange), rights.withdraw_objection(uuid, text)
  to tier_steward, tier_protection_officer;
grant execute on function rights.ask_run(boolean) to tier_protection_officer;
reset role;
revoke create on schema rights, jobs from ikms_definer;

revoke execute on function rights.tables_with(text[]), rights.cut_lineage(text, bigint[]), rights.forget_people(bigint[]),
  rights.forget_staff(bigint[]), rights.forget_learners(bigint[]),
  rights.forget_refusals(bigint[]), rights.not_counted() from public;
grant execute on function rights.tables_with(text[]), rights.cut_lineage(text, bigint[]), rights.forget_people(bigint[]),
  rights.forget_staff(bigint[]), rights.forget_learners(bigint[]),
  rights.forget_refusals(bigint[]), rights.not_counted() to ikms_job;

select pgboss.create_queue('retention', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
