-- Sign-in through a provider, every tier, and mandates that come from elsewhere: who a person is (by keyed hash only), in
-- which capacities they act, and when that ends.

-- 1. Every tier reads what everybody reads. Called after every update, so that nothing opened to the public breaks for
-- whoever signs in.
create function migration.open_to_tiers() returns void language plpgsql as $$
declare
  tiers constant text[] := array['tier_learner', 'tier_parent', 'tier_teacher', 'tier_support', 'tier_school',
    'tier_municipality', 'tier_inspector', 'tier_analyst', 'tier_researcher', 'tier_steward', 'tier_protection_officer'];
  open record;
  reader text;
begin
  for open in
    select n.nspname as place, c.relname as name, p.qual as rule
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname and 'ikms_public' = any (p.roles)
     where has_table_privilege('ikms_public', c.oid, 'select')
  loop
    foreach reader in array tiers loop
      if not has_schema_privilege(reader, open.place, 'usage') then
        execute format('grant usage on schema %I to %I', open.place, reader);
      end if;
      execute format('grant select on %I.%I to %I', open.place, open.name, reader);
      if not exists (select from pg_policies p where p.schemaname = open.place and p.tablename = open.name
                        and reader = any (p.roles)) then
        execute format('create policy %I on %I.%I for select to %I using (%s)',
          reader || '_reads', open.place, open.name, reader, open.rule);
      end if;
    end loop;
  end loop;
  -- Functions the public may call; most of them belong to the definer role, which alone can pass them on.
  for open in
    select p.oid::regprocedure::text as name, r.rolname as owner
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      join pg_roles r on r.oid = p.proowner
     cross join aclexplode(p.proacl) as granted
     where n.nspname !~ '^pg_' and granted.grantee = 'ikms_public'::regrole and granted.privilege_type = 'EXECUTE'
       and r.rolname in ('ikms_definer', current_user)
  loop
    perform set_config('role', open.owner, true);
    execute format('grant execute on function %s to %s', open.name, array_to_string(tiers, ', '));
    perform set_config('role', session_user, true);
  end loop;
end $$;
select migration.open_to_tiers();
grant usage on schema access to tier_learner, tier_parent, tier_teacher, tier_support, tier_inspector, tier_researcher;

-- 2. People. Staff have the name the mandate was given under; whoever only signs in has a sealed one, for their own eyes.
alter table access.person
  alter column display_name drop not null,
  add column sealed_name bytea;                       -- AES-256-GCM, as in schema identity

-- By which codes a person is found: keyed hashes, never the code. A person whose code was changed has several.
create table access.person_code (
  code_hash bytea       primary key,                  -- HMAC-SHA256 under the key for look-ups, as in identity.person
  person_id bigint      not null references access.person,
  noted_at  timestamptz not null default now()
);
create index on access.person_code (person_id);

-- 3. Mandates: for one learner, too; with an end for whoever reviews; and revoked at an instant, not only by the day.
alter table access.mandate
  add column learner_id bigint,                       -- registry.learner: whose results a learner or parent sees
  add column revoked_at timestamptz,                  -- ended before its time; nothing is seen from then on
  add check ((tier in ('learner', 'parent')) = (learner_id is not null)),
  add check (tier <> 'inspector' or (institution_id is not null and not upper_inf(valid)));
create index on access.mandate (learner_id) where learner_id is not null;

-- Who may act for a child, as the population register says. Complete feeds only: what a feed leaves out has ended.
create table access.representation (
  representation_id bigint generated always as identity primary key,
  code_hash  bytea     not null,                      -- of the representative
  learner_id bigint    not null,
  kind       text      not null check (kind in ('parent', 'adopter', 'guardian', 'foster_parent')),
  valid      daterange not null check (not isempty(valid) and not upper_inf(valid)),   -- at the latest to the 18th birthday
  disputed   boolean   not null,                      -- blocked as long as the register says so
  feed_day   date      not null,                      -- of the first feed that said so
  import_id  bigint    references intake.import,      -- where the feed came as a file
  ended_on   date                                     -- day of the feed that no longer said so; null: stands
);
create unique index on access.representation (code_hash, learner_id) where ended_on is null;
create index on access.representation (learner_id);

