-- Marking: long answers are read by people who know neither name nor school nor what others gave, and how far they agree is known.
-- Units: points of an answer are whole; shares are 0–1.
--
-- A task is one written answer of one participant. A tenth of them, drawn by the seed of the round, is marked by two people who
-- do not know it; where they differ a third reads it, and the points in the middle stand. Controls are answers with points that
-- were agreed upon: every marker gets them among the others. Marks are added and withdrawn, never edited.

-- How a round is marked; written when its answers are scored for the first time.
create table assessments.marking (
  round_id      bigint   primary key references assessments.round,
  seed          integer  not null default 1,
  double_share  real     not null default 0.1 check (double_share between 0 and 1),
  control_share real     not null default 0.05 check (control_share >= 0 and control_share < 1),
  lease         interval not null default interval '15 minutes' check (lease > interval '0'),
  hints         boolean  not null default true,          -- may a marker ask for a suggestion
  scored_at     timestamptz
);

create table assessments.mark_task (
  task_id         bigint   generated always as identity primary key,
  task_uuid       uuid     not null unique default gen_random_uuid(),
  round_id        bigint   not null references assessments.round,
  participant_id  bigint   not null references assessments.participant,
  position        smallint not null,
  response        text     not null,                     -- which question of the item
  revision        integer  not null,                     -- of the answer
  item_version_id bigint   not null references assessments.item_version,
  language        text     not null,
  rule_points     smallint not null check (rule_points >= 0),  -- of the rest of the item, by rule
  most            smallint not null check (most > 0),
  turn            integer  not null,                     -- order by chance
  twice           boolean  not null,                     -- marked by two people
  needed          smallint not null default 1 check (needed between 1 and 3),
  points          smallint check (points between 0 and most),  -- null: still to be marked
  fixed           boolean  not null default false,       -- points stand whatever marks say: agreed upon, or decided on appeal
  is_control      boolean  not null default false,
  appeal_id       bigint,
  check (points is not null or not fixed),
  check (fixed or not is_control)
);
create unique index mark_task_answer on assessments.mark_task (participant_id, position, response) where appeal_id is null;
create unique index mark_task_appeal on assessments.mark_task (appeal_id, response) where appeal_id is not null;
create index mark_task_waits on assessments.mark_task (round_id, item_version_id, turn) where points is null;
create index mark_task_control on assessments.mark_task (round_id, item_version_id) where is_control;
create index mark_task_round on assessments.mark_task (round_id, item_version_id, response);

create table assessments.mark (
  mark_id       bigint      generated always as identity primary key,
  task_id       bigint      not null references assessments.mark_task,
  person_id     bigint      not null,                    -- access.person
  points        smallint    not null check (points >= 0),
  hinted        boolean     not null default false,      -- had looked at a suggestion
  of_control    boolean     not null default false,
  made_at       timestamptz not null default clock_timestamp(),
  withdrawn_at  timestamptz,
  why_withdrawn text        check (why_withdrawn in ('undone', 'again', 'answer_changed')),
  check ((withdrawn_at is null) = (why_withdrawn is null))
);
create unique index mark_in_force on assessments.mark (task_id, person_id) where withdrawn_at is null;
create index mark_person on assessments.mark (person_id, mark_id);
create index mark_task_marks on assessments.mark (task_id);

-- What a marker has before them; one answer at a time, for a while.
create table assessments.mark_lease (
  round_id  bigint      not null references assessments.round,
  person_id bigint      not null,
  task_id   bigint      not null references assessments.mark_task,
  until     timestamptz not null,
  primary key (round_id, person_id)
);
create index on assessments.mark_lease (task_id);

-- Answers of a marker that are marked again by others, and why.
create table assessments.mark_decision (
  decision_id     bigint      generated always as identity primary key,
  round_id        bigint      not null references assessments.round,
  person_id       bigint      not null,                  -- the marker
  item_version_id bigint,                                -- null: of all items
  reason          text        not null check (length(reason) between 1 and 2000),
  marks           integer     not null,
  decided_by      bigint      not null,
  decided_at      timestamptz not null default now()
);

