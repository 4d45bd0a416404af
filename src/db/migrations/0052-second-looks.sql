-- A family says that it doubts a result, the school finds the answers people marked and asks for a second look, and both see what became
-- of it. A second look can be asked for while results are preliminary, and for thirty days after they became official: families see them
-- from then on only.

-- A family asks its school to have a result looked at again: once for a test.
create table assessments.look_wish (
  wish_id        bigint      generated always as identity primary key,
  participant_id bigint      not null unique references assessments.participant,
  reason         text        not null check (length(reason) between 1 and 2000),
  asked_by       bigint      not null,                    -- access.person
  asked_at       timestamptz not null default now()
);

select migration.protect('assessments.look_wish');
grant select, insert on assessments.look_wish to ikms_definer;
create policy definer_works on assessments.look_wish for all to ikms_definer using (true) with check (true);

grant usage on schema assessments to tier_learner, tier_parent;
grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Whether second looks at a round may be asked for today.
create function assessments.may_look_again(wanted bigint) returns boolean stable security definer
language sql set search_path = '' as $$
  select r.state = 'preliminary'
         or (r.state = 'official' and exists (select from assessments.release_step s where s.round_id = r.round_id
                                               and s.step = 'official' and s.made_at > now() - interval '30 days'))
    from assessments.round r where r.round_id = wanted
$$;

