-- The test day: a child enters with a printed code, waits, works, and is done; who leads the session sees where everybody is.
-- Units: minutes; positions count from 1; times are instants of the server's clock, the only one that counts.
--
-- A child has no account. The token of its sitting is all it has: whoever holds the token reaches one participant, through the
-- functions below, and nothing else. Answers are added, never changed; what is refused is kept apart with the reason.

alter table assessments.participant
  add column added_minutes smallint not null default 0 check (added_minutes between 0 and 300);  -- given by who leads the session

-- What was sent and not taken: nothing a child wrote is thrown away, and nobody's answer changes by it.
create table assessments.refused_answer (
  refused_id     bigint      generated always as identity primary key,
  participant_id bigint      not null references assessments.participant,
  sitting_id     bigint      not null,
  position       smallint    not null,
  revision       integer     not null,
  reason         text        not null,                -- as the client was told, e.g. 'stale', 'time_over'
  answer         jsonb       check (pg_column_size(answer) <= 65536),  -- null: not kept, because it was no answer
  at             timestamptz not null default now()
);
create index on assessments.refused_answer (participant_id);
select migration.protect('assessments.refused_answer');
grant select, insert on assessments.refused_answer to ikms_definer;
create policy definer_works on assessments.refused_answer for all to ikms_definer using (true) with check (true);
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['assessments.refused_answer'] where kind = 'learner_record';
alter table rights.retention force row level security;

-- A sitting as it stands this moment.
create view assessments.seat with (security_invoker = true) as
  select t.sitting_id, t.token_hash, t.seen_at, p.participant_id, p.participant_uuid, p.learner_id, p.form_id, p.seed, p.profile,
         p.started_at, p.finished_at, n.session_id, n.session_uuid, n.label, n.institution_id, r.round_id, r.name_lv, r.name_en,
         r.minutes + p.added_minutes + coalesce((p.profile ->> 'extraMinutes')::integer, 0) as minutes, e.ends_at,
         case when t.closed_at is not null then 'elsewhere'            -- opened again on another device
              when p.finished_at is not null then 'finished'
              when r.state <> 'open' or now() >= r.closes_at or n.state in ('planned', 'ended') then 'ended'
              when n.state = 'waiting' or p.started_at is null then 'waiting'
              when now() >= e.ends_at then 'time_over'
              else 'running' end as state
    from assessments.sitting t
    join assessments.participant p using (participant_id)
    join assessments.session n using (session_id)
    join assessments.round r on r.round_id = p.round_id
   cross join lateral (select case when p.started_at is not null then least(r.closes_at, p.started_at + make_interval(
           mins => r.minutes + p.added_minutes + coalesce((p.profile ->> 'extraMinutes')::integer, 0))) end as ends_at) e;
grant select on assessments.seat to ikms_definer;

grant usage on schema assessments to ikms_app, tier_school, tier_teacher;
grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Boards that are open learn of it: ids of sessions in which something happened, nothing else.
create function assessments.tell_boards(sessions bigint[]) returns void
language sql volatile set search_path = '' as $$
  select pg_notify('ikms_board', string_agg(distinct s::text, ',')) from unnest(sessions) s having count(*) > 0
$$;

-- A child enters with the keyed hash of a code, and gets a sitting under the hash of a token. Older sittings end: the latest device is
-- the one that may answer. Answers 'entered', or why not: unknown, not_open (no session is under way), exempt, finished.
create function assessments.enter(entry bytea, token bytea) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  who  assessments.participant;
  room assessments.session;
begin
  -- The session before the participant, as who starts the session does: then nobody waits in a circle, and nobody who enters in
  -- the moment of the start is left without one.
  select n.* into room from assessments.session n
   where n.session_id = (select p.session_id from assessments.participant p where p.entry_key = entry) for share;
  select p.* into who from assessments.participant p where p.entry_key = entry for update;
  if who.participant_id is null then
    return 'unknown';
  elsif room.session_id is null or room.state not in ('waiting', 'running') or who.form_id is null or not exists (
      select from assessments.round r where r.round_id = who.round_id and r.state = 'open' and r.opens_at <= now() and now() < r.closes_at) then
    return 'not_open';
  elsif who.status = 'exempt' then
    return 'exempt';
  elsif who.finished_at is not null then
    return 'finished';
  end if;
  update assessments.sitting t set closed_at = now() where t.participant_id = who.participant_id and t.closed_at is null;
  insert into assessments.sitting (participant_id, token_hash) values (who.participant_id, token);
  if room.state = 'running' and who.started_at is null then
    update assessments.participant p set started_at = now(), status = 'tested' where p.participant_id = who.participant_id;
  end if;
  perform assessments.tell_boards(array[room.session_id]);
  return 'entered';
