-- Rounds are run: forms are put together, rounds planned, schools drawn, rosters made, rounds opened and closed; a school says who
-- of its pupils is absent or exempt, and what a child needs.
--
-- The rules stand in the functions below, which refuse with a code; people need a duty or answer for the school, the operator and
-- jobs are let through. Names of learners leave in one function only, which writes down whom it showed.

-- What was done with a round, in order; numbers only, nobody's name.
create table assessments.round_event (
  event_id  bigint      generated always as identity primary key,
  round_id  bigint      not null references assessments.round,
  at        timestamptz not null default now(),
  person_id bigint,                                   -- access.person; null: the operator, or a job
  kind      text        not null check (kind in ('planned', 'roster', 'moved', 'paper', 'scores')),
  state     text        check (state in ('planned', 'rostered', 'open', 'closed', 'scaled', 'preliminary', 'official', 'cancelled')),
  text      text        check (length(text) between 1 and 1000),
  facts     jsonb       not null default '{}',
  check ((kind = 'moved') <= (state is not null))
);
create index on assessments.round_event (round_id);

-- Schools drawn for a round, with probability proportional to the number of pupils. Schools drawn next to each other are a pair:
-- variance is estimated from the difference of the halves of each zone.
create table assessments.sampled_school (
  round_id       bigint           not null references assessments.round,
  institution_id bigint           not null references registry.institution,
  zone           smallint         not null check (zone > 0),
  half           smallint         not null check (half in (0, 1)),
  size           integer          not null check (size > 0),         -- pupils of the grade when it was drawn
  probability    double precision not null check (probability > 0 and probability <= 1),
  primary key (round_id, institution_id)
);

select migration.protect(t::regclass) from unnest(array['assessments.round_event', 'assessments.sampled_school']) as t;
grant select, insert on assessments.round_event to ikms_definer;
grant select on assessments.sampled_school to ikms_definer;
create policy definer_works on assessments.round_event for all to ikms_definer using (true) with check (true);
create policy definer_reads on assessments.sampled_school for select to ikms_definer using (true);
grant delete on assessments.participant, assessments.session to ikms_definer;

-- Whoever has a duty sees which rounds, forms and sessions there are; nobody who sits them.
do $$
declare
  reader text;
  target text;
begin
  foreach reader in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
    foreach target in array array['form', 'form_item', 'round', 'round_form', 'session', 'round_event', 'sampled_school'] loop
      execute format('grant select on assessments.%I to %I', target, reader);
      execute format('create policy %I on assessments.%I for select to %I using ((select assessments.has_duty()))',
        reader || '_with_duty', target, reader);
    end loop;
  end loop;
end $$;

grant usage on schema assessments to tier_school;
grant create on schema assessments, jobs to ikms_definer;
set local role ikms_definer;

-- As before, and whoever runs, marks or scales a round may ask for its jobs, through functions that say which.
create or replace function jobs.asker() returns bigint stable security definer
language plpgsql set search_path = '' as $$
declare
  asker bigint;
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  select m.person_id into asker from access.my_mandate() m
   where m.tier in ('steward', 'protection_officer', 'analyst')
      or assessments.my_duties() && array['coordinator', 'marker', 'psychometrician'];
  if asker is null then
    raise insufficient_privilege using message = 'only a steward may do this, the data protection officer, an analyst, or who has the duty';
  end if;
  return asker;
end $$;

-- Lets the operator, jobs and whoever has the duty of a coordinator through. Answers who it is; null: the operator.
create function assessments.coordinator() returns bigint stable security definer
language plpgsql set search_path = '' as $$
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  if not 'coordinator' = any (assessments.my_duties()) then
    raise insufficient_privilege using message = 'only a coordinator may do this';
  end if;
  return (select m.person_id from access.my_mandate() m);
end $$;

-- Writes down what a person did; what the operator does is written down by the command.
create function assessments.note_done(action text, object text, learners bigint[] default '{}') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if session_user = 'ikms_app' then
    perform access.write_audit(action, object, 'done', learners);
  end if;
end $$;