-- Which feed was taken last: an older one must not bring back what has ended.
create table access.representation_feed (
  feed_day   date        primary key,
  taken_at   timestamptz not null default now(),
  rows_given integer     not null
);

-- 4. Sign-in: attempts on their way to the provider and back, known by the hash of what only the browser holds.
create table access.sign_in_attempt (
  attempt_hash bytea       primary key,               -- SHA-256
  locale       text        not null check (locale in ('lv', 'en')),
  return_to    text,                                  -- address within the portal
  expires_at   timestamptz not null
);
create index on access.sign_in_attempt (expires_at);

alter table access.session
  add column signed_in_by text not null default 'demo' check (signed_in_by in ('demo', 'provider')),
  add column provider_session bytea,                  -- keyed hash of the provider's session id, for its sign-out notices
  add column provider_subject bytea;                  -- keyed hash of the provider's name for the person
create index on access.session (person_id);
create index on access.session (mandate_id);
create index on access.audit (person_id, audit_id);

select migration.protect(t::regclass) from unnest(array['access.person_code', 'access.representation',
  'access.representation_feed', 'access.sign_in_attempt']) as t;

grant select, insert on access.person_code to ikms_definer;
grant insert, update on access.person to ikms_definer;
grant insert, update on access.mandate to ikms_definer;
grant select on access.representation to ikms_definer;
grant select, insert, delete on access.sign_in_attempt to ikms_definer;
grant select on registry.learner to ikms_definer;
create policy definer_works on access.person_code for all to ikms_definer using (true) with check (true);
drop policy definer_reads on access.person;
create policy definer_works on access.person for all to ikms_definer using (true) with check (true);
drop policy definer_reads on access.mandate;
create policy definer_works on access.mandate for all to ikms_definer using (true) with check (true);
create policy definer_reads on access.representation for select to ikms_definer using (true);
create policy definer_works on access.sign_in_attempt for all to ikms_definer using (true) with check (true);
create policy definer_reads on registry.learner for select to ikms_definer using (true);

-- 5. What a mandate opens. Owned by the definer role, which nobody can sign in as.
grant create on schema access, identity to ikms_definer;
set local role ikms_definer;

create or replace function access.my_mandate() returns access.mandate stable security definer
language sql set search_path = '' as $$
  select m from access.mandate m
   where m.mandate_id = nullif(current_setting('app.mandate_id', true), '')::bigint
     and m.person_id = nullif(current_setting('app.person_id', true), '')::bigint
     and m.valid @> access.today() and m.revoked_at is null
$$;

-- The learner whose own results the caller may see: oneself, or one's child.
create function access.my_learner() returns setof bigint stable security definer
language sql set search_path = '' rows 1 as $$
  select m.learner_id from access.my_mandate() m where m.tier in ('learner', 'parent') and m.learner_id is not null
$$;

-- Units whose figures the caller sees unprotected: a municipality and its schools, or an institution under review.
create function access.my_units() returns table (level text, unit_id bigint) stable security definer
language sql set search_path = '' rows 50 as $$
  select 'school', m.institution_id from access.my_mandate() m where m.tier = 'inspector'
  union all
  select 'municipality', m.territory_id from access.my_mandate() m where m.tier = 'municipality'
  union all
  select 'school', v.institution_id
    from access.my_mandate() m
    join registry.institution_version v
      on v.territory_id = m.territory_id and v.superseded_by is null and v.valid @> access.today()
   where m.tier = 'municipality'
$$;

-- 6. Sessions.
drop function access.find_session(bytea);
create function access.find_session(token bytea)
returns table (person_id bigint, person_uuid uuid, display_name text, sealed_name bytea, mandate_id bigint, csrf text,
               signed_in_by text, tier text, mandate_uuid uuid, institution_id bigint, institution_uuid uuid,
               territory_id bigint, territory_uuid uuid, learner_uuid uuid, place_lv text, place_en text, current boolean)