end $$;

-- How a sitting stands, for the one who holds its token; that it was asked is what the board knows of its connection.
create function assessments.look(token bytea)
returns table (state text, participant uuid, label text, name_lv text, name_en text, minutes integer, ends_at timestamptz,
               server_time timestamptz, form_id bigint, seed integer, profile jsonb, places integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  seat assessments.seat;
begin
  select s.* into seat from assessments.seat s where s.token_hash = token;
  if seat.sitting_id is null then
    return;
  end if;
  if seat.seen_at < now() - interval '8 seconds' and seat.state in ('waiting', 'running', 'time_over') then
    update assessments.sitting t set seen_at = now() where t.sitting_id = seat.sitting_id;
    if seat.seen_at < now() - interval '25 seconds' then -- it was away
      perform assessments.tell_boards(array[seat.session_id]);
    end if;
  end if;
  return query select seat.state, seat.participant_uuid, seat.label, seat.name_lv, seat.name_en, seat.minutes, seat.ends_at, now(),
                      seat.form_id, seat.seed, seat.profile,
                      (select count(*)::integer from assessments.form_item f where f.form_id = seat.form_id);
end $$;

-- The same of many at once, by their place in the list (tokens in hex); little of each, for those who wait or only say that they are there.
create function assessments.pulses(tokens text[])
returns table (nth integer, state text, participant uuid, ends_at timestamptz, server_time timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform assessments.tell_boards(array(
    select s.session_id from unnest(tokens) t join assessments.seat s on s.token_hash = decode(t, 'hex')
     where s.seen_at < now() - interval '25 seconds' and s.state in ('waiting', 'running', 'time_over')));
  return query
  with asked as materialized (
    select t.at, s.* from unnest(tokens) with ordinality t (token, at) join assessments.seat s on s.token_hash = decode(t.token, 'hex')
  ), seen as (
    update assessments.sitting x set seen_at = now() from asked a
     where x.sitting_id = a.sitting_id and a.seen_at < now() - interval '8 seconds' and a.state in ('waiting', 'running', 'time_over')
  )
  select a.at::integer, a.state, a.participant_uuid, a.ends_at, now() from asked a;
end $$;

-- Words of the items of a form, without keys, for a child at work; nothing before it begins and after it ends.
create function assessments.paper(token bytea) returns table ("position" smallint, content jsonb)
language sql stable security definer set search_path = '' as $$
  select f.position, t.content
    from assessments.seat s
    join assessments.form_item f using (form_id)
    join assessments.item_version v using (item_version_id)
    join assessments.item_text t on t.item_version_id = v.item_version_id
     and t.language = case when s.profile ->> 'language' = any (v.languages) then s.profile ->> 'language' else v.languages[1] end
   where s.token_hash = token and s.state = 'running'
   order by f.position
$$;

create function assessments.paper_media(token bytea, place smallint, file text) returns table (media_type text, bytes bytea)
language sql stable security definer set search_path = '' as $$
  select m.media_type, m.bytes
    from assessments.seat s
    join assessments.form_item f on f.form_id = s.form_id and f.position = place
    join assessments.item_media i using (item_version_id)
    join assessments.media m using (sha256)
   where s.token_hash = token and s.state = 'running' and i.name = file
$$;

-- What is in force of a child's own answers: the latest revision of each place.
create function assessments.own_answers(token bytea) returns table ("position" smallint, revision integer, answer jsonb)
language sql stable security definer set search_path = '' as $$
  select distinct on (a.position) a.position, a.revision, a.answer
    from assessments.seat s join assessments.answer a using (participant_id)
   where s.token_hash = token and s.state in ('running', 'time_over', 'finished')
   order by a.position, a.revision desc
$$;

-- Takes answers that came together: [{nth, token (hex), participant, position, revision, answer}]. Answers for each what became of it
-- and the latest revision there is: saved (also where this very answer was there already), again (another one of the same moment
-- was first: ask again), or why not: stale, wrong_revision, another_sitting, no_such_place, or the state of the sitting. What is not taken
-- is kept apart. A token nobody has is not answered.
create function assessments.take_answers(sent jsonb) returns table (nth integer, outcome text, latest integer)
language plpgsql volatile security definer set search_path = '' as $$
begin
  return query
  with judged as materialized (
    select x.nth, x.position, x.revision, x.answer, s.sitting_id, s.participant_id, s.session_id, s.seen_at, top.revision as top,
           case when x.participant is distinct from s.participant_uuid then 'another_sitting'
                when same.answer = x.answer then 'saved'
                when s.state <> 'running' then s.state
                when x.position not between 1 and (select max(f.position) from assessments.form_item f where f.form_id = s.form_id)
                  then 'no_such_place'
                when x.revision <= top.revision then 'stale'
                when x.revision > coalesce(top.revision, 0) + 1000 then 'wrong_revision' -- none would be left for later ones
                else 'new' end as verdict
      from jsonb_to_recordset(sent) as x (nth integer, token text, participant uuid, position smallint, revision integer, answer jsonb)
      join assessments.seat s on s.token_hash = decode(x.token, 'hex')
      left join lateral (select a.revision from assessments.answer a
                          where a.participant_id = s.participant_id and a.position = x.position
                          order by a.revision desc limit 1) top on true
      left join assessments.answer same
        on same.participant_id = s.participant_id and same.position = x.position and same.revision = x.revision
  ), kept as (
    insert into assessments.answer as a (participant_id, position, revision, answer, sitting_id)
    select j.participant_id, j.position, j.revision, j.answer, j.sitting_id from judged j where j.verdict = 'new'
    on conflict do nothing
    returning a.participant_id, a.position, a.revision
  ), refused as (
    insert into assessments.refused_answer (participant_id, sitting_id, position, revision, reason, answer)
    select j.participant_id, j.sitting_id, j.position, j.revision, j.verdict, j.answer from judged j
     where j.verdict not in ('new', 'saved')
       and (select count(*) from assessments.refused_answer r where r.participant_id = j.participant_id) < 500
  ), seen as (
    update assessments.sitting t set seen_at = now() from judged j
     where t.sitting_id = j.sitting_id and j.seen_at < now() - interval '8 seconds'
  )
  select j.nth,
         case when j.verdict <> 'new' then j.verdict when k.revision is null then 'again' else 'saved' end,
         coalesce(case when j.verdict = 'new' then k.revision end, j.top, 0)
    from judged j
    left join kept k on j.verdict = 'new' and k.participant_id = j.participant_id and k.position = j.position and k.revision = j.revision;
  perform assessments.tell_boards((select array_agg(s.session_id) from jsonb_to_recordset(sent) as x (token text)
                                     join assessments.seat s on s.token_hash = decode(x.token, 'hex')));
end $$;

-- Keeps what was no answer to what was asked, with the reason; what it was only where it could be kept.
create function assessments.note_refusal(token bytea, place smallint, no integer, why text, what jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into assessments.refused_answer (participant_id, sitting_id, position, revision, reason, answer)
  select s.participant_id, s.sitting_id, place, no, why, what
    from assessments.seat s
   where s.token_hash = token
     and (select count(*) from assessments.refused_answer r where r.participant_id = s.participant_id) < 500
$$;

-- A child says it is done. The state after it.
create function assessments.finish(token bytea) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  seat assessments.seat;
begin
  select s.* into seat from assessments.seat s where s.token_hash = token;
  if seat.state in ('running', 'time_over') then
    update assessments.participant p set finished_at = now() where p.participant_id = seat.participant_id and p.finished_at is null;
    perform assessments.tell_boards(array[seat.session_id]);
    return 'finished';
  end if;
  return seat.state;
end $$;

-- The session, where the caller may lead it: a teacher or the head of the institution it is in.
create function assessments.my_room(wanted uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select n.session_id
    from assessments.session n
    join access.my_mandate() m on m.institution_id = n.institution_id and m.tier in ('teacher', 'school')
   where n.session_uuid = wanted
$$;

-- Sessions the caller may lead, of rounds that are being prepared, under way or just closed.
create function assessments.rooms()
returns table (id uuid, label text, state text, planned_at timestamptz, round_uuid uuid, name_lv text, name_en text, round_state text,
               opens_at timestamptz, closes_at timestamptz, minutes smallint, expected integer, present integer, done integer)
language sql stable security definer set search_path = '' as $$
  select n.session_uuid, n.label, n.state, n.planned_at, r.round_uuid, r.name_lv, r.name_en, r.state, r.opens_at, r.closes_at, r.minutes,
         count(p.participant_id) filter (where p.status <> 'exempt')::integer,
         count(p.participant_id) filter (where exists (select from assessments.sitting t where t.participant_id = p.participant_id))::integer,
         count(p.finished_at)::integer
    from assessments.session n
    join access.my_mandate() m on m.institution_id = n.institution_id and m.tier in ('teacher', 'school')
    join assessments.round r using (round_id)
    left join assessments.participant p on p.session_id = n.session_id
   where r.state in ('rostered', 'open', 'closed')
   group by n.session_id, r.round_id
   order by coalesce(n.planned_at, r.opens_at), r.round_id, n.label
$$;

-- Where everybody of a session is, without a name.
create function assessments.board(wanted uuid)
returns table (participant uuid, status text, started_at timestamptz, finished_at timestamptz, ends_at timestamptz, added_minutes integer,
               extra_minutes integer, seen_at timestamptz, devices integer, answered integer, places integer, last_place smallint,
               last_saved_at timestamptz, refused integer)
language sql stable security definer set search_path = '' as $$
  select p.participant_uuid, p.status, p.started_at, p.finished_at,
         case when p.started_at is not null then least(r.closes_at, p.started_at + make_interval(mins =>
           r.minutes + p.added_minutes + coalesce((p.profile ->> 'extraMinutes')::integer, 0))) end,
         p.added_minutes::integer, coalesce((p.profile ->> 'extraMinutes')::integer, 0), t.seen_at, coalesce(t.devices, 0)::integer,
         coalesce(a.answered, 0)::integer, (select count(*) from assessments.form_item f where f.form_id = p.form_id)::integer,
         last.position, last.saved_at,
         (select count(*) from assessments.refused_answer x where x.participant_id = p.participant_id)::integer
    from assessments.participant p
    join assessments.round r using (round_id)
    left join lateral (select max(x.seen_at) as seen_at, count(*) as devices from assessments.sitting x
                        where x.participant_id = p.participant_id) t on true
    left join lateral (select count(*) as answered from (
                         select distinct on (x.position) x.answer from assessments.answer x
                          where x.participant_id = p.participant_id order by x.position, x.revision desc) now_there
                        where now_there.answer <> '{}') a on true
    left join lateral (select x.position, x.saved_at from assessments.answer x
                        where x.participant_id = p.participant_id order by x.saved_at desc limit 1) last on true
   where p.session_id = (select assessments.my_room(wanted))
$$;

-- The session itself, for its board. Nothing: it is not there, or not the caller's.
create function assessments.room(wanted uuid)
returns table (id uuid, session_id bigint, label text, state text, planned_at timestamptz, started_at timestamptz, ended_at timestamptz, name_lv text,
               name_en text, round_state text, opens_at timestamptz, closes_at timestamptz, minutes smallint, server_time timestamptz)
language sql stable security definer set search_path = '' as $$
  select n.session_uuid, n.session_id, n.label, n.state, n.planned_at, n.started_at, n.ended_at, r.name_lv, r.name_en, r.state, r.opens_at,
         r.closes_at, r.minutes, now()
    from assessments.session n join assessments.round r using (round_id)
   where n.session_id = (select assessments.my_room(wanted))
$$;

-- Sealed names of those in a session, for who leads it; every one of them is written down. A teacher reads them while the round is
-- open and not before or after.
create function assessments.board_names(wanted uuid)
returns table (participant uuid, sealed_name bytea, sealed_code bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  room bigint;
begin
  select n.session_id into room
    from assessments.session n join assessments.round r using (round_id)
   where n.session_id = assessments.my_room(wanted) and (r.state = 'open' or (access.my_mandate()).tier = 'school');
  perform access.write_audit('read_board', 'session ' || wanted, case when room is null then 'refused' else 'shown' end,
    (select coalesce(array_agg(p.learner_id), '{}') from assessments.participant p where p.session_id = room));
  return query
    select p.participant_uuid, n.sealed_name, n.sealed_code
      from assessments.participant p left join identity.person n on n.learner_id = p.learner_id
     where p.session_id = room;
end $$;

-- Who leads a session opens the waiting room ('open'), starts ('start', also again after it was ended by mistake) and ends it ('end').
-- Null, or why not: not_there, wrong_state, not_open (the round is not open at this hour).
create function assessments.lead(wanted uuid, step text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  mandate access.mandate := access.my_mandate();
  room assessments.session;
begin
  select n.* into room from assessments.session n where n.session_id = assessments.my_room(wanted) for update;
  if room.session_id is null then
    perform access.write_audit('lead_session', 'session ' || wanted, 'not_found');
    return 'not_there';
  elsif not (room.state, step) in (('planned', 'open'), ('waiting', 'start'), ('ended', 'start'), ('waiting', 'end'), ('running', 'end')) then
    return 'wrong_state';
  elsif step <> 'end' and not exists (
      select from assessments.round r
       where r.round_id = room.round_id and r.state = 'open' and r.opens_at <= now() and now() < r.closes_at) then
    return 'not_open';
  end if;
  update assessments.session n
     set state = case step when 'open' then 'waiting' when 'start' then 'running' else 'ended' end,
         started_at = case when step = 'start' then coalesce(n.started_at, now()) else n.started_at end,
         ended_at = case when step = 'end' then now() end,
         led_by = mandate.person_id
   where n.session_id = room.session_id;
  if step = 'start' then
    update assessments.participant p set started_at = now(), status = 'tested'
     where p.session_id = room.session_id and p.started_at is null and p.status <> 'exempt'
       and exists (select from assessments.sitting t where t.participant_id = p.participant_id and t.closed_at is null);
  end if;
  perform access.write_audit('lead_session', 'session ' || wanted || ' ' || step, 'done');
  perform assessments.tell_boards(array[room.session_id]);
  return null;
end $$;

-- Minutes more for one child ('minutes'), or in again after it said it was done ('admit'). Null, or why not: not_there, wrong_state.
create function assessments.lead_one(wanted uuid, who uuid, step text, more integer) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  room bigint := assessments.my_room(wanted);
  one  assessments.participant;
begin
  select p.* into one from assessments.participant p where p.participant_uuid = who and p.session_id = room for update;
  if one.participant_id is null then
    perform access.write_audit('lead_session', 'session ' || wanted, 'not_found');
    return 'not_there';
  elsif not exists (select from assessments.session n join assessments.round r using (round_id)
                     where n.session_id = room and n.state = 'running' and r.state = 'open')
     or (step = 'admit' and one.finished_at is null)
     or (step = 'minutes' and (one.started_at is null or one.added_minutes + more > 300)) then
    return 'wrong_state';
  end if;
  if step = 'admit' then
    update assessments.participant p set finished_at = null where p.participant_id = one.participant_id;
  else
    update assessments.participant p set added_minutes = p.added_minutes + more where p.participant_id = one.participant_id;
  end if;
  perform access.write_audit('lead_session', 'participant ' || who || ' ' || step || coalesce(' ' || more, ''), 'done', array[one.learner_id]);
  perform assessments.tell_boards(array[room]);
  return null;
end $$;

revoke execute on function assessments.tell_boards(bigint[]), assessments.enter(bytea, bytea), assessments.look(bytea),
  assessments.pulses(text[]), assessments.paper(bytea), assessments.paper_media(bytea, smallint, text), assessments.own_answers(bytea), assessments.take_answers(jsonb),
  assessments.note_refusal(bytea, smallint, integer, text, jsonb), assessments.finish(bytea), assessments.my_room(uuid), assessments.rooms(),
  assessments.board(uuid), assessments.room(uuid), assessments.board_names(uuid), assessments.lead(uuid, text),
  assessments.lead_one(uuid, uuid, text, integer) from public;
grant execute on function assessments.enter(bytea, bytea), assessments.look(bytea), assessments.pulses(text[]), assessments.paper(bytea),
  assessments.paper_media(bytea, smallint, text), assessments.own_answers(bytea), assessments.take_answers(jsonb),
  assessments.note_refusal(bytea, smallint, integer, text, jsonb), assessments.finish(bytea) to ikms_app;
grant execute on function assessments.rooms(), assessments.board(uuid), assessments.room(uuid), assessments.board_names(uuid),
  assessments.lead(uuid, text), assessments.lead_one(uuid, uuid, text, integer) to tier_school, tier_teacher;
reset role;
revoke create on schema assessments from ikms_definer;
