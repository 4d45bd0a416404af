-- The test day at full size: answers of many children in one transaction that waits for nobody, and everything a page of a child needs in
-- one question, asked for many at once.
-- Times are instants of the server's clock.

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- When a device was heard is a sign of life and no more: nobody waits for another who writes it down just now. Sittings that were not
-- heard for a while.
create function assessments.mark_seen(sittings bigint[]) returns void
language sql volatile set search_path = '' set enable_seqscan = off as $$
  update assessments.sitting t set seen_at = now()
   where t.sitting_id = any (array(select x.sitting_id from assessments.sitting x where x.sitting_id = any (sittings)
                                      for no key update skip locked))
$$;

-- Boards that are open learn of sessions in which something happened. Apart from the answers themselves: who tells waits for all others
-- who tell, and an answer must not.
create function assessments.ring(sessions bigint[]) returns void
language sql volatile security definer set search_path = '' as $$
  select assessments.tell_boards(sessions)
$$;

-- How sittings stand, with the answers in force, by their place in the list (tokens in hex): all that a page of a child needs. In
-- place of `look` and `own_answers`, which asked for one.
drop function assessments.look(bytea);
drop function assessments.own_answers(bytea);
create function assessments.stands(tokens text[])
returns table (nth integer, state text, participant uuid, label text, name_lv text, name_en text, minutes integer, ends_at timestamptz,
               server_time timestamptz, form_id bigint, seed integer, profile jsonb, places integer, answers jsonb)
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off as $$
declare
  heard bigint[];
  away  bigint[];
begin
  select array_agg(s.sitting_id), array_agg(s.session_id) filter (where s.seen_at < now() - interval '25 seconds') into heard, away
    from unnest(tokens) t join assessments.seat s on s.token_hash = decode(t, 'hex')
   where s.seen_at < now() - interval '8 seconds' and s.state in ('waiting', 'running', 'time_over');
  if heard is not null then
    perform assessments.mark_seen(heard);
    perform assessments.tell_boards(away);
  end if;
  return query
  select t.at::integer, s.state, s.participant_uuid, s.label, s.name_lv, s.name_en, s.minutes, s.ends_at, now(), s.form_id, s.seed, s.profile,
         (select count(*)::integer from assessments.form_item f where f.form_id = s.form_id), coalesce(own.answers, '[]')
    from unnest(tokens) with ordinality t (token, at)
    join assessments.seat s on s.token_hash = decode(t.token, 'hex')
    left join lateral (
      select jsonb_agg(jsonb_build_object('position', a.position, 'revision', a.revision, 'answer', a.answer) order by a.position) as answers
        from (select distinct on (x.position) x.position, x.revision, x.answer from assessments.answer x
               where x.participant_id = s.participant_id order by x.position, x.revision desc) a
    ) own on s.state in ('running', 'time_over', 'finished');
end $$;

-- As before (migration 42), and beside it the session in which it happened: who asked rings its board.
drop function assessments.take_answers(jsonb);
create function assessments.take_answers(sent jsonb) returns table (nth integer, outcome text, latest integer, room bigint)
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off as $$
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
  ), stale as materialized (
    select x.sitting_id from assessments.sitting x
     where x.sitting_id in (select j.sitting_id from judged j where j.seen_at < now() - interval '8 seconds')
       for no key update skip locked
  ), seen as (
    update assessments.sitting t set seen_at = now() from stale where t.sitting_id = stale.sitting_id
  )
  select j.nth,
         case when j.verdict <> 'new' then j.verdict when k.revision is null then 'again' else 'saved' end,
         coalesce(case when j.verdict = 'new' then k.revision end, j.top, 0), j.session_id
    from judged j
    left join kept k on j.verdict = 'new' and k.participant_id = j.participant_id and k.position = j.position and k.revision = j.revision;
end $$;

create or replace function assessments.pulses(tokens text[])
returns table (nth integer, state text, participant uuid, ends_at timestamptz, server_time timestamptz)
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off as $$
declare
  heard bigint[];
  away  bigint[];
begin
  select array_agg(s.sitting_id), array_agg(s.session_id) filter (where s.seen_at < now() - interval '25 seconds') into heard, away
    from unnest(tokens) t join assessments.seat s on s.token_hash = decode(t, 'hex')
   where s.seen_at < now() - interval '8 seconds' and s.state in ('waiting', 'running', 'time_over');
  if heard is not null then
    perform assessments.mark_seen(heard);
    perform assessments.tell_boards(away);
  end if;
  return query
  select t.at::integer, s.state, s.participant_uuid, s.ends_at, now()
    from unnest(tokens) with ordinality t (token, at) join assessments.seat s on s.token_hash = decode(t.token, 'hex');
end $$;

revoke execute on function assessments.mark_seen(bigint[]), assessments.ring(bigint[]), assessments.stands(text[]),
  assessments.take_answers(jsonb) from public;
grant execute on function assessments.ring(bigint[]), assessments.stands(text[]), assessments.take_answers(jsonb) to ikms_app;
reset role;
revoke create on schema assessments from ikms_definer;