language sql stable security definer set search_path = '' as $$
  select p.person_id, p.person_uuid, p.display_name, p.sealed_name, m.mandate_id, s.csrf, s.signed_in_by, m.tier,
         m.mandate_uuid, m.institution_id, i.institution_uuid, m.territory_id, t.territory_uuid, l.learner_uuid,
         coalesce(iv.name_lv, tv.name_lv), coalesce(iv.name_en, tv.name_en), m.mandate_id = s.mandate_id
    from access.session s
    join access.person p on p.person_id = s.person_id
    join access.mandate m on m.person_id = p.person_id and m.valid @> access.today() and m.revoked_at is null
    left join registry.learner l on l.learner_id = m.learner_id
    left join lateral (select e.institution_id from registry.enrolment e
                        where e.learner_id = m.learner_id and e.superseded_by is null
                        order by e.school_year desc, e.main desc, e.valid desc limit 1) e on true
    left join registry.institution i on i.institution_id = m.institution_id
    left join registry.institution_version iv
      on iv.institution_id = coalesce(m.institution_id, e.institution_id) and iv.superseded_by is null
     and iv.valid @> access.today()
    left join registry.territory t on t.territory_id = m.territory_id
    left join registry.territory_version tv
      on tv.territory_id = m.territory_id and tv.superseded_by is null and tv.valid @> access.today()
   where s.token_hash = token and s.expires_at > now()
   order by m.mandate_id
$$;

create or replace function access.begin_demo_session(token bytea, person uuid, csrf_token text, lasts interval)
returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare
  found_mandate access.mandate;
begin
  if exists (select from intake.import i where i.data_kind = 'real') then
    return false;
  end if;
  select m.* into found_mandate
    from access.person p
    join access.mandate m on m.person_id = p.person_id and m.valid @> access.today() and m.revoked_at is null
   where p.person_uuid = person and p.demo
   order by m.mandate_id limit 1;
  if not found then
    return false;
  end if;
  insert into access.session (token_hash, person_id, mandate_id, csrf, expires_at)
  values (token, found_mandate.person_id, found_mandate.mandate_id, csrf_token, now() + lasts);
  return true;
end $$;

drop function access.demo_people();
create function access.demo_people()
returns table (person_uuid uuid, display_name text, tier text, place_lv text, place_en text)
language sql stable security definer set search_path = '' as $$
  select p.person_uuid, p.display_name, m.tier, coalesce(i.name_lv, t.name_lv), coalesce(i.name_en, t.name_en)
    from access.person p
    join access.mandate m on m.person_id = p.person_id and m.valid @> access.today() and m.revoked_at is null
    left join lateral (select e.institution_id from registry.enrolment e
                        where e.learner_id = m.learner_id and e.superseded_by is null
                        order by e.school_year desc, e.main desc, e.valid desc limit 1) e on true
    left join registry.institution_version i
      on i.institution_id = coalesce(m.institution_id, e.institution_id) and i.superseded_by is null
     and i.valid @> access.today()
    left join registry.territory_version t
      on t.territory_id = m.territory_id and t.superseded_by is null and t.valid @> access.today()
   where p.demo and not exists (select from intake.import x where x.data_kind = 'real')
   order by p.person_id, m.mandate_id
$$;

create or replace function access.change_mandate(token bytea, mandate uuid) returns boolean
language sql volatile security definer set search_path = '' as $$
  with changed as (
    update access.session s set mandate_id = m.mandate_id
      from access.mandate m
     where s.token_hash = token and s.expires_at > now() and m.mandate_uuid = mandate
       and m.person_id = s.person_id and m.valid @> access.today() and m.revoked_at is null
    returning 1
  )
  select exists (select from changed)
$$;

-- Ends every session of whoever holds this one.
create function access.end_all_sessions(token bytea) returns integer
language sql volatile security definer set search_path = '' as $$
  with ended as (
    delete from access.session s
     where s.person_id = (select o.person_id from access.session o where o.token_hash = token) returning 1
  )
  select count(*)::integer from ended
$$;

-- Ends the sessions a provider tells us are over there: of one of its sessions, or of a person.
create function access.end_provider_sessions(session_of bytea, subject bytea) returns integer
language sql volatile security definer set search_path = '' as $$
  with ended as (
    delete from access.session s
     where s.signed_in_by = 'provider'
       and (s.provider_session = session_of or (session_of is null and s.provider_subject = subject)) returning 1
  )
  select count(*)::integer from ended
$$;

-- 7. The way to a provider and back.
create function access.begin_attempt(attempt bytea, language text, address text, lasts interval) returns void
language sql volatile security definer set search_path = '' as $$
  delete from access.sign_in_attempt where expires_at < now();
  insert into access.sign_in_attempt (attempt_hash, locale, return_to, expires_at)
  values (attempt, language, address, now() + lasts)