-- Every suggestion of points, whether a person saw it or not.
create table assessments.mark_suggestion (
  suggestion_id bigint      generated always as identity primary key,
  task_id       bigint      not null references assessments.mark_task,
  person_id     bigint      not null,                    -- for whom it was made
  suggester     text        not null,                    -- e.g. 'nearest', 'http model.example.lv'
  points        smallint,                                -- null: it had none
  shown         boolean     not null,
  made_at       timestamptz not null default now(),
  unique (task_id, person_id, suggester)
);

-- A school asks for a second look at an answer, after the preliminary results.
create table assessments.appeal (
  appeal_id      bigint      generated always as identity primary key,
  appeal_uuid    uuid        not null unique default gen_random_uuid(),
  round_id       bigint      not null references assessments.round,
  participant_id bigint      not null references assessments.participant,
  position       smallint    not null,
  institution_id bigint      not null,
  reason         text        not null check (length(reason) between 1 and 2000),
  asked_by       bigint      not null,
  asked_at       timestamptz not null default now(),
  points_before  smallint    not null,
  points_after   smallint,
  decided_at     timestamptz,                            -- null: not decided yet
  check ((points_after is null) = (decided_at is null)),
  unique (participant_id, position)                      -- one second look
);
alter table assessments.mark_task add foreign key (appeal_id) references assessments.appeal;

