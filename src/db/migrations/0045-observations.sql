-- Preschool is observed, not tested: which step an assessor saw a child take, statement by statement of a rubric.
-- Steps are 1 to 3 (with an adult, with some help, alone); they make a profile and are never added up.
--
-- A tap is a row. Nothing is edited: a later row of the same statement holds, and taking a tap back is a row too. Who observes whom is
-- an assignment of a mandate with the duty of an assessor: to a preschool, or to one group of it, for a school year.

create table assessments.observer (
  observer_id    bigint      generated always as identity primary key,
  observer_uuid  uuid        not null unique default gen_random_uuid(),
  mandate_id     bigint      not null references access.mandate on delete cascade,
  institution_id bigint      not null references registry.institution,
  school_year    smallint    not null check (school_year between 2000 and 2100),
  label          text,                                -- the group, as its session is called; null: every group
  assigned_by    bigint,                              -- access.person; null: the operator
  assigned_at    timestamptz not null default now(),
  ended_at       timestamptz                          -- null: in force
);
create unique index on assessments.observer (mandate_id, institution_id, school_year, coalesce(label, '')) where ended_at is null;

create table assessments.observation (
  observation_id bigint      generated always as identity primary key,
  participant_id bigint      not null references assessments.participant,
  round_id       bigint      not null references assessments.round,
  learner_id     bigint      not null,
  institution_id bigint      not null,
  school_year    smallint    not null,
  rubric         text        not null,                -- version of the rubric
  statement      text        not null check (length(statement) between 1 and 20),
  step           smallint    check (step between 1 and 3),          -- null: not observed
  undoes         bigint      unique references assessments.observation,  -- that tap was taken back
  observed_by    bigint,                              -- access.person
  observed_at    timestamptz not null default now(),
  check (undoes is null or step is null)
);
create index on assessments.observation (participant_id);
create index on assessments.observation (learner_id);

select migration.protect(t::regclass) from unnest(array['assessments.observer', 'assessments.observation']) as t;
create trigger never_edited before update on assessments.observation
  for each row execute function assessments.refuse_change();

-- What holds: of every statement the last tap that was not taken back.
create view assessments.observed with (security_invoker = true) as
  select distinct on (o.participant_id, o.statement)
         o.observation_id, o.participant_id, o.round_id, o.learner_id, o.institution_id, o.school_year, o.rubric, o.statement, o.step, o.observed_at
    from assessments.observation o
   where o.undoes is null and not exists (select from assessments.observation u where u.undoes = o.observation_id)
   order by o.participant_id, o.statement, o.observation_id desc;

grant select, insert on assessments.observation to ikms_definer;
grant select, insert, update on assessments.observer to ikms_definer;
grant select on assessments.observed to ikms_definer, ikms_job;
create policy definer_works on assessments.observer for all to ikms_definer using (true) with check (true);
create policy definer_works on assessments.observation for all to ikms_definer using (true) with check (true);
grant select on registry.learner_version to ikms_definer;
create policy definer_reads_of_observed on registry.learner_version for select to ikms_definer using (true);

grant usage on schema assessments to tier_school;
grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Participants the caller may observe now. One of a child and domain: of the latest round.
create function assessments.my_observed()
returns table (participant_id bigint, round_id bigint, learner_id bigint, institution_id bigint, school_year smallint, domain text,
               label text, status text, finished_at timestamptz, closes_at timestamptz)
stable security definer language sql set search_path = '' rows 100 as $$
  select distinct on (p.learner_id, r.school_year, r.domain)
         p.participant_id, p.round_id, p.learner_id, p.institution_id, r.school_year, r.domain, coalesce(s.label, ''), p.status,
         p.finished_at, r.closes_at
    from access.my_mandate() m
    join assessments.observer o on o.mandate_id = m.mandate_id and o.ended_at is null
    join assessments.round r on r.grade = 0 and r.school_year = o.school_year and r.state = 'open'
     and now() >= r.opens_at and now() < r.closes_at
    join assessments.participant p on p.round_id = r.round_id and p.institution_id = o.institution_id and p.status <> 'exempt'
    left join assessments.session s on s.session_id = p.session_id
   where 'assessor' = any (assessments.my_duties()) and (o.label is null or o.label = s.label)
   order by p.learner_id, r.school_year, r.domain, p.round_id desc
$$;