$$;

-- An attempt can be taken once.
create function access.take_attempt(attempt bytea) returns table (locale text, return_to text)
language sql volatile security definer set search_path = '' as $$
  with taken as (
    delete from access.sign_in_attempt a where a.attempt_hash = attempt
    returning a.locale, a.return_to, a.expires_at
  )
  select t.locale, t.return_to from taken t where t.expires_at > now()
$$;

-- Mandates that stand on a representation follow it: made when it stands, revoked when it ends or is disputed.
create function access.settle_representations(who bigint) returns void
language sql volatile security definer set search_path = '' as $$
  with standing as (
    select c.person_id, r.learner_id, r.valid
      from access.representation r join access.person_code c using (code_hash)
     where r.ended_on is null and not r.disputed and (who is null or c.person_id = who)
  ), revoked as (
    update access.mandate m set revoked_at = now()
     where m.source = 'representation' and m.revoked_at is null and (who is null or m.person_id = who)
       and not exists (select from standing s
                        where s.person_id = m.person_id and s.learner_id = m.learner_id and s.valid = m.valid)
    returning m.mandate_id
  ), closed as (
    delete from access.session s using revoked r where s.mandate_id = r.mandate_id
  )
  insert into access.mandate (person_id, tier, learner_id, valid, source)
  select distinct s.person_id, 'parent', s.learner_id, s.valid, 'representation' from standing s
   where not exists (select from access.mandate m
                      where m.person_id = s.person_id and m.tier = 'parent' and m.learner_id = s.learner_id
                        and m.valid = s.valid and m.source = 'representation' and m.revoked_at is null)
$$;

-- Begins a session for whoever has this code: 'begun', 'unknown' (nobody has it) or 'no_mandate'. A learner and a
-- representative are made known here, at their first sign-in, and not before.
create function access.begin_session(token bytea, code bytea, name bytea, csrf_token text, lasts interval,
                                     of_session bytea, of_subject bytea)
returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  who    bigint;
  self   bigint;
  chosen access.mandate;
  told   text;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(code, 'hex'), 0));
  select c.person_id into who from access.person_code c where c.code_hash = code;
  if who is null and (
    exists (select from identity.person p where p.code_hash = code)
    or exists (select from access.representation r
                where r.code_hash = code and r.ended_on is null and r.valid @> access.today())
  ) then
    insert into access.person (display_name) values (null) returning person_id into who;
    insert into access.person_code (code_hash, person_id) values (code, who);
  end if;
  if who is not null then
    select p.learner_id into self
      from identity.person p join access.person_code c using (code_hash) where c.person_id = who limit 1;
    if self is not null and not exists (select from access.mandate m
        where m.person_id = who and m.tier = 'learner' and m.learner_id = self and m.revoked_at is null) then
      insert into access.mandate (person_id, tier, learner_id, valid, source)
      values (who, 'learner', self, daterange(access.today(), null), 'registry');
    end if;
    perform access.settle_representations(who);
    select m.* into chosen from access.mandate m
     where m.person_id = who and m.valid @> access.today() and m.revoked_at is null
     order by m.mandate_id limit 1;
    if chosen.mandate_id is not null then
      update access.person p set sealed_name = name
       where p.person_id = who and p.display_name is null and name is not null;
      insert into access.session (token_hash, person_id, mandate_id, csrf, expires_at, signed_in_by, provider_session,
                                  provider_subject)
      values (token, who, chosen.mandate_id, csrf_token, now() + lasts, 'provider', of_session, of_subject);
    end if;
  end if;
  told := case when who is null then 'unknown' when chosen.mandate_id is null then 'no_mandate' else 'begun' end;
  insert into access.audit (person_id, mandate_id, tier, request_id, action, object, outcome)
  values (who, chosen.mandate_id, coalesce(chosen.tier, 'public'),
          coalesce(nullif(current_setting('app.request_id', true), ''), '-'), 'sign_in', 'session',
          case told when 'begun' then 'done' else 'refused' end);
  return told;
end $$;