select migration.protect(t::regclass) from unnest(array['assessments.marking', 'assessments.mark_task', 'assessments.mark',
  'assessments.mark_lease', 'assessments.mark_decision', 'assessments.mark_suggestion', 'assessments.appeal']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['marking', 'mark_task', 'mark', 'mark_lease', 'mark_decision', 'mark_suggestion', 'appeal'] loop
    execute format('grant select, insert, update on assessments.%I to ikms_definer', target);
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
end $$;
grant delete on assessments.mark_lease to ikms_definer;

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- The marker of this transaction; null: the caller is none.
create function assessments.marker() returns bigint stable security definer
language sql set search_path = '' as $$
  select m.person_id from access.my_mandate() m where 'marker' = any (assessments.my_duties())
$$;

-- Who leads the marking or reads how far it agrees; null: the caller does neither.
create function assessments.marking_lead() returns bigint stable security definer
language sql set search_path = '' as $$
  select m.person_id from access.my_mandate() m where assessments.my_duties() && array['coordinator', 'psychometrician']
$$;

-- Institutions whose pupils a person does not mark: where they have a mandate or are employed, now or within the last year.
create function assessments.own_places(who bigint) returns bigint[] stable security definer
language sql set search_path = '' as $$
  select coalesce(array_agg(distinct own.institution_id), '{}') from (
    select m.institution_id from access.mandate m
     where m.person_id = who and m.institution_id is not null and m.valid && daterange(access.today() - 365, null)
    union all
    select e.institution_id
      from access.person_code c join identity.staff s using (code_hash)
      join registry.employment e on e.staff_id = s.staff_id and e.superseded_by is null
     where c.person_id = who and e.valid && daterange(access.today() - 365, null)
  ) as own
$$;

-- Children of a person, and the person as a learner.
create function assessments.own_learners(who bigint) returns bigint[] stable security definer
language sql set search_path = '' as $$
  select coalesce(array_agg(distinct m.learner_id), '{}') from access.mandate m where m.person_id = who and m.learner_id is not null
$$;

-- Points of tasks from the marks in force: two that agree, or the middle one of three; then points of the items.
create function assessments.settle_marks(wanted_tasks bigint[]) returns void
language sql volatile security definer set search_path = '' as $$
  with given as (
    select t.task_id, t.twice,
           coalesce(array_agg(m.points order by m.points) filter (where m.mark_id is not null), '{}') as points
      from assessments.mark_task t
      left join assessments.mark m on m.task_id = t.task_id and m.withdrawn_at is null and not m.of_control
     where t.task_id = any (wanted_tasks) and not t.fixed
     group by t.task_id
  )
  update assessments.mark_task t
     set needed = case when not g.twice then 1 when cardinality(g.points) >= 2 and g.points[1] <> g.points[cardinality(g.points)] then 3
                       else 2 end,
         points = case when not g.twice then g.points[(cardinality(g.points) + 1) / 2]
                       when cardinality(g.points) = 2 and g.points[1] = g.points[2] then g.points[1]
                       when cardinality(g.points) >= 3 then g.points[(cardinality(g.points) + 1) / 2] end
    from given g
   where t.task_id = g.task_id;
  -- An answer looked at again counts as it was decided then.
  update assessments.mark_task o set points = a.points, fixed = true
    from assessments.mark_task a
   where a.task_id = any (wanted_tasks) and a.appeal_id is not null and a.points is not null
     and o.participant_id = a.participant_id and o.position = a.position and o.response = a.response and o.appeal_id is null;
  with touched as (
    select distinct t.participant_id, t.position from assessments.mark_task t where t.task_id = any (wanted_tasks)
  ), whole as (
    select t.participant_id, t.position, min(t.rule_points) + sum(t.points) as points, bool_and(t.points is not null) as is_done
      from touched x join assessments.mark_task t using (participant_id, position)
     where t.appeal_id is null group by 1, 2
  )
  update assessments.item_score s
     set points = case when w.is_done then w.points end, state = case when w.is_done then 'marked' else 'waits' end,
         scored_at = now()
    from whole w
   where s.participant_id = w.participant_id and s.position = w.position
     and (s.points, s.state) is distinct from
         (case when w.is_done then w.points end, case when w.is_done then 'marked' else 'waits' end);
  update assessments.appeal p set points_after = s.points, decided_at = now()
    from assessments.item_score s
   where p.decided_at is null and s.participant_id = p.participant_id and s.position = p.position and s.state = 'marked'
     and exists (select from assessments.mark_task a where a.appeal_id = p.appeal_id and a.task_id = any (wanted_tasks))
     and not exists (select from assessments.mark_task a where a.appeal_id = p.appeal_id and a.points is null);
$$;

-- The answer the caller has before them in a round: what the child saw and wrote, and the rubric. Nothing where there is none.
create function assessments.held_answer(round uuid)
returns table (task uuid, code text, item uuid, content jsonb, response text, rubric jsonb, most smallint, seed integer, answer jsonb,
               until timestamptz, hints boolean)
language sql stable security definer set search_path = '' as $$
  select t.task_uuid, i.code, i.item_uuid, x.content, t.response, k.keys -> t.response, t.most, p.seed, a.answer, l.until, g.hints
    from assessments.round r
    join assessments.marking g on g.round_id = r.round_id
    join assessments.mark_lease l on l.round_id = r.round_id and l.person_id = (select assessments.marker()) and l.until > now()
    join assessments.mark_task t on t.task_id = l.task_id
    join assessments.participant p on p.participant_id = t.participant_id
    join assessments.answer a on a.participant_id = t.participant_id and a.position = t.position and a.revision = t.revision
    join assessments.item_version v on v.item_version_id = t.item_version_id
    join assessments.item i on i.item_id = v.item_id
    join assessments.item_text x on x.item_version_id = t.item_version_id and x.language = t.language
    join assessments.item_key k on k.item_version_id = t.item_version_id and k.language = t.language
   where r.round_uuid = round
$$;

-- Gives the caller an answer to mark: the one already held, now and then a control, else the next that still needs a mark, of the
-- item asked for or the one marked last. Never of an own school or child, never what the caller marked before. Null: there is none.
create function assessments.next_answer(round uuid, wanted_item text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  who       bigint := assessments.marker();
  found     assessments.round;
  setting   assessments.marking;
  places    bigint[];
  children  bigint[];
  last_item bigint;
  made      bigint;
  task      assessments.mark_task;
begin
  select r.* into found from assessments.round r where r.round_uuid = round;
  if who is null or found.state is null or found.state not in ('closed', 'scaled', 'preliminary') then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', found.round_id)); -- two at once never get the same
  select t.* into task from assessments.mark_lease l join assessments.mark_task t using (task_id)
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
   where l.round_id = found.round_id and l.person_id = who and l.until > now() and (wanted_item is null or i.code = wanted_item);
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
      join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      join assessments.participant p using (participant_id)
     where t.round_id = found.round_id and t.is_control
       and (i.code = wanted_item or (wanted_item is null and t.item_version_id = last_item))
       and not p.institution_id = any (places) and not p.learner_id = any (children)
       and not exists (select from assessments.mark m where m.task_id = t.task_id and m.person_id = who)
     order by hashtextextended(t.task_uuid::text, setting.seed + who) limit 1;
  end if;
  if task.task_id is null then
    select t.* into task
      from assessments.mark_task t
      join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      join assessments.participant p using (participant_id)
     where t.round_id = found.round_id and t.points is null
       and (found.state = 'closed' or t.appeal_id is not null)
       and (wanted_item is null or i.code = wanted_item)
       and not p.institution_id = any (places) and not p.learner_id = any (children)
       and not exists (select from assessments.mark m join assessments.mark_task o using (task_id)
                        where m.person_id = who and o.participant_id = t.participant_id and o.position = t.position
                          and o.response = t.response and m.why_withdrawn is distinct from 'undone')
       and (select count(*) from assessments.mark m where m.task_id = t.task_id and m.withdrawn_at is null)
           + (select count(*) from assessments.mark_lease l
               where l.task_id = t.task_id and l.until > now() and l.person_id <> who) < t.needed
     order by t.item_version_id is distinct from last_item, t.item_version_id, t.turn, t.task_id
     limit 1;
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

-- Points for an answer. Null: taken. Else why not: not_there, own_school, own_child, not_held (somebody else has it meanwhile, or it
-- was never given to the caller), too_many_points. What is refused for a reason of the person is written into the audit trail.
create function assessments.put_mark(wanted uuid, given smallint) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  who    bigint := assessments.marker();
  task   assessments.mark_task;
  person assessments.participant;
  why    text;
begin
  select t.* into task from assessments.mark_task t where t.task_uuid = wanted;
  if who is null or task.task_id is null then
    return 'not_there';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', task.round_id));
  select p.* into person from assessments.participant p where p.participant_id = task.participant_id;
  why := case
    when person.institution_id = any (assessments.own_places(who)) then 'own_school'
    when person.learner_id = any (assessments.own_learners(who)) then 'own_child'
    when not exists (select from assessments.mark_lease l where l.task_id = task.task_id and l.person_id = who and l.until > now())
      then 'not_held'
  end;
  if why is not null then
    perform access.write_audit('mark_answer', 'task ' || wanted || ' ' || why, 'refused');
    return why;
  end if;
  if given not between 0 and task.most then
    return 'too_many_points';
  end if;
  insert into assessments.mark (task_id, person_id, points, hinted, of_control)
  values (task.task_id, who, given, exists (select from assessments.mark_suggestion s
            where s.task_id = task.task_id and s.person_id = who and s.shown), task.is_control);
  delete from assessments.mark_lease l where l.round_id = task.round_id and l.person_id = who;
  perform assessments.settle_marks(array[task.task_id]);
  return null;
end $$;

-- Takes back the caller's last mark of a round and gives the answer again. Null: taken back. Else why not: nothing, too_late (longer
-- than half an hour ago, or somebody else has marked it since).
create function assessments.undo_mark(round uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  who   bigint := assessments.marker();
  found bigint;
  last  assessments.mark;
begin
  select r.round_id into found from assessments.round r where r.round_uuid = round;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', found));
  select m.* into last from assessments.mark m join assessments.mark_task t using (task_id)
   where t.round_id = found and m.person_id = who and m.withdrawn_at is null order by m.mark_id desc limit 1;
  if last.mark_id is null then
    return 'nothing';
  elsif last.made_at < now() - interval '30 minutes'
        or exists (select from assessments.mark m where m.task_id = last.task_id and m.mark_id > last.mark_id and not m.of_control)
        or exists (select from assessments.mark_task t where t.task_id = last.task_id and t.appeal_id is not null) then
    return 'too_late';
  end if;
  update assessments.mark m set withdrawn_at = now(), why_withdrawn = 'undone' where m.mark_id = last.mark_id;
  perform assessments.settle_marks(array[last.task_id]);
  insert into assessments.mark_lease (round_id, person_id, task_id, until)
  select found, who, last.task_id, now() + g.lease from assessments.marking g where g.round_id = found
  on conflict (round_id, person_id) do update set task_id = excluded.task_id, until = excluded.until;
  return null;
end $$;

-- What there is to mark, by round and item, for markers and those who lead; `mine` are marks of the caller in force.
create function assessments.marking_rounds(only_round uuid default null)
returns table (round uuid, code text, name_lv text, name_en text, state text, item text, most smallint, tasks bigint, done bigint, mine bigint, appeals bigint)
language sql stable security definer set search_path = '' as $$
  select r.round_uuid, r.code, r.name_lv, r.name_en, r.state, i.code, max(t.most), count(*) filter (where t.appeal_id is null),
         count(*) filter (where t.appeal_id is null and t.points is not null),
         (select count(*) from assessments.mark m join assessments.mark_task x using (task_id)
           where m.person_id = (select m.person_id from access.my_mandate() m) and m.withdrawn_at is null
             and x.round_id = r.round_id and x.item_version_id = t.item_version_id),
         count(*) filter (where t.appeal_id is not null and t.points is null)
    from assessments.mark_task t
    join assessments.round r using (round_id)
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
   where (only_round is null or r.round_uuid = only_round)
     and ((select assessments.marker()) is not null or (select assessments.marking_lead()) is not null)
   group by r.round_id, t.item_version_id, i.item_id
   order by r.code, i.code
$$;

-- Whether the caller may mark in a round, or leads its marking; nothing where nothing of it is to be marked.
create function assessments.marking_here(wanted uuid) returns table (may_mark boolean, may_lead boolean)
language sql stable security definer set search_path = '' as $$
  select assessments.marker() is not null, assessments.marking_lead() is not null
    from assessments.round r
   where r.round_uuid = wanted and exists (select from assessments.mark_task t where t.round_id = r.round_id)
$$;

-- Marked answers to the question the caller has before them, by chance of their order: what a suggester learns from. None of an own
-- school, and none of the same pupil.
create function assessments.learnt_answers(wanted uuid, most_answers integer)
returns table (answer text, points smallint) language sql stable security definer set search_path = '' as $$
  select a.answer ->> o.response, o.points
    from assessments.mark_task t
    join assessments.mark_lease l on l.task_id = t.task_id and l.person_id = (select assessments.marker()) and l.until > now()
    join assessments.mark_task o on o.round_id = t.round_id and o.item_version_id = t.item_version_id and o.response = t.response
     and o.points is not null and o.appeal_id is null and o.participant_id <> t.participant_id
    join assessments.participant p on p.participant_id = o.participant_id
    join assessments.answer a on a.participant_id = o.participant_id and a.position = o.position and a.revision = o.revision
   where t.task_uuid = wanted and not p.institution_id = any ((select assessments.own_places(assessments.marker()))::bigint[])
   order by o.turn limit most_answers
$$;

-- Keeps a suggestion that was made for the caller; that it was looked at stays, once it was. False: the caller has not that answer,
-- or suggestions are off in this round.
create function assessments.note_suggestion(wanted uuid, by_whom text, given smallint, seen boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  who bigint := assessments.marker();
begin
  insert into assessments.mark_suggestion (task_id, person_id, suggester, points, shown)
  select t.task_id, who, by_whom, given, seen
    from assessments.mark_task t
    join assessments.mark_lease l on l.task_id = t.task_id and l.person_id = who and l.until > now()
    join assessments.marking g on g.round_id = t.round_id
   where t.task_uuid = wanted and (g.hints or not seen)
  on conflict (task_id, person_id, suggester) do update set shown = mark_suggestion.shown or excluded.shown, points = excluded.points;
  return found;
end $$;

-- Suggestions that nobody had looked at, beside the points that people then gave, as counts. For who leads, of a round; for a
-- marker, of the item of the answer they hold.
create function assessments.suggestion_pairs(round uuid)
returns table (item text, suggester text, most smallint, suggested smallint, given smallint, n bigint)
language sql stable security definer set search_path = '' as $$
  select i.code, s.suggester, t.most, s.points, m.points, count(*)
    from assessments.round r
    join assessments.mark_task t using (round_id)
    join assessments.mark_suggestion s using (task_id)
    join assessments.mark m on m.task_id = s.task_id and m.person_id = s.person_id and m.withdrawn_at is null
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
   where r.round_uuid = round and not s.shown and s.points is not null
     and ((select assessments.marking_lead()) is not null
          or exists (select from assessments.mark_lease l join assessments.mark_task x using (task_id)
                      where l.person_id = (select assessments.marker()) and l.until > now() and x.item_version_id = t.item_version_id))
   group by 1, 2, 3, 4, 5 order by 1, 2, 4, 5
$$;

-- Marks that can be held against something, in order: against the other of the two who marked an answer not knowing of each other
-- (`is_first` marks one row of the two), or against the points of a control. `settled` are the points that stand. For who leads only.
create function assessments.marking_pairs(round uuid)
returns table (item text, most smallint, marker uuid, of_control boolean, is_first boolean, points smallint, other_points smallint,
               settled smallint, hinted boolean, made_at timestamptz)
language sql stable security definer set search_path = '' as $$
  with marked as (
    select t.task_id, i.code, t.most, t.points as settled, t.twice, m.mark_id, m.person_id, m.of_control, m.points, m.hinted, m.made_at,
           row_number() over (partition by t.task_id, m.of_control order by m.mark_id) as place
      from assessments.round r
      join assessments.mark_task t using (round_id)
      join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      join assessments.mark m on m.task_id = t.task_id and m.withdrawn_at is null
     where r.round_uuid = round and (select assessments.marking_lead()) is not null and t.appeal_id is null
       and (t.twice or m.of_control)
  )
  select m.code, m.most, p.person_uuid, m.of_control, m.place = 1 and not m.of_control, m.points,
         case when m.of_control then m.settled else o.points end, m.settled, m.hinted, m.made_at
    from marked m
    join access.person p on p.person_id = m.person_id
    left join marked o on o.task_id = m.task_id and not o.of_control and o.place = 3 - m.place
   where m.of_control or (m.place <= 2 and o.mark_id is not null)
   order by m.mark_id
$$;

-- How much each marker has marked in a round. For who leads only.
create function assessments.marking_people(round uuid)
returns table (marker uuid, name text, marks bigint, undone bigint, again bigint, last_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.person_uuid, p.display_name, count(*) filter (where m.withdrawn_at is null),
         count(*) filter (where m.why_withdrawn = 'undone'), count(*) filter (where m.why_withdrawn = 'again'), max(m.made_at)
    from assessments.round r
    join assessments.mark_task t using (round_id)
    join assessments.mark m using (task_id)
    join access.person p on p.person_id = m.person_id
   where r.round_uuid = round and (select assessments.marking_lead()) is not null
   group by p.person_id order by p.display_name
$$;

-- Takes all marks of a marker back (of one item, or of all), so that others mark those answers again. Answers how many; null: not the
-- caller's to decide, or marking is over.
create function assessments.mark_again(round uuid, whose uuid, of_item text, why text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  who     bigint := assessments.marking_lead();
  found   assessments.round;
  person  bigint;
  version bigint;
  tasks   bigint[];
begin
  select r.* into found from assessments.round r where r.round_uuid = round;
  select p.person_id into person from access.person p where p.person_uuid = whose;
  if who is null or person is null or found.state is distinct from 'closed' or coalesce(trim(why), '') = '' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', found.round_id));
  select v.item_version_id into version
    from assessments.mark_task t join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
   where t.round_id = found.round_id and i.code = of_item limit 1;
  if of_item is not null and version is null then
    return null;
  end if;
  with taken as (
    update assessments.mark m set withdrawn_at = now(), why_withdrawn = 'again'
      from assessments.mark_task t
     where t.task_id = m.task_id and t.round_id = found.round_id and m.person_id = person and m.withdrawn_at is null
       and not m.of_control and not t.fixed and (version is null or t.item_version_id = version)
    returning m.task_id
  ) select coalesce(array_agg(task_id), '{}') into tasks from taken;
  perform assessments.settle_marks(tasks);
  insert into assessments.mark_decision (round_id, person_id, item_version_id, reason, marks, decided_by)
  values (found.round_id, person, version, trim(why), cardinality(tasks), who);
  perform access.write_audit('mark_again', 'round ' || round || ' marker ' || whose, 'done');
  return cardinality(tasks);
end $$;

-- Decisions to mark again. For who leads only.
create function assessments.marking_decisions(round uuid)
returns table (marker text, item text, reason text, marks integer, decided_by text, decided_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.display_name, i.code, d.reason, d.marks, q.display_name, d.decided_at
    from assessments.round r
    join assessments.mark_decision d using (round_id)
    join access.person p on p.person_id = d.person_id
    join access.person q on q.person_id = d.decided_by
    left join assessments.item_version v using (item_version_id) left join assessments.item i using (item_id)
   where r.round_uuid = round and (select assessments.marking_lead()) is not null
   order by d.decision_id desc
$$;

-- Answers whose points can be agreed upon as a control, and those that are: marked alike by two people. For who leads only.
create function assessments.control_answers(round uuid, of_item text, most_answers integer)
returns table (task uuid, item text, answer text, points smallint, most smallint, is_control boolean, marks bigint)
language sql stable security definer set search_path = '' as $$
  select t.task_uuid, i.code, a.answer ->> t.response, t.points, t.most, t.is_control,
         (select count(*) from assessments.mark m where m.task_id = t.task_id and m.withdrawn_at is null and m.of_control)
    from assessments.round r
    join assessments.mark_task t using (round_id)
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
    join assessments.answer a on a.participant_id = t.participant_id and a.position = t.position and a.revision = t.revision
   where r.round_uuid = round and (select assessments.marking_lead()) is not null and (of_item is null or i.code = of_item)
     and t.appeal_id is null and t.points is not null and (t.is_control or (t.twice and t.needed = 2))
   order by t.is_control desc, t.turn limit most_answers
$$;

-- Says that an answer is a control from now on, or no longer; its points stand. False: it cannot be one.
create function assessments.set_control(wanted uuid, is_one boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if assessments.marking_lead() is null then
    return false;
  end if;
  update assessments.mark_task t set is_control = is_one, fixed = true
   where t.task_uuid = wanted and t.points is not null and t.appeal_id is null and t.twice and t.needed = 2;
  if found then
    perform access.write_audit('set_control', 'task ' || wanted, 'done');
  end if;
  return found;
end $$;

-- Asks for the job that scores a round by rule and lays out what people have to mark. Null, or why not.
create function assessments.ask_scoring(wanted uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.round;
begin
  select r.* into found from assessments.round r where r.round_uuid = wanted;
  if assessments.marking_lead() is null or found.round_id is null then
    return 'not_there';
  elsif found.state <> 'closed' then
    return 'wrong_state';
  end if;
  perform jobs.ask('score', jsonb_build_object('round', found.code), found.code);
  perform access.write_audit('score_round', 'round ' || wanted, 'done');
  return null;
end $$;

-- A round that is closed is scored.
create function assessments.score_when_closed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'closed' and old.state <> 'closed' then
    perform jobs.ask('score', jsonb_build_object('round', new.code), new.code);
  end if;
  return null;
end $$;

-- The school of the caller asks for a second look at an answer, once. Null: asked. Else why not: not_there, wrong_state (only after the
-- preliminary results and before the official ones), by_rule (nobody marked it), asked_already.
create function assessments.ask_second_look(wanted uuid, place smallint, why text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  person assessments.participant;
  score  assessments.item_score;
  state  text;
  made   bigint;
begin
  select p.* into person from assessments.participant p
   where p.participant_uuid = wanted and p.institution_id in (select access.my_schools());
  select s.* into score from assessments.item_score s where s.participant_id = person.participant_id and s.position = place;
  select r.state into state from assessments.round r where r.round_id = person.round_id;
  if person.participant_id is null or score.participant_id is null then
    return 'not_there';
  elsif state <> 'preliminary' then
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

-- Second looks: of the own schools of a head; of all for who leads.
create function assessments.second_looks()
returns table (id uuid, round text, name_lv text, name_en text, participant uuid, place smallint, reason text, asked_at timestamptz,
               points_before smallint, points_after smallint, decided_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select a.appeal_uuid, r.code, r.name_lv, r.name_en, p.participant_uuid, a.position, a.reason, a.asked_at, a.points_before,
         a.points_after, a.decided_at
    from assessments.appeal a
    join assessments.round r using (round_id)
    join assessments.participant p using (participant_id)
   where a.institution_id in (select access.my_schools()) or (select assessments.marking_lead()) is not null
   order by a.appeal_id desc limit 1000
$$;

-- A picture of the item the caller has an answer to.
create function assessments.held_media(wanted uuid, file text) returns table (media_type text, bytes bytea)
language sql stable security definer set search_path = '' as $$
  select m.media_type, m.bytes
    from assessments.mark_task t
    join assessments.mark_lease l on l.task_id = t.task_id and l.person_id = (select assessments.marker()) and l.until > now()
    join assessments.item_media i on i.item_version_id = t.item_version_id and i.name = file
    join assessments.media m using (sha256)
   where t.task_uuid = wanted
$$;

do $$
declare
  f regprocedure;
  caller text;
begin
  foreach f in array array['assessments.marker()', 'assessments.marking_lead()', 'assessments.own_places(bigint)',
    'assessments.own_learners(bigint)', 'assessments.settle_marks(bigint[])', 'assessments.held_answer(uuid)',
    'assessments.next_answer(uuid,text)', 'assessments.put_mark(uuid,smallint)', 'assessments.undo_mark(uuid)',
    'assessments.marking_rounds(uuid)', 'assessments.marking_here(uuid)', 'assessments.learnt_answers(uuid,integer)', 'assessments.note_suggestion(uuid,text,smallint,boolean)',
    'assessments.suggestion_pairs(uuid)', 'assessments.marking_pairs(uuid)', 'assessments.marking_people(uuid)',
    'assessments.mark_again(uuid,uuid,text,text)', 'assessments.marking_decisions(uuid)', 'assessments.control_answers(uuid,text,integer)',
    'assessments.set_control(uuid,boolean)', 'assessments.ask_scoring(uuid)',
    'assessments.ask_second_look(uuid,smallint,text)', 'assessments.second_looks()', 'assessments.held_media(uuid,text)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
  foreach f in array array['assessments.marker()', 'assessments.marking_lead()', 'assessments.held_answer(uuid)',
    'assessments.next_answer(uuid,text)', 'assessments.put_mark(uuid,smallint)', 'assessments.undo_mark(uuid)',
    'assessments.marking_rounds(uuid)', 'assessments.marking_here(uuid)', 'assessments.learnt_answers(uuid,integer)', 'assessments.note_suggestion(uuid,text,smallint,boolean)',
    'assessments.suggestion_pairs(uuid)', 'assessments.marking_pairs(uuid)', 'assessments.marking_people(uuid)',
    'assessments.mark_again(uuid,uuid,text,text)', 'assessments.marking_decisions(uuid)', 'assessments.control_answers(uuid,text,integer)',
    'assessments.set_control(uuid,boolean)', 'assessments.ask_scoring(uuid)', 'assessments.second_looks()',
    'assessments.held_media(uuid,text)']::regprocedure[] loop
    foreach caller in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
      execute format('grant execute on function %s to %I', f, caller);
    end loop;
  end loop;
end $$;
grant execute on function assessments.ask_second_look(uuid, smallint, text), assessments.second_looks() to tier_school;
grant execute on function assessments.settle_marks(bigint[]) to ikms_job;
reset role;
revoke create on schema assessments from ikms_definer;
grant usage on schema assessments to tier_school;

create trigger scored_when_closed after update of state on assessments.round
  for each row execute function assessments.score_when_closed();
set local role ikms_definer;
revoke execute on function assessments.score_when_closed() from public;
reset role;

select pgboss.create_queue('score', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));

-- Kept as the results they make.
alter table rights.retention no force row level security;
update rights.retention
   set tables = tables || array['assessments.mark_task', 'assessments.mark', 'assessments.mark_suggestion', 'assessments.appeal']
 where kind = 'learner_record';
alter table rights.retention force row level security;