-- Groups the caller observes, without a name of anybody.
create function assessments.observed_groups()
returns table (institution_id bigint, school_year smallint, label text, children integer, done integer, absent integer,
               closes_at timestamptz)
stable security definer language sql set search_path = '' rows 10 as $$
  with child as (
    select c.institution_id, c.school_year, c.label, c.learner_id, bool_and(c.finished_at is not null) as is_done,
           bool_and(c.status = 'absent') as is_absent, min(c.closes_at) as closes_at
      from assessments.my_observed() c group by 1, 2, 3, 4
  )
  select c.institution_id, c.school_year, c.label, count(*)::integer, (count(*) filter (where c.is_done))::integer,
         (count(*) filter (where c.is_absent))::integer, min(c.closes_at)
    from child c group by 1, 2, 3 order by 1, 2, 3
$$;

-- Children of a group with their sealed names; every child returned is written down.
create function assessments.observed_children(place uuid, of_year smallint, of_label text)
returns table (learner uuid, sealed_name bytea, born text, domains text[], seen integer, is_done boolean, is_absent boolean)
volatile security definer language plpgsql set search_path = '' as $$
declare
  own bigint[];
begin
  select array_agg(distinct c.learner_id) into own
    from assessments.my_observed() c join registry.institution i using (institution_id)
   where i.institution_uuid = place and c.school_year = of_year and c.label = of_label;
  if own is null then
    return;
  end if;
  perform access.write_audit('read_observed', 'institution ' || place, 'shown', own);
  return query
    select l.learner_uuid, p.sealed_name, to_char(v.birth_month, 'YYYY-MM'), child.domains,
           (select count(*)::integer from assessments.observed o join assessments.my_observed() mine using (participant_id)
             where o.learner_id = l.learner_id and o.school_year = of_year),
           child.is_done, child.is_absent
      from (select c.learner_id, array_agg(c.domain) as domains, bool_and(c.finished_at is not null) as is_done,
                   bool_and(c.status = 'absent') as is_absent
              from assessments.my_observed() c
             where c.school_year = of_year and c.learner_id = any (own) group by 1) child
      join registry.learner l using (learner_id)
      left join identity.person p using (learner_id)
      left join registry.learner_version v on v.learner_id = l.learner_id and v.superseded_by is null;
end $$;

-- One child to observe: whom, where, in which domains, and what was seen so far. Written down.
create function assessments.observed_child(wanted uuid, of_year smallint)
returns table (sealed_name bytea, born text, institution_id bigint, label text, domains text[], is_absent boolean,
               closes_at timestamptz, steps jsonb)
volatile security definer language plpgsql set search_path = '' as $$
declare
  child bigint;
begin
  select c.learner_id into child
    from assessments.my_observed() c join registry.learner l using (learner_id)
   where l.learner_uuid = wanted and c.school_year = of_year limit 1;
  if child is null then
    return;
  end if;
  perform access.write_audit('read_observed', 'learner ' || wanted, 'shown', array[child]);
  return query
    select (select p.sealed_name from identity.person p where p.learner_id = child),
           (select to_char(v.birth_month, 'YYYY-MM') from registry.learner_version v
             where v.learner_id = child and v.superseded_by is null),
           min(c.institution_id), min(c.label), array_agg(c.domain order by c.domain), bool_and(c.status = 'absent'), min(c.closes_at),
           (select coalesce(jsonb_object_agg(o.statement, o.step), '{}') from assessments.observed o
             where o.participant_id in (select mine.participant_id from assessments.my_observed() mine where mine.learner_id = child
                                           and mine.school_year = of_year))
      from assessments.my_observed() c where c.learner_id = child and c.school_year = of_year;
end $$;

-- A tap: which step was seen of a statement; null: not observed. The same again changes nothing. `most` is how many
-- statements the domain has: with the last of them the child is done. Answers how many have been seen; null: not the caller's child.
create function assessments.observe(wanted uuid, of_year smallint, of_domain text, of_statement text, seen_step smallint,
                                    of_rubric text, most integer)
returns integer volatile security definer language plpgsql set search_path = '' as $$
declare
  place  record;
  before record;
  seen   integer;