-- 8. Who has looked. To the learner and the parent: when, in which capacity, of which institution; who it was in person is
-- told by the institution or the data protection officer (CJEU C-579/21).
create function access.who_looked(before bigint, most integer)
returns table (audit_id bigint, at timestamptz, tier text, self boolean, place_lv text, place_en text, action text)
language sql stable security definer set search_path = '' as $$
  select a.audit_id, a.at, a.tier, a.person_id = mine.person_id, iv.name_lv, iv.name_en, a.action
    from access.my_mandate() mine
    join access.audit_learner al on al.learner_id in (select access.my_learner())
    join access.audit a using (audit_id)
    left join access.mandate m on m.mandate_id = a.mandate_id
    left join registry.institution_version iv
      on iv.institution_id = m.institution_id and iv.superseded_by is null and iv.valid @> access.today()
   where before is null or a.audit_id < before
   order by a.audit_id desc limit most
$$;

-- A learner by the id that stands on their own page, for the officer who is asked about it; the search is written down.
create function access.seek_learner(learner uuid) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_id bigint;
begin
  if not exists (select from access.my_mandate() m where m.tier = 'protection_officer') then
    return null;
  end if;
  select l.learner_id into found_id from registry.learner l where l.learner_uuid = learner;
  perform access.write_audit('search_audit', 'learner ' || learner, case when found_id is null then 'not_found' else 'shown' end,
    array_remove(array[found_id], null));
  return found_id;
end $$;

-- Sealed identity of the caller's own learner: oneself, or one's child.
create function identity.read_own_learner()
returns table (learner_id bigint, sealed_code bytea, sealed_name bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
begin
  own := array(select access.my_learner());
  if cardinality(own) = 0 then
    return;
  end if;
  perform access.write_audit('read_own_learner',
    'learner ' || (select l.learner_uuid from registry.learner l where l.learner_id = own[1]), 'shown', own);
  return query select p.learner_id, p.sealed_code, p.sealed_name from identity.person p where p.learner_id = any (own);
end $$;

revoke execute on function access.my_learner(), access.my_units(), access.find_session(bytea), access.demo_people(),
  access.end_all_sessions(bytea), access.end_provider_sessions(bytea, bytea),
  access.begin_attempt(bytea, text, text, interval), access.take_attempt(bytea), access.settle_representations(bigint),
  access.begin_session(bytea, bytea, bytea, text, interval, bytea, bytea), access.who_looked(bigint, integer),
  access.seek_learner(uuid), identity.read_own_learner() from public;
grant execute on function access.data_kind(), access.my_mandate(),
  access.write_audit(text, text, text, bigint[])
  to tier_learner, tier_parent, tier_teacher, tier_support, tier_inspector, tier_researcher;
grant execute on function access.my_learner(), access.who_looked(bigint, integer), identity.read_own_learner()
  to tier_learner, tier_parent;
grant execute on function access.my_units() to tier_municipality, tier_inspector;
grant execute on function access.seek_learner(uuid) to tier_protection_officer;
grant execute on function access.find_session(bytea), access.demo_people(), access.end_all_sessions(bytea),
  access.end_provider_sessions(bytea, bytea), access.begin_attempt(bytea, text, text, interval),
  access.take_attempt(bytea), access.begin_session(bytea, bytea, bytea, text, interval, bytea, bytea) to ikms_app;
grant execute on function access.settle_representations(bigint) to ikms_job;
reset role;
revoke create on schema access, identity from ikms_definer;
grant usage on schema identity to tier_learner, tier_parent;

grant execute on function access.today()
  to tier_learner, tier_parent, tier_teacher, tier_support, tier_inspector, tier_researcher;

-- 9. Rows. A learner and a parent see one learner; a municipality and an inspector see figures, no learner.
do $$
declare
  reader text;
begin
  foreach reader in array array['learner', 'parent'] loop
    execute format('grant select on registry.learner, registry.learner_version, registry.enrolment, records.result to %I',
      'tier_' || reader);
    execute format('create policy %I on registry.learner for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
    execute format('create policy %I on registry.learner_version for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
    execute format('create policy %I on registry.enrolment for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
    execute format('create policy %I on records.result for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
  end loop;
  foreach reader in array array['municipality', 'inspector'] loop
    execute format('grant select on indicators.cell to %I', 'tier_' || reader);
    execute format('create policy %I on indicators.cell for select to %I
      using ((level, unit_id) in (select level, unit_id from access.my_units()))', reader || '_reads_own', 'tier_' || reader);
  end loop;
end $$;
