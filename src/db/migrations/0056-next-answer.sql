-- The next answer to mark, at the size of a country: answers are looked through in the order of their item and turn until one fits, and
-- not all of a round weighed against all marks of the caller.

-- All tasks of one answer, second looks too.
create index mark_task_place on assessments.mark_task (participant_id, position);

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- The first task of a round that a marker may be given; of some items, or of any (null). Its plans must not be those of the first
-- day, when the tables were empty: they stay with the connection.
create function assessments.next_task(in_round bigint, items bigint[], who bigint, places bigint[], children bigint[], only_looks boolean)
returns bigint language plpgsql stable set search_path = '' set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  task record;
begin
  for task in
    select t.task_id, t.participant_id, t.position, t.response, t.needed
      from assessments.mark_task t
     where t.round_id = in_round and t.points is null and (items is null or t.item_version_id = any (items))
       and (not only_looks or t.appeal_id is not null)
     order by t.item_version_id, t.turn, t.task_id
  loop
    continue when exists (
      select from assessments.participant p
       where p.participant_id = task.participant_id and (p.institution_id = any (places) or p.learner_id = any (children)));
    continue when exists (
      select from assessments.mark_task o join assessments.mark m using (task_id)
       where o.participant_id = task.participant_id and o.position = task.position and o.response = task.response
         and m.person_id = who and m.why_withdrawn is distinct from 'undone');
    continue when (select count(*) from assessments.mark m where m.task_id = task.task_id and m.withdrawn_at is null)
                + (select count(*) from assessments.mark_lease l
                    where l.task_id = task.task_id and l.until > now() and l.person_id <> who) >= task.needed;
    return task.task_id;
  end loop;
  return null;
end $$;
revoke execute on function assessments.next_task(bigint, bigint[], bigint, bigint[], bigint[], boolean) from public;

create or replace function assessments.next_answer(round uuid, wanted_item text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  who       bigint := assessments.marker();
  found     assessments.round;
  setting   assessments.marking;
  places    bigint[];
  children  bigint[];
  items     bigint[];
  last_item bigint;
  made      bigint;
  next_id   bigint;
  task      assessments.mark_task;
begin
  select r.* into found from assessments.round r where r.round_uuid = round;
  if who is null or found.state is null or found.state not in ('closed', 'scaled', 'preliminary', 'official') then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', found.round_id)); -- two at once never get the same
  select array_agg(v.item_version_id) into items
    from assessments.item i join assessments.item_version v using (item_id) where i.code = wanted_item;
  select t.* into task from assessments.mark_lease l join assessments.mark_task t using (task_id)
   where l.round_id = found.round_id and l.person_id = who and l.until > now()
     and (wanted_item is null or t.item_version_id = any (items));
  if task.task_id is not null then
    return task.task_uuid;
  end if;
  select m.* into setting from assessments.marking m where m.round_id = found.round_id;
  places := assessments.own_places(who);
  children := assessments.own_learners(who);
  select count(*), (array_agg(t.item_version_id order by m.mark_id desc))[1] into made, last_item
    from assessments.mark m join assessments.mark_task t using (task_id)
   where m.person_id = who and t.round_id = found.round_id;
  -- Whether this turn is a control's is drawn by the seed, so that it can be had again and not guessed.
  if found.state = 'closed'
     and (hashtextextended(who || ' ' || made, setting.seed) & 65535) < setting.control_share * 65536 then
    select t.* into task
      from assessments.mark_task t
      join assessments.participant p using (participant_id)
     where t.round_id = found.round_id and t.is_control
       and t.item_version_id = any (case when wanted_item is null then array[last_item] else items end)
       and not p.institution_id = any (places) and not p.learner_id = any (children)
       and not exists (select from assessments.mark m where m.task_id = t.task_id and m.person_id = who)
     order by hashtextextended(t.task_uuid::text, setting.seed + who) limit 1;
  end if;
  if task.task_id is null then
    if wanted_item is not null then
      next_id := assessments.next_task(found.round_id, coalesce(items, '{}'), who, places, children, found.state <> 'closed');
    else
      if last_item is not null then
        next_id := assessments.next_task(found.round_id, array[last_item], who, places, children, found.state <> 'closed');
      end if;
      if next_id is null then
        next_id := assessments.next_task(found.round_id, null, who, places, children, found.state <> 'closed');
      end if;
    end if;
    select t.* into task from assessments.mark_task t where t.task_id = next_id;
  end if;
  delete from assessments.mark_lease l where l.round_id = found.round_id and l.person_id = who;
  if task.task_id is null then
    return null;
  end if;
  insert into assessments.mark_lease (round_id, person_id, task_id, until)
  values (found.round_id, who, task.task_id, now() + setting.lease);
  if task.item_version_id is distinct from last_item then
    perform access.write_audit('mark_item', 'item ' || (select i.item_uuid from assessments.item i
      join assessments.item_version v using (item_id) where v.item_version_id = task.item_version_id), 'shown');
  end if;
  return task.task_uuid;
end $$;
reset role;
revoke create on schema assessments from ikms_definer;