begin
  select c.* into place
    from assessments.my_observed() c join registry.learner l using (learner_id)
   where l.learner_uuid = wanted and c.school_year = of_year and c.domain = of_domain;
  if place.participant_id is null then
    return null;
  end if;
  perform from assessments.participant p where p.participant_id = place.participant_id for update; -- taps one after the other
  select o.observation_id, o.step into before from assessments.observed o
   where o.participant_id = place.participant_id and o.statement = of_statement;
  if before.observation_id is null or before.step is distinct from seen_step then
    insert into assessments.observation (participant_id, round_id, learner_id, institution_id, school_year, rubric, statement, step, observed_by)
    select place.participant_id, place.round_id, place.learner_id, place.institution_id, place.school_year, of_rubric, of_statement, seen_step, m.person_id
      from access.my_mandate() m;
  end if;
  select count(*) into seen from assessments.observed o where o.participant_id = place.participant_id;
  update assessments.participant p
     set started_at = coalesce(p.started_at, now()), status = case when seen >= most then 'tested' else 'expected' end,
         finished_at = case when seen >= most then coalesce(p.finished_at, now()) end
   where p.participant_id = place.participant_id;
  return seen;
end $$;

-- Takes back the last tap of a child that still holds. Answers its statement; null: there is none, or not the caller's child.
create function assessments.unobserve(wanted uuid, of_year smallint) returns text
volatile security definer language plpgsql set search_path = '' as $$
declare
  tap assessments.observation;
begin
  perform from assessments.participant p
    where p.participant_id in (select c.participant_id from assessments.my_observed() c join registry.learner l using (learner_id)
                                where l.learner_uuid = wanted and c.school_year = of_year) for update;
  select o.* into tap
    from assessments.observation o
   where o.participant_id in (select c.participant_id from assessments.my_observed() c join registry.learner l using (learner_id)
                               where l.learner_uuid = wanted and c.school_year = of_year)
     and o.undoes is null and not exists (select from assessments.observation u where u.undoes = o.observation_id)
   order by o.observation_id desc limit 1;
  if tap.observation_id is null then
    return null;
  end if;
  insert into assessments.observation (participant_id, round_id, learner_id, institution_id, school_year, rubric, statement, undoes, observed_by)
  select tap.participant_id, tap.round_id, tap.learner_id, tap.institution_id, tap.school_year, tap.rubric, tap.statement, tap.observation_id, m.person_id
    from access.my_mandate() m;
  update assessments.participant p
     set status = 'expected', finished_at = null,
         started_at = case when exists (select from assessments.observed o where o.participant_id = p.participant_id) then p.started_at end
   where p.participant_id = tap.participant_id
     and not exists (select from assessments.observed o where o.participant_id = p.participant_id and o.statement = tap.statement);
  return tap.statement;
end $$;

-- The child is away on the day, or is there after all. Only of whom nothing was seen yet. False: not the caller's child, or begun.
create function assessments.set_absent(wanted uuid, of_year smallint, is_away boolean) returns boolean
volatile security definer language plpgsql set search_path = '' as $$
declare
  own bigint[];
begin
  select array_agg(c.participant_id) into own
    from assessments.my_observed() c join registry.learner l using (learner_id)
   where l.learner_uuid = wanted and c.school_year = of_year;
  if own is null or exists (select from assessments.observed o where o.participant_id = any (own)) then
    return false;
  end if;
  update assessments.participant p set status = case when is_away then 'absent' else 'expected' end
   where p.participant_id = any (own);
  return true;
end $$;

-- Who observes where in a school year, and who could: for a coordinator.
create function assessments.observers(of_year smallint)
returns table (assignment uuid, mandate uuid, assessor text, institution_id bigint, label text, assigned_at timestamptz)
stable security definer language plpgsql set search_path = '' as $$
begin
  if not 'coordinator' = any (assessments.my_duties()) then
    return;
  end if;
  return query
    select o.observer_uuid, m.mandate_uuid, p.display_name, o.institution_id, o.label, o.assigned_at
      from assessments.duty d
      join access.mandate m using (mandate_id)
      join access.person p using (person_id)
      left join assessments.observer o on o.mandate_id = m.mandate_id and o.school_year = of_year and o.ended_at is null
     where d.duty = 'assessor' and d.valid @> access.today() and m.valid @> access.today() and m.revoked_at is null
     order by p.display_name, o.observer_id;
end $$;

-- Assigns an assessor to a preschool, or to one group of it. The operator may too. Answers the assignment; null: refused.
create function assessments.assign_observer(assessor uuid, place uuid, of_year smallint, of_label text) returns uuid
volatile security definer language plpgsql set search_path = '' as $$
declare
  made uuid;