-- Puts a form together from the newest versions of items, given by code in order; a draft may be written again.
-- Answers null, or why not: form_fixed, no_items, item_unknown, item_twice, item_elsewhere (another domain; another grade, but
-- an anchor may be of another grade).
create function assessments.write_form(wanted jsonb) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.coordinator();
  found assessments.form;
begin
  select f.* into found from assessments.form f where f.code = wanted ->> 'code' for update;
  if found.state = 'fixed' then
    return 'form_fixed';
  elsif jsonb_array_length(wanted -> 'items') = 0 then
    return 'no_items';
  elsif (select count(*) <> count(distinct i ->> 'code') from jsonb_array_elements(wanted -> 'items') i) then
    return 'item_twice';
  elsif exists (select from jsonb_array_elements(wanted -> 'items') i
                 where not exists (select from assessments.item x where x.code = i ->> 'code')) then
    return 'item_unknown';
  elsif exists (select from jsonb_array_elements(wanted -> 'items') i
                  join assessments.item x on x.code = i ->> 'code'
                  join lateral (select w.* from assessments.item_version w where w.item_id = x.item_id order by w.number desc limit 1) v on true
                 where v.domain <> wanted ->> 'domain'
                    or (v.grade <> (wanted ->> 'grade')::smallint and not coalesce((i ->> 'anchor')::boolean, false))) then
    return 'item_elsewhere';
  end if;
  if found.form_id is null then
    insert into assessments.form (code, domain, grade, made_by)
    values (wanted ->> 'code', wanted ->> 'domain', (wanted ->> 'grade')::smallint, maker) returning * into found;
  else
    update assessments.form f set domain = wanted ->> 'domain', grade = (wanted ->> 'grade')::smallint
     where f.form_id = found.form_id returning * into found;
    delete from assessments.form_item x where x.form_id = found.form_id;
  end if;
  insert into assessments.form_item (form_id, position, item_version_id, is_anchor)
  select found.form_id, i.at, v.item_version_id, coalesce((i.said ->> 'anchor')::boolean, false)
    from jsonb_array_elements(wanted -> 'items') with ordinality i (said, at)
    join assessments.item x on x.code = i.said ->> 'code'
    join lateral (select w.* from assessments.item_version w where w.item_id = x.item_id order by w.number desc limit 1) v on true;
  perform assessments.note_done('write_form', 'form ' || found.form_uuid);
  return null;
end $$;