-- As before, and also within thirty days after results became official.
create or replace function assessments.ask_second_look(wanted uuid, place smallint, why text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  person assessments.participant;
  score  assessments.item_score;
  made   bigint;
begin
  select p.* into person from assessments.participant p
   where p.participant_uuid = wanted and p.institution_id in (select access.my_schools());
  select s.* into score from assessments.item_score s where s.participant_id = person.participant_id and s.position = place;
  if person.participant_id is null or score.participant_id is null then
    return 'not_there';
  elsif not assessments.may_look_again(person.round_id) then
    return 'wrong_state';
  elsif score.state <> 'marked' then
    return 'by_rule';
  end if;
  insert into assessments.appeal (round_id, participant_id, position, institution_id, reason, asked_by, points_before)
  select person.round_id, person.participant_id, place, person.institution_id, trim(why), m.person_id, score.points
    from access.my_mandate() m
  on conflict (participant_id, position) do nothing returning appeal_id into made;
  if made is null then
    return 'asked_already';
  end if;
  insert into assessments.mark_task (round_id, participant_id, position, response, revision, item_version_id, language, rule_points,
                                     most, turn, twice, appeal_id)
  select t.round_id, t.participant_id, t.position, t.response, t.revision, t.item_version_id, t.language, t.rule_points, t.most, t.turn,
         false, made
    from assessments.mark_task t
   where t.participant_id = person.participant_id and t.position = place and t.appeal_id is null;
  perform access.write_audit('ask_second_look', 'participant ' || wanted || ' ' || place, 'done', array[person.learner_id]);
  return null;
end $$;

-- As before, and second looks are also given out after results became official.
do $$
begin
  execute replace(pg_get_functiondef('assessments.next_answer(uuid,text)'::regprocedure),
                  $q$('closed', 'scaled', 'preliminary')$q$, $q$('closed', 'scaled', 'preliminary', 'official')$q$);
end $$;

-- Answers of an own pupil that people marked, with what may be asked about them: for the head. Written down. No row: not an own
-- pupil, or not in that round.
create function assessments.marked_answers(learner uuid, code text)
returns table (participant uuid, sealed_name bytea, name_lv text, name_en text, may_ask boolean, wish text, answers jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  person assessments.participant;
begin
  select p.* into person from assessments.participant p join assessments.round r using (round_id)
    join registry.learner l on l.learner_id = p.learner_id
   where l.learner_uuid = marked_answers.learner and r.code = marked_answers.code and r.state in ('preliminary', 'official')
     and p.institution_id in (select access.my_schools());
  if person.participant_id is null then
    perform access.write_audit('read_results', 'learner ' || marked_answers.learner, 'not_found');
    return;
  end if;
  perform access.write_audit('read_results', 'learner ' || marked_answers.learner, 'shown', array[person.learner_id]);
  return query
    select person.participant_uuid, n.sealed_name, r.name_lv, r.name_en, assessments.may_look_again(r.round_id),
           (select w.reason from assessments.look_wish w where w.participant_id = person.participant_id),
           (select coalesce(jsonb_agg(jsonb_build_object('position', s.position, 'points', s.points, 'most', v.points,
                     'isAsked', a.appeal_id is not null, 'pointsAfter', a.points_after) order by s.position), '[]')
              from assessments.item_score s
              join assessments.form_item f on f.form_id = person.form_id and f.position = s.position
              join assessments.item_version v using (item_version_id)
              left join assessments.appeal a on a.participant_id = s.participant_id and a.position = s.position
             where s.participant_id = person.participant_id and s.state = 'marked')
      from assessments.round r left join identity.person n on n.learner_id = person.learner_id
     where r.round_id = person.round_id;
end $$;

-- A family asks its school. Null: asked. Else why not: not_there (no own result that families see), wrong_state (over), asked_already.
create function assessments.ask_school(wanted text, why text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  person assessments.participant;
  made   bigint;
begin
  select p.* into person from access.my_learner() mine
    join assessments.participant p on p.learner_id = mine
    join assessments.round r on r.round_id = p.round_id and r.code = wanted and r.state = 'official' and r.kind <> 'rehearsal';
  if person.participant_id is null then
    return 'not_there';
  elsif not assessments.may_look_again(person.round_id) then
    return 'wrong_state';
  end if;
  insert into assessments.look_wish (participant_id, reason, asked_by)
  select person.participant_id, trim(why), m.person_id from access.my_mandate() m
  on conflict do nothing returning wish_id into made;
  if made is null then
    return 'asked_already';
  end if;
  perform access.write_audit('ask_school', 'participant ' || person.participant_uuid, 'done', array[person.learner_id]);
  return null;
end $$;

-- What a family knows of second looks at the own test: what it asked, what the school asked, what came of it. No row: no such result.
create function assessments.own_looks(wanted text)
returns table (may_ask boolean, asked_at timestamptz, reason text, looks jsonb)
language sql stable security definer set search_path = '' as $$
  select assessments.may_look_again(r.round_id), w.asked_at, w.reason,
         (select coalesce(jsonb_agg(jsonb_build_object('position', a.position,
                   'askedAt', to_char(a.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                   'pointsBefore', a.points_before, 'pointsAfter', a.points_after,
                   'isCounted', exists (select from assessments.outcome o where o.round_id = r.round_id and o.learner_id = p.learner_id
                                           and o.ended_at is null and o.made_at > a.decided_at)) order by a.position), '[]')
            from assessments.appeal a where a.participant_id = p.participant_id)
    from access.my_learner() mine
    join assessments.participant p on p.learner_id = mine
    join assessments.round r on r.round_id = p.round_id and r.code = wanted and r.state = 'official'
    left join assessments.look_wish w using (participant_id)
$$;

-- What families of the own school asked, newest first: for the head, with sealed names; every child is written down.
create function assessments.look_wishes()
returns table (learner uuid, sealed_name bytea, code text, name_lv text, name_en text, label text, reason text, asked_at timestamptz,
               looks integer, decided integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
begin
  select array_agg(p.learner_id) into own from assessments.look_wish w join assessments.participant p using (participant_id)
   where p.institution_id in (select access.my_schools());
  if own is null then
    return;
  end if;
  perform access.write_audit('read_results', 'wishes', 'shown', own);
  return query
    select l.learner_uuid, n.sealed_name, r.code, r.name_lv, r.name_en, coalesce(s.label, ''), w.reason, w.asked_at,
           (select count(*)::integer from assessments.appeal a where a.participant_id = p.participant_id),
           (select count(a.decided_at)::integer from assessments.appeal a where a.participant_id = p.participant_id)
      from assessments.look_wish w
      join assessments.participant p using (participant_id)
      join assessments.round r using (round_id)
      join registry.learner l on l.learner_id = p.learner_id
      left join assessments.session s on s.session_id = p.session_id
      left join identity.person n on n.learner_id = p.learner_id
     where p.institution_id in (select access.my_schools())
     order by w.wish_id desc limit 500;
end $$;

revoke execute on function assessments.may_look_again(bigint), assessments.marked_answers(uuid, text), assessments.ask_school(text, text),
  assessments.own_looks(text), assessments.look_wishes() from public;
grant execute on function assessments.marked_answers(uuid, text), assessments.look_wishes() to tier_school;
grant execute on function assessments.ask_school(text, text), assessments.own_looks(text) to tier_learner, tier_parent;
reset role;
revoke create on schema assessments from ikms_definer;

-- Kept as the results they ask about.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['assessments.look_wish'] where kind = 'learner_record';
alter table rights.retention force row level security;