begin
  if session_user = 'ikms_app' and not 'coordinator' = any (assessments.my_duties()) then
    return null;
  end if;
  insert into assessments.observer (mandate_id, institution_id, school_year, label, assigned_by)
  select m.mandate_id, i.institution_id, of_year, nullif(of_label, ''),
         case when session_user = 'ikms_app' then (select mine.person_id from access.my_mandate() mine) end
    from access.mandate m cross join registry.institution i
   where m.mandate_uuid = assessor and i.institution_uuid = place and m.revoked_at is null and m.valid @> access.today()
     and exists (select from assessments.duty d where d.mandate_id = m.mandate_id and d.duty = 'assessor' and d.valid @> access.today())
  on conflict do nothing
  returning observer_uuid into made;
  if made is not null and session_user = 'ikms_app' then
    perform access.write_audit('assign_observer', 'institution ' || place, 'done');
  end if;
  return made;
end $$;

create function assessments.end_observer(wanted uuid) returns boolean
volatile security definer language plpgsql set search_path = '' as $$
begin
  if session_user = 'ikms_app' and not 'coordinator' = any (assessments.my_duties()) then
    return false;
  end if;
  update assessments.observer o set ended_at = now() where o.observer_uuid = wanted and o.ended_at is null;
  if not found then
    return false;
  end if;
  if session_user = 'ikms_app' then
    perform access.write_audit('end_observer', 'assignment ' || wanted, 'done');
  end if;
  return true;
end $$;

-- Nothing is left to scale where nothing was scored: a round of preschool that is closed may be released.
create function assessments.observed_need_no_scale() returns trigger language plpgsql set search_path = '' as $$
begin
  new.state := 'scaled';
  return new;
end $$;

-- Rounds whose results schools have.
create function assessments.rounds_for_schools() returns setof bigint stable security definer
language sql set search_path = '' as $$ select r.round_id from assessments.round r where r.state in ('preliminary', 'official') $$;

reset role;
revoke create on schema assessments from ikms_definer;
create trigger preschool_is_not_scaled before update of state on assessments.round
  for each row when (new.grade = 0 and new.state = 'closed') execute function assessments.observed_need_no_scale();

revoke execute on function assessments.observed_need_no_scale(), assessments.my_observed(), assessments.observed_groups(), assessments.observed_children(uuid, smallint, text),
  assessments.observed_child(uuid, smallint), assessments.observe(uuid, smallint, text, text, smallint, text, integer),
  assessments.unobserve(uuid, smallint), assessments.set_absent(uuid, smallint, boolean), assessments.observers(smallint),
  assessments.assign_observer(uuid, uuid, smallint, text), assessments.end_observer(uuid), assessments.rounds_for_schools() from public;
do $$
declare
  reader text;
begin
  foreach reader in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
    execute format('grant execute on function assessments.observed_groups(), assessments.observed_children(uuid, smallint, text),
      assessments.observed_child(uuid, smallint), assessments.observe(uuid, smallint, text, text, smallint, text, integer),
      assessments.unobserve(uuid, smallint), assessments.set_absent(uuid, smallint, boolean), assessments.observers(smallint),
      assessments.assign_observer(uuid, uuid, smallint, text), assessments.end_observer(uuid) to %I', reader);
  end loop;
  -- The profile: for the family once it is official, for the school as soon as it has the results.
  foreach reader in array array['tier_learner', 'tier_parent', 'tier_school'] loop
    execute format('grant select (observation_id, participant_id, round_id, learner_id, institution_id, school_year, rubric, statement,
      step, undoes, observed_at) on assessments.observation to %I', reader);
  end loop;
  foreach reader in array array['tier_learner', 'tier_parent'] loop
    execute format('create policy %I on assessments.observation for select to %I
      using (learner_id in (select access.my_learner()) and round_id in (select assessments.official_rounds()))',
      reader || '_reads_own', reader);
  end loop;
end $$;
grant execute on function assessments.assign_observer(uuid, uuid, smallint, text), assessments.end_observer(uuid) to ikms_job;
grant execute on function assessments.rounds_for_schools() to tier_school;
create policy school_reads_own on assessments.observation for select to tier_school
  using (institution_id in (select access.my_schools()) and round_id in (select assessments.rounds_for_schools()));

-- Kept as results are.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['assessments.observation'] where kind = 'learner_record';
alter table rights.retention force row level security;
