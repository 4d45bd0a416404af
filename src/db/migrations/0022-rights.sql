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
-- What is held about a learner is for the learner and the parents: also who may act and who has signed in for the learner.
do $$
declare
  reader text;
begin
  foreach reader in array array['learner', 'parent'] loop
    execute format('grant select (learner_id, kind, valid, disputed, feed_day, ended_on, import_id) on access.representation to %I',
      'tier_' || reader);
    execute format('create policy %I on access.representation for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
    execute format('grant select (learner_id, tier, valid, revoked_at, source) on access.mandate to %I', 'tier_' || reader);
    execute format('create policy %I on access.mandate for select to %I
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

-- What checks found about somebody stands by the number of its subject.
create function rights.drop_findings(about text, ids bigint[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  n bigint := 0;
begin
  if to_regclass('checks.finding') is not null then
    delete from checks.finding where subject = about and subject_id = any (ids);
    get diagnostics n = row_count;
  end if;
  return jsonb_build_object('checks.finding', n);
end $$;

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
  counts := rights.cut_lineage('staff_id', ids) || rights.drop_findings('staff', ids);
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
  counts := rights.cut_lineage('learner_id', ids) || rights.drop_findings('learner', ids);
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
    raise insufficient_privilege using message = 'only a steward may do this, or the data protection officer';
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
    raise insufficient_privilege using message = 'only a steward may do this, or the data protection officer';
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
  perform jobs.ask('compute', '{"thenPublish": true}');
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
  perform jobs.ask('compute', '{"thenPublish": true}');
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

-- Sealed identity of the caller's own learner, for everything that is held: the reading is written down as such.
create function rights.own_identity()
returns table (learner_id bigint, sealed_code bytea, sealed_name bytea, import_id bigint, earlier_codes bigint)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[] := array(select access.my_learner());
begin
  if cardinality(own) = 0 then
    return;
  end if;
  perform access.write_audit('read_held',
    'learner ' || (select l.learner_uuid from registry.learner l where l.learner_id = own[1]), 'shown', own);
  return query
    select p.learner_id, p.sealed_code, p.sealed_name, p.import_id,
           (select count(*) from identity.earlier_code e where e.learner_id = p.learner_id)
      from identity.person p where p.learner_id = any (own);
end $$;

-- When the bank heard what it holds, and from which source.
create function rights.imports_named() returns table (import_id bigint, heard_at timestamptz, source text)
language sql stable security definer set search_path = '' as $$
  select i.import_id, i.started_at, i.source from intake.import i
$$;

revoke execute on function rights.own_identity(), rights.imports_named() from public;
grant execute on function rights.own_identity(), rights.imports_named() to tier_learner, tier_parent;
revoke execute on function rights.recorder(), rights.record_objection(bytea, text, text, daterange),
  rights.withdraw_objection(uuid, text), rights.ask_run(boolean) from public;
grant execute on function rights.record_objection(bytea, text, text, daterange), rights.withdraw_objection(uuid, text)
  to tier_steward, tier_protection_officer;
grant execute on function rights.ask_run(boolean) to tier_protection_officer;
reset role;
revoke create on schema rights, jobs from ikms_definer;

revoke execute on function rights.tables_with(text[]), rights.cut_lineage(text, bigint[]), rights.drop_findings(text, bigint[]),
  rights.forget_people(bigint[]),
  rights.forget_staff(bigint[]), rights.forget_learners(bigint[]),
  rights.forget_refusals(bigint[]), rights.not_counted() from public;
grant execute on function rights.tables_with(text[]), rights.cut_lineage(text, bigint[]), rights.drop_findings(text, bigint[]),
  rights.forget_people(bigint[]),
  rights.forget_staff(bigint[]), rights.forget_learners(bigint[]),
  rights.forget_refusals(bigint[]), rights.not_counted() to ikms_job;

select pgboss.create_queue('retention', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));

-- 9. The register of processing (GDPR, Article 30): what is done with whose data, for what, on which basis.
create table rights.processing (
  code          text      not null check (code ~ '^[a-z][a-z-]{0,39}$'),
  place         smallint  not null,                  -- in the list
  purpose_lv    text      not null,
  purpose_en    text      not null,
  basis_lv      text      not null,
  basis_en      text      not null,
  people_lv     text      not null,                  -- whose data
  people_en     text      not null,
  data_lv       text      not null,                  -- categories of data
  data_en       text      not null,
  recipients_lv text      not null,
  recipients_en text      not null,
  retention     text[]    not null,                  -- kinds of rights.retention
  valid         daterange not null check (not isempty(valid)),
  primary key (code, valid)
);

-- Linkages: data that came for one purpose, joined with others about the same person. Each has a basis of its own and a switch;
-- an indicator that needs one says so in its definition and is not computed while it is off.
create table rights.linkage (
  code       text     primary key check (code ~ '^[a-z][a-z-]{0,39}$'),
  place      smallint not null,
  name_lv    text     not null,
  name_en    text     not null,
  purpose_lv text     not null,
  purpose_en text     not null,
  basis_lv   text     not null,
  basis_en   text     not null
);
create table rights.linkage_switch (
  switch_id   bigint      generated always as identity primary key,
  linkage     text        not null references rights.linkage,
  is_on       boolean     not null,
  reason      text        check (length(reason) between 1 and 500),   -- null: as it was delivered
  switched_by bigint,                                -- access.person; null: as it was delivered
  switched_at timestamptz not null default now()
);
create index on rights.linkage_switch (linkage, switch_id);

select migration.protect(t::regclass) from unnest(array['rights.processing', 'rights.linkage', 'rights.linkage_switch']) as t;
grant select on rights.processing, rights.linkage to ikms_public;
create policy ikms_public_reads on rights.processing for select to ikms_public using (true);
create policy ikms_public_reads on rights.linkage for select to ikms_public using (true);
do $$
declare
  reader text;
begin
  for reader in select rolname from pg_roles where rolname = 'ikms_public' or rolname like 'tier\_%' loop
    execute format('grant usage on schema rights to %I', reader);
    execute format('grant select (switch_id, linkage, is_on, reason, switched_at) on rights.linkage_switch to %I', reader);
    execute format('create policy %I on rights.linkage_switch for select to %I using (true)', reader || '_reads', reader);
  end loop;
end $$;
grant select, insert on rights.linkage_switch to ikms_definer;
grant select on rights.linkage to ikms_definer;
create policy definer_works on rights.linkage_switch for all to ikms_definer using (true) with check (true);
create policy definer_reads on rights.linkage for select to ikms_definer using (true);

alter table rights.processing no force row level security;
insert into rights.processing (code, place, purpose_lv, purpose_en, basis_lv, basis_en, people_lv, people_en, data_lv, data_en,
  recipients_lv, recipients_en, retention, valid)
select code, place, purpose_lv, purpose_en,
       'Datu regulas (ES) 2016/679 6. panta 1. punkta e) apakšpunkts: uzdevums sabiedrības interesēs. Nacionālo normu ieraksta datu pārzinis.',
       'Regulation (EU) 2016/679, Article 6(1)(e): a task in the public interest. The controller enters the national provision.',
       people_lv, people_en, data_lv, data_en, recipients_lv, recipients_en, retention, '(,)'::daterange
from (values
  ('monitoring', 1, 'Izglītības kvalitātes monitorings: rādītāji par valsti, pašvaldībām un skolām',
   'Monitoring the quality of education: indicators of the state, municipalities and schools',
   'Skolēni', 'Learners',
   'Mācību vieta un klase, dzimums, dzimšanas mēnesis, dzīvesvietas pašvaldība, pārbaudījumu rezultāti; bez vārda un koda',
   'Place of study and grade, sex, month of birth, municipality of residence, results of tests; without name and code',
   'Sabiedrība (tikai aizsargāti kopskaitļi), ministrijas analītiķi (bez identitātes), pašvaldības un inspekcija (kopskaitļi)',
   'The public (protected totals only), analysts of the ministry (without identity), municipalities and the inspectorate (totals)',
   array['learner_record', 'superseded']),
  ('own-results', 2, 'Skolas darbs ar saviem skolēniem; skolēna un vecāku piekļuve saviem rezultātiem',
   'Work of a school with its own learners; access of learners and parents to their results',
   'Skolēni un viņu pārstāvji', 'Learners and their representatives',
   'Personas kods un vārds (aizzīmogoti), pārstāvja koda nospiedums, rezultāti',
   'Personal code and name (sealed), hash of the representative’s code, results',
   'Skolas vadība un klases audzinātājs (savi skolēni), skolēns, vecāki',
   'Management of the school and class teacher (own learners), the learner, the parents',
   array['learner_identity', 'representation']),
  ('staff', 3, 'Pedagogu nodrošinājuma monitorings', 'Monitoring the supply of teachers',
   'Pedagogi', 'Teachers',
   'Darba vieta, amats, slodze, kvalifikācija, dzimšanas gads, dzimums; personas kods un vārds (aizzīmogoti)',
   'Place of work, position, load, qualification, year of birth, sex; personal code and name (sealed)',
   'Sava skola; sabiedrība (tikai aizsargāti kopskaitļi)', 'The own school; the public (protected totals only)',
   array['staff_identity', 'staff_record', 'superseded']),
  ('import', 4, 'Datu saņemšana no citām sistēmām un to pārbaude', 'Receiving data from other systems and checking them',
   'Skolēni un pedagogi', 'Learners and teachers',
   'Saņemtās datnes līdz ielādei; noraidītās vērtības', 'Files received until they are imported; refused values',
   'Sistēmas pārvaldnieks', 'System steward',
   array['upload', 'refusal', 'job']),
  ('security', 5, 'Piekļuves pārvaldība un pierādījums, kas skatījies', 'Managing access and proving who has looked',
   'Sistēmas lietotāji; skolēni, uz kuriem skatās', 'Users of the system; learners who are looked at',
   'Vārds, pilnvaras, pieteikšanās laiks; kas, kad un uz ko skatījies', 'Name, mandates, time of sign-in; who looked at what and when',
   'Sistēmas pārvaldnieks, datu aizsardzības speciālists; skolēns un vecāki (bez darbinieka vārda)',
   'System steward, data protection officer; the learner and the parents (without the name of the member of staff)',
   array['account', 'session', 'audit'])
) as entry (code, place, purpose_lv, purpose_en, people_lv, people_en, data_lv, data_en, recipients_lv, recipients_en, retention);
alter table rights.processing force row level security;

alter table rights.linkage no force row level security;
alter table rights.linkage_switch no force row level security;
insert into rights.linkage (code, place, name_lv, name_en, purpose_lv, purpose_en, basis_lv, basis_en)
select code, place, name_lv, name_en, purpose_lv, purpose_en,
       'Tas pats pamats, kas monitoringam; nosaukto normu ieraksta datu pārzinis.',
       'The same basis as monitoring; the controller enters the provision by name.'
from (values
  ('results-register', 1, 'Pārbaudījumu rezultāti × izglītības reģistrs', 'Results of tests × education register',
   'Rezultāti pa dzimumiem; cik skolēnu no saraksta piedalījās', 'Results by sex; how many of the enrolled took part'),
  ('results-years', 2, 'Viena skolēna rezultāti dažādos gados', 'Results of the same learner in different years',
   'Izaugsme starp diviem pārbaudījumiem', 'Progress between two tests'),
  ('results-survey', 3, 'Pārbaudījumu rezultāti × aptaujas', 'Results of tests × surveys',
   'Netiek lietots: aptaujas ir anonīmas', 'Not used: surveys are anonymous'),
  ('register-benefits', 4, 'Izglītības reģistrs × pabalstu reģistri', 'Education register × registers of benefits',
   'Netiek lietots: apstākļu indeksam vajadzīgs atsevišķs pamats', 'Not used: an index of circumstances needs a basis of its own')
) as entry (code, place, name_lv, name_en, purpose_lv, purpose_en);
insert into rights.linkage_switch (linkage, is_on)
values ('results-register', true), ('results-years', true), ('results-survey', false), ('register-benefits', false);
alter table rights.linkage force row level security;
alter table rights.linkage_switch force row level security;

create function rights.linkages_off() returns setof text stable
language sql set search_path = '' as $$
  select l.code from rights.linkage l
   where not coalesce((select s.is_on from rights.linkage_switch s where s.linkage = l.code order by s.switch_id desc limit 1), false)
$$;
revoke execute on function rights.linkages_off() from public;
grant execute on function rights.linkages_off() to ikms_job;

grant create on schema rights to ikms_definer;
set local role ikms_definer;
-- Switches a linkage on or off, as the data protection officer. False: there is none, or it stands so already.
create function rights.switch_linkage(wanted text, turn_on boolean, why text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  is_now boolean;
begin
  if not exists (select from access.my_mandate() m where m.tier = 'protection_officer') then
    raise insufficient_privilege using message = 'only the data protection officer may do this';
  end if;
  select s.is_on into is_now from rights.linkage_switch s where s.linkage = wanted order by s.switch_id desc limit 1;
  if is_now is null or is_now = turn_on then
    return false;
  end if;
  insert into rights.linkage_switch (linkage, is_on, reason, switched_by) values (wanted, turn_on, why, rights.recorder());
  perform access.write_audit(case when turn_on then 'linkage_on' else 'linkage_off' end, 'linkage ' || wanted, 'done');
  perform jobs.ask('compute', '{"thenPublish": true}');
  return true;
end $$;
revoke execute on function rights.switch_linkage(text, boolean, text) from public;
grant execute on function rights.switch_linkage(text, boolean, text) to tier_protection_officer;
reset role;
revoke create on schema rights from ikms_definer;