-- Fixes a form: from then on it stays as it is. Answers null, or why not: not_there, form_fixed, item_not_ready (an item that was
-- not yet reviewed, or is no longer used).
create function assessments.fix_form(wanted uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.form;
begin
  perform assessments.coordinator();
  select f.* into found from assessments.form f where f.form_uuid = wanted for update;
  if found.form_id is null then
    return 'not_there';
  elsif found.state = 'fixed' then
    return 'form_fixed';
  elsif exists (select from assessments.form_item x
                  join assessments.item_version v using (item_version_id)
                  join assessments.item i using (item_id)
                 where x.form_id = found.form_id and i.state not in ('pilot', 'calibrated', 'live')) then
    return 'item_not_ready';
  end if;
  update assessments.form f set state = 'fixed' where f.form_id = found.form_id;
  perform assessments.note_done('fix_form', 'form ' || wanted);
  return null;
end $$;

-- Plans a round. Answers null, or why not: code_taken, window (over, or ends before it begins), no_form, form_unknown,
-- form_elsewhere (another domain or grade), form_not_fixed, no_anchors (without a reason), no_sample (how many schools),
-- overlap (the same domain and grade at the same time, or a second census in one school year).
create function assessments.plan_round(wanted jsonb) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.coordinator();
  made assessments.round;
  settings jsonb := coalesce(wanted -> 'settings', '{}');
  opens timestamptz := (wanted ->> 'opensAt')::timestamptz;
  closes timestamptz := (wanted ->> 'closesAt')::timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('assessments.plan_round', 0));
  if exists (select from assessments.round r where r.code = wanted ->> 'code') then
    return 'code_taken';
  elsif opens >= closes or closes <= now() then
    return 'window';
  elsif (wanted ->> 'kind') = 'sample' and coalesce((settings #>> '{sample,schools}')::integer, 0) < 2 then
    return 'no_sample';
  elsif (wanted ->> 'grade')::smallint > 0 and jsonb_array_length(wanted -> 'forms') = 0 then
    return 'no_form';
  elsif exists (select from jsonb_array_elements(wanted -> 'forms') f
                 where not exists (select from assessments.form x where x.code = f ->> 'code')) then
    return 'form_unknown';
  elsif exists (select from jsonb_array_elements(wanted -> 'forms') f join assessments.form x on x.code = f ->> 'code'
                 where x.domain <> wanted ->> 'domain' or x.grade <> (wanted ->> 'grade')::smallint) then
    return 'form_elsewhere';
  elsif exists (select from jsonb_array_elements(wanted -> 'forms') f join assessments.form x on x.code = f ->> 'code'
                 where x.state <> 'fixed') then
    return 'form_not_fixed';
  elsif coalesce(trim(settings ->> 'withoutAnchors'), '') = '' and exists (
      select from jsonb_array_elements(wanted -> 'forms') f join assessments.form x on x.code = f ->> 'code'
       where not exists (select from assessments.form_item i where i.form_id = x.form_id and i.is_anchor)) then
    return 'no_anchors';
  elsif (wanted ->> 'kind') <> 'rehearsal' and exists (
      select from assessments.round r
       where r.domain = wanted ->> 'domain' and r.grade = (wanted ->> 'grade')::smallint and r.state <> 'cancelled'
         and r.kind <> 'rehearsal'
         and (tstzrange(r.opens_at, r.closes_at) && tstzrange(opens, closes)
              or (r.kind = 'census' and wanted ->> 'kind' = 'census' and r.school_year = (wanted ->> 'schoolYear')::smallint))) then
    return 'overlap';
  end if;
  insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, settings, made_by)
  values (wanted ->> 'code', wanted ->> 'kind', wanted ->> 'domain', (wanted ->> 'grade')::smallint,
          (wanted ->> 'schoolYear')::smallint, wanted #>> '{name,lv}', wanted #>> '{name,en}', opens, closes,
          (wanted ->> 'minutes')::smallint, settings, maker)
  returning * into made;
  insert into assessments.round_form (round_id, form_id, share)
  select made.round_id, x.form_id, coalesce((f ->> 'share')::real, 1)
    from jsonb_array_elements(wanted -> 'forms') f join assessments.form x on x.code = f ->> 'code';
  insert into assessments.round_event (round_id, person_id, kind, state, text)
  values (made.round_id, maker, 'planned', 'planned', nullif(trim(settings ->> 'withoutAnchors'), ''));
  perform assessments.note_done('plan_round', 'round ' || made.round_uuid);
  return null;
end $$;

-- Opens, closes or cancels a round. Closing says of everybody who never began that they were absent. Answers null, or why not:
-- not_there, wrong_state, roster_empty, window_over, reason_missing (to cancel, or to close before the end).
create function assessments.move_round(wanted uuid, next text, reason text default '') returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  mover bigint := assessments.coordinator();
  found assessments.round;
begin
  select r.* into found from assessments.round r where r.round_uuid = wanted for update;
  if found.round_id is null then
    return 'not_there';
  elsif not (found.state, next) in (('rostered', 'open'), ('open', 'closed'), ('planned', 'cancelled'), ('rostered', 'cancelled'),
                                    ('open', 'cancelled')) then
    return 'wrong_state';
  elsif next = 'open' and found.grade > 0
        and not exists (select from assessments.participant p where p.round_id = found.round_id) then
    return 'roster_empty';
  elsif next = 'open' and found.closes_at <= now() then
    return 'window_over';
  elsif (next = 'cancelled' or (next = 'closed' and now() < found.closes_at)) and coalesce(trim(reason), '') = '' then
    return 'reason_missing';
  end if;
  if next = 'closed' then
    update assessments.participant p set status = case when p.started_at is null then 'absent' else 'tested' end
     where p.round_id = found.round_id and p.status = 'expected';
    update assessments.session s set state = 'ended', ended_at = now()
     where s.round_id = found.round_id and s.state in ('waiting', 'running');
  end if;
  update assessments.round r set state = next where r.round_id = found.round_id;
  insert into assessments.round_event (round_id, person_id, kind, state, text)
  values (found.round_id, mover, 'moved', next, nullif(trim(reason), ''));
  perform assessments.note_done('move_round', 'round ' || wanted || ' ' || next);
  return null;
end $$;

-- Asks for the job that makes the roster of a round, or makes it anew from the register of the day. Null, or why not.
create function assessments.ask_roster(wanted uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.round;
begin
  perform assessments.coordinator();
  select r.* into found from assessments.round r where r.round_uuid = wanted;
  if found.round_id is null then
    return 'not_there';
  elsif found.state not in ('planned', 'rostered') then
    return 'wrong_state';
  end if;
  perform jobs.ask('roster', jsonb_build_object('round', found.code), found.code);
  perform assessments.note_done('ask_roster', 'round ' || wanted);
  return null;
end $$;

-- The latest job that makes the roster of a round; nothing where none was asked for, or the caller has no duty.
create function assessments.roster_job(wanted bigint)
returns table (state text, done real, asked_at timestamptz, ended_at timestamptz, failure text)
language sql stable security definer set search_path = '' as $$
  select q.state::text, o.done, o.asked_at, q.completed_on, o.failure
    from pgboss.job q join jobs.job o on o.job_id = q.id
   where q.name = 'roster' and (select assessments.has_duty())
     and q.singleton_key = (select r.code from assessments.round r where r.round_id = wanted)
   order by o.asked_at desc limit 1
$$;

-- Names of those who did something with a round, for whoever has a duty.
create function assessments.round_people(wanted bigint) returns table (person_id bigint, name text)
language sql stable security definer set search_path = '' as $$
  select distinct p.person_id, p.display_name
    from assessments.round_event e join access.person p using (person_id)
   where e.round_id = wanted and (select assessments.has_duty())
$$;

-- How many take part, by school: for whoever has a duty all of them, for a school its own.
create function assessments.participation(wanted bigint)
returns table (institution_id bigint, session_id bigint, expected integer, tested integer, absent integer, exempt integer)
language sql stable security definer set search_path = '' as $$
  select p.institution_id, p.session_id,
         (count(*) filter (where p.status = 'expected'))::integer, (count(*) filter (where p.status = 'tested'))::integer,
         (count(*) filter (where p.status = 'absent'))::integer, (count(*) filter (where p.status = 'exempt'))::integer
    from assessments.participant p
   where p.round_id = wanted
     and (session_user <> 'ikms_app' or (select assessments.has_duty()) or p.institution_id in (select access.my_schools()))
   group by p.institution_id, p.session_id
$$;

-- Sessions of the caller's own school, in rounds that have a roster, newest first.
create function assessments.school_sessions()
returns table (round_id bigint, round_uuid uuid, code text, kind text, domain text, grade smallint, name_lv text, name_en text,
               school_year smallint, opens_at timestamptz, closes_at timestamptz, minutes smallint, state text,
               session_id bigint, session_uuid uuid, label text, planned_at timestamptz, session_state text)
language sql stable security definer set search_path = '' as $$
  select r.round_id, r.round_uuid, r.code, r.kind, r.domain, r.grade, r.name_lv, r.name_en, r.school_year, r.opens_at, r.closes_at,
         r.minutes, r.state, s.session_id, s.session_uuid, s.label, s.planned_at, s.state
    from assessments.session s join assessments.round r using (round_id)
   where s.institution_id in (select access.my_schools()) and r.state not in ('planned', 'cancelled')
$$;

-- Pupils of a session of the caller's own school with sealed names; every one of them is written down. With codes: the same, and
-- that codes were printed.
create function assessments.read_session(wanted uuid, with_codes boolean)
returns table (participant_id bigint, participant_uuid uuid, learner_id bigint, status text, exempt_reason text, profile jsonb,
               form text, started_at timestamptz, finished_at timestamptz, sealed_name bytea, sealed_code bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.session;
begin
  select s.* into found from assessments.session s
   where s.session_uuid = wanted and s.institution_id in (select access.my_schools());
  if found.session_id is null then
    perform access.write_audit('read_session', 'session ' || wanted, 'not_found');
    return;
  end if;
  perform access.write_audit(case when with_codes then 'print_codes' else 'read_session' end, 'session ' || wanted, 'shown',
    (select coalesce(array_agg(p.learner_id), '{}') from assessments.participant p where p.session_id = found.session_id));
  return query
    select p.participant_id, p.participant_uuid, p.learner_id, p.status, p.exempt_reason, p.profile, f.code, p.started_at,
           p.finished_at, n.sealed_name, n.sealed_code
      from assessments.participant p
      left join assessments.form f using (form_id)
      left join identity.person n on n.learner_id = p.learner_id
     where p.session_id = found.session_id;
end $$;

-- What the head says of a pupil: will sit, is absent, is exempt; and what the child needs. Null, or why not: not_there,
-- wrong_state, already_started, reason_missing, not_read_aloud (a test of reading is not read to a child).
create function assessments.say_participation(session uuid, wanted uuid, said text, reason text, needs jsonb) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.participant;
  round assessments.round;
begin
  select p.* into found from assessments.participant p
   where p.participant_uuid = wanted and p.institution_id in (select access.my_schools())
     and p.session_id = (select s.session_id from assessments.session s where s.session_uuid = session) for update;
  if found.participant_id is null then
    perform access.write_audit('say_participation', 'participant ' || wanted, 'not_found');
    return 'not_there';
  end if;
  select r.* into round from assessments.round r where r.round_id = found.round_id;
  if round.state not in ('rostered', 'open') then
    return 'wrong_state';
  elsif found.started_at is not null and said <> found.status then
    return 'already_started';
  elsif said = 'exempt' and reason is null then
    return 'reason_missing';
  elsif round.domain = 'reading' and coalesce((needs ->> 'readAloud')::boolean, false) then
    return 'not_read_aloud';
  end if;
  update assessments.participant p
     set status = said, exempt_reason = case when said = 'exempt' then reason end, profile = needs
   where p.participant_id = found.participant_id;
  perform access.write_audit('say_participation', 'participant ' || wanted, 'done', array[found.learner_id]);
  return null;
end $$;

-- When a session of the caller's own school is to be. Null, or why not: not_there, wrong_state, outside_window.
create function assessments.set_session(wanted uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.session;
  round assessments.round;
begin
  select s.* into found from assessments.session s
   where s.session_uuid = wanted and s.institution_id in (select access.my_schools()) for update;
  if found.session_id is null then
    return 'not_there';
  end if;
  select r.* into round from assessments.round r where r.round_id = found.round_id;
  if round.state not in ('rostered', 'open') or found.state <> 'planned' then
    return 'wrong_state';
  elsif at < round.opens_at or at >= round.closes_at then
    return 'outside_window';
  end if;
  update assessments.session s set planned_at = at where s.session_id = found.session_id;
  perform access.write_audit('set_session', 'session ' || wanted, 'done');
  return null;
end $$;

revoke execute on function assessments.coordinator(), assessments.note_done(text, text, bigint[]), assessments.write_form(jsonb),
  assessments.fix_form(uuid), assessments.plan_round(jsonb), assessments.move_round(uuid, text, text), assessments.ask_roster(uuid),
  assessments.roster_job(bigint), assessments.round_people(bigint), assessments.participation(bigint), assessments.school_sessions(), assessments.read_session(uuid, boolean),
  assessments.say_participation(uuid, uuid, text, text, jsonb), assessments.set_session(uuid, timestamptz) from public;
grant execute on function assessments.write_form(jsonb), assessments.fix_form(uuid), assessments.plan_round(jsonb),
  assessments.move_round(uuid, text, text), assessments.ask_roster(uuid), assessments.roster_job(bigint),
  assessments.round_people(bigint), assessments.participation(bigint) to ikms_job, tier_teacher, tier_researcher, tier_analyst, tier_steward;
grant execute on function assessments.participation(bigint), assessments.school_sessions(),
  assessments.read_session(uuid, boolean), assessments.say_participation(uuid, uuid, text, text, jsonb),
  assessments.set_session(uuid, timestamptz) to tier_school;
reset role;
revoke create on schema assessments, jobs from ikms_definer;
grant usage on schema jobs, pgboss to ikms_definer;

select pgboss.create_queue('roster', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
