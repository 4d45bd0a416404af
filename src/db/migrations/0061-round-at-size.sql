-- A national round at its size: what waits for people is found without looking through all answers, and what all pupils of a round did
-- item by item is read from its scaling, not counted again for every page.

create index item_score_waits on assessments.item_score (participant_id) where state = 'waits';
create index participant_place on assessments.participant (institution_id, round_id);

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- As before, without counting the caller's marks for every answer.
create or replace function assessments.next_answer(round uuid, wanted_item text) returns uuid
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  who       bigint := assessments.marker();
  found     assessments.round;
  setting   assessments.marking;
  places    bigint[];
  children  bigint[];
  items     bigint[];
  last_item bigint;
  last_mark bigint;
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
  -- From the latest mark back: whoever has marked thousands need not have them counted.
  select m.mark_id, t.item_version_id into last_mark, last_item
    from assessments.mark m join assessments.mark_task t using (task_id)
   where m.person_id = who and t.round_id = found.round_id
   order by m.mark_id desc limit 1;
  -- Whether this turn is a control's is drawn by the seed, so that it can be had again and not guessed.
  if found.state = 'closed'
     and (hashtextextended(who || ' ' || coalesce(last_mark, 0), setting.seed) & 65535) < setting.control_share * 65536 then
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

-- What there is to mark, by round and item, for markers and those who lead; `mine` are marks of the caller in force.
create or replace function assessments.marking_rounds(only_round uuid default null)
returns table (round uuid, code text, name_lv text, name_en text, state text, item text, most smallint, tasks bigint, done bigint, mine bigint, appeals bigint)
language sql stable security definer set search_path = '' as $$
  with task as materialized (
    select t.round_id, t.item_version_id, max(t.most) as most, count(*) filter (where t.appeal_id is null) as tasks,
           count(*) filter (where t.appeal_id is null and t.points is not null) as done,
           count(*) filter (where t.appeal_id is not null and t.points is null) as appeals
      from assessments.mark_task t
     where (only_round is null or t.round_id = (select r.round_id from assessments.round r where r.round_uuid = only_round))
       and ((select assessments.marker()) is not null or (select assessments.marking_lead()) is not null)
     group by 1, 2
  ), mine as materialized (
    select t.round_id, t.item_version_id, count(*) as marks
      from assessments.mark m join assessments.mark_task t using (task_id)
     where m.person_id = (select x.person_id from access.my_mandate() x) and m.withdrawn_at is null
     group by 1, 2
  )
  select r.round_uuid, r.code, r.name_lv, r.name_en, r.state, i.code, t.most, t.tasks, t.done, coalesce(m.marks, 0), t.appeals
    from task t
    join assessments.round r using (round_id)
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
    left join mine m using (round_id, item_version_id)
   order by r.code, i.code
$$;

-- How the pupils of one class, or of the whole own school, did item by item in a round, beside all pupils of the round as its scaling in
-- force counted them. Shares of points; the words of an item only once it is released. Of all pupils nothing below ten. Nobody is named.
create or replace function assessments.item_map(wanted text, class uuid, school uuid)
returns table ("position" smallint, strand text, process text, most smallint, title text, item uuid, own_n integer,
               own_share double precision, all_n integer, all_share double precision)
language sql stable security definer set search_path = '' as $$
  with test as materialized (
    select r.round_id from assessments.round r
     where r.code = wanted and r.kind <> 'rehearsal' and r.state in ('preliminary', 'official')
  ), own as materialized (
    select p.participant_id, p.form_id
      from registry.class_group g
      join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
      join registry.enrolment e on e.institution_id = v.institution_id and e.school_year = v.school_year and e.superseded_by is null
       and e.class_group_id = g.class_group_id
      join assessments.participant p on p.learner_id = e.learner_id and p.round_id = (select t.round_id from test t) and p.status = 'tested'
     where g.class_group_uuid = class
       and (v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))
    union
    select p.participant_id, p.form_id
      from registry.institution i
      join assessments.participant p on p.institution_id = i.institution_id and p.round_id = (select t.round_id from test t)
       and p.status = 'tested'
     where class is null and i.institution_uuid = school and i.institution_id in (select access.my_schools())
  ), score as (
    select f.item_version_id, min(f.position) as place, count(*)::int as own_n, avg(s.points)::float8 as own_points
      from own o
      join assessments.form_item f on f.form_id = o.form_id
      join assessments.item_score s on s.participant_id = o.participant_id and s.position = f.position and s.points is not null
     group by f.item_version_id
  ), everybody as (
    select (i ->> 'versionId')::bigint as item_version_id, (i ->> 'pupils')::integer as n, (i ->> 'difficulty')::float8 as share
      from test t
      join assessments.scaling_run x on x.round_id = t.round_id and x.in_force
      cross join lateral jsonb_array_elements(x.report -> 'items') i
     where (i ->> 'pupils')::integer >= 10
  )
  select s.place, v.strand, v.process, v.points,
         case when i.state = 'released' then (select t.content ->> 'title' from assessments.item_text t
                                               where t.item_version_id = v.item_version_id
                                               order by array_position(v.languages, t.language) limit 1) end,
         case when i.state = 'released' then i.item_uuid end,
         s.own_n, s.own_points / v.points, e.n, e.share
    from score s
    join assessments.item_version v using (item_version_id)
    join assessments.item i using (item_id)
    left join everybody e using (item_version_id)
   order by s.place, v.item_version_id
$$;
reset role;
revoke create on schema assessments from ikms_definer;
