-- Results of monitoring tests reach people in steps: first the school, for its corrections and to plan support, then the child,
-- the parents and everybody else. Before its step nobody reads a result; who read one by name stands in the audit trail.
-- Units: scores and errors are points of the reporting scale; levels 1–4.

-- When a round went a step, and who took it.
create table assessments.release_step (
  round_id bigint      not null references assessments.round,
  step     text        not null check (step in ('preliminary', 'official')),
  made_at  timestamptz not null default now(),
  made_by  bigint,                                    -- access.person; null: the operator
  primary key (round_id, step)
);

-- A child for whom somebody at school asked that a plan of support be begun; the plan itself is made elsewhere.
create table assessments.support_request (
  request_id     bigint      generated always as identity primary key,
  request_uuid   uuid        not null unique default gen_random_uuid(),
  learner_id     bigint      not null,
  institution_id bigint      not null,                -- of the mandate that asked
  domain         text        not null check (domain in ('reading', 'numeracy', 'science')),
  reasons        text[]      not null check (reasons <@ array['lowest_level', 'fell_back', 'marks_higher', 'other']),
  asked_by       bigint      not null,                -- access.person
  made_at        timestamptz not null default now(),
  withdrawn_at   timestamptz                          -- null: stands
);
create unique index on assessments.support_request (learner_id, domain) where withdrawn_at is null;
create index on assessments.support_request (institution_id) where withdrawn_at is null;

select migration.protect(t::regclass) from unnest(array['assessments.release_step', 'assessments.support_request']) as t;
grant select, insert on assessments.release_step to ikms_definer;
grant select, insert, update on assessments.support_request to ikms_definer;
create policy definer_works on assessments.release_step for all to ikms_definer using (true) with check (true);
create policy definer_works on assessments.support_request for all to ikms_definer using (true) with check (true);

-- What functions read besides.
grant usage on schema records to ikms_definer;
grant select on records.result, records.assessment, records.marks to ikms_definer;
grant select on registry.learner_version to ikms_definer;
create policy definer_reads_results on records.result for select to ikms_definer using (true);
create policy definer_reads_results on records.assessment for select to ikms_definer using (true);
create policy definer_reads_results on records.marks for select to ikms_definer using (true);
create policy definer_reads_results on registry.learner_version for select to ikms_definer using (true);

-- A monitoring test that came from outside is shown to child and parents once it is no longer preliminary, as one given here is.
do $$
declare
  reader text;
begin
  foreach reader in array array['learner', 'parent'] loop
    execute format('drop policy %I on records.result', reader || '_reads_own');
    execute format('create policy %I on records.result for select to %I
      using (learner_id in (select access.my_learner()) and (status <> ''preliminary'' or assessment_id not in
        (select a.assessment_id from records.assessment a where a.kind = ''monitoring'')))',
      reader || '_reads_own', 'tier_' || reader);
    execute format('grant select on assessments.support_request to %I', 'tier_' || reader);
    execute format('create policy %I on assessments.support_request for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
  end loop;
end $$;
grant usage on schema assessments to tier_school;

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Takes a round a step on: 'scaled' → 'preliminary' → 'official'. Answers 'done' or 'wrong_state'; null: there is no such round for
-- the caller, who must be a coordinator or the operator.
create function assessments.release_round(wanted text, step text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_round assessments.round;
  who         bigint;
begin
  if session_user = 'ikms_app' then
    if not 'coordinator' = any (assessments.my_duties()) then
      return null;
    end if;
    select m.person_id into who from access.my_mandate() m;
  end if;
  select r.* into found_round from assessments.round r where r.code = wanted for update;
  if found_round.round_id is null or step not in ('preliminary', 'official') then
    return null;
  end if;
  if found_round.kind = 'rehearsal'
     or (step, found_round.state) not in (('preliminary', 'scaled'), ('official', 'preliminary')) then
    return 'wrong_state';
  end if;
  update assessments.round set state = step where round_id = found_round.round_id;
  insert into assessments.release_step (round_id, step, made_by) values (found_round.round_id, step, who);
  perform access.write_audit('release_results', 'round ' || wanted || ': ' || step, 'done');
  return 'done';
end $$;

-- Rounds and how far each has come, for a coordinator.
create function assessments.releasable_rounds()
returns table (code text, name_lv text, name_en text, domain text, grade smallint, school_year smallint, state text,
               outcomes integer, preliminary_at timestamptz, official_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.code, r.name_lv, r.name_en, r.domain, r.grade, r.school_year, r.state,
         (select count(*)::int from assessments.outcome o where o.round_id = r.round_id and o.ended_at is null),
         (select s.made_at from assessments.release_step s where s.round_id = r.round_id and s.step = 'preliminary'),
         (select s.made_at from assessments.release_step s where s.round_id = r.round_id and s.step = 'official')
    from assessments.round r
   where r.kind <> 'rehearsal' and r.state <> 'cancelled' and 'coordinator' = any (assessments.my_duties())
   order by r.school_year desc, r.grade, r.domain, r.code
$$;

-- Results of one learner that have come far enough to be read, the latest first; `last_year`: none later than this school year.
create function assessments.readable_results(who bigint, is_official boolean, last_year integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$ -- standards have their table in a later migration
begin
  return (select coalesce(jsonb_agg(jsonb_build_object(
           'round', m.round, 'domain', m.domain, 'grade', m.grade, 'schoolYear', m.school_year,
           'name', jsonb_build_object('lv', coalesce(r.name_lv, a.name_lv), 'en', coalesce(r.name_en, a.name_en)),
           'heldOn', coalesce((p.started_at at time zone 'Europe/Riga')::date, a.held_on),
           'score', m.score, 'error', m.error, 'level', m.level, 'cuts', coalesce(a.level_cuts, (select s.cuts from assessments.standard s
                                           where s.domain = m.domain and s.grade = m.grade and s.from_year <= m.school_year
                                           order by s.version desc limit 1)),
           'strands', coalesce(o.strands, '[]'::jsonb), 'version', coalesce(o.version, 1),
           'supported', coalesce(p.profile <> '{}', false), 'isOfficial', m.status <> 'preliminary',
           'growth', (select jsonb_build_object('fromGrade', f.from_grade, 'fromYear', f.from_year, 'fromScore', g.from_score,
                               'percentile', g.percentile, 'expected', g.expected, 'residual', g.residual, 'error', g.error)
                        from growth.progress g join growth.run f using (run_id)
                       where g.learner_id = m.learner_id and g.domain = m.domain and g.school_year = m.school_year
                         and g.to_grade = m.grade and (not is_official or g.status <> 'preliminary') limit 1),
           'appearedAt', (select to_char(max(s.made_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                            from assessments.release_step s where s.round_id = r.round_id and s.step = 'official'))
         order by m.school_year desc, m.domain, m.round), '[]')
    from assessments.measured m
    left join assessments.round r on r.code = m.round
    left join assessments.outcome o on o.round_id = r.round_id and o.learner_id = m.learner_id and o.ended_at is null
    left join assessments.participant p on p.participant_id = o.participant_id
    left join records.assessment a on r.round_id is null and a.code = m.round
   where m.learner_id = who and (last_year is null or m.school_year <= last_year)
     and (r.round_id is null or r.state in ('preliminary', 'official'))
     and (not is_official or m.status <> 'preliminary'));
end $$;

-- Official results of the caller's own learner, with the sealed name; the reading is written down.
create function assessments.read_own_results()
returns table (learner_uuid uuid, sealed_name bytea, results jsonb)
language sql volatile security definer set search_path = '' as $$
  with own as materialized (select r.learner_id, r.sealed_name from identity.read_own_learner() r)
  select l.learner_uuid, own.sealed_name, assessments.readable_results(l.learner_id, true, null)
    from access.my_learner() mine
    join registry.learner l on l.learner_id = mine
    left join own on own.learner_id = l.learner_id
$$;

-- What appeared for the caller's own learner in the last days: no name, no result, and so nothing is written down.
create function assessments.fresh_results(days integer)
returns table (name_lv text, name_en text, appeared_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.name_lv, r.name_en, s.made_at
    from access.my_learner() mine
    join assessments.outcome o on o.learner_id = mine and o.ended_at is null
    join assessments.round r on r.round_id = o.round_id and r.state = 'official'
    join assessments.release_step s on s.round_id = r.round_id and s.step = 'official'
   where s.made_at > now() - make_interval(days => days)
   order by s.made_at desc, r.code
$$;

-- Learners of one class with their results up to its school year: of an own class (class teacher), of a class of the own school
-- (head). Every learner is written down. No row: the class is not the caller's.
create function assessments.read_class_results(wanted uuid)
returns table (learner_uuid uuid, sealed_name bytea, sealed_code bytea, sex text, grade smallint, results jsonb, marks jsonb,
               requests jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  class_row registry.class_group_version;
  own       bigint[];
begin
  select v.* into class_row from registry.class_group g
    join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
   where g.class_group_uuid = wanted
     and (v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))
   limit 1;
  if class_row.class_group_id is null then
    return;
  end if;
  select array_agg(distinct e.learner_id) into own from registry.enrolment e
   where e.superseded_by is null and e.institution_id = class_row.institution_id and e.school_year = class_row.school_year
     and e.class_group_id = class_row.class_group_id
     and (class_row.institution_id in (select access.my_schools()) or e.learner_id in (select access.my_learners()));
  perform access.write_audit('read_results', 'class ' || wanted, 'shown', coalesce(own, '{}'));
  return query
    select l.learner_uuid, p.sealed_name, p.sealed_code,
           coalesce((select v.sex from registry.learner_version v
                      where v.learner_id = l.learner_id and v.superseded_by is null order by v.valid desc limit 1), 'unknown'),
           class_row.grade,
           assessments.readable_results(l.learner_id, false, class_row.school_year),
           (select coalesce(jsonb_agg(jsonb_build_object('schoolYear', m.school_year, 'scale', m.scale, 'subject', x.subject,
                     'mark', x.mark)), '[]')
              from records.marks m cross join lateral unnest(m.subjects, m.year_mark) x (subject, mark)
             where m.learner_id = l.learner_id and m.superseded_by is null and x.mark is not null
               and x.subject in ('latvian', 'mathematics', 'science')),
           (select coalesce(jsonb_agg(jsonb_build_object('id', s.request_uuid, 'domain', s.domain,
                     'madeOn', to_char(s.made_at at time zone 'Europe/Riga', 'YYYY-MM-DD')) order by s.domain), '[]')
              from assessments.support_request s where s.learner_id = l.learner_id and s.withdrawn_at is null)
      from registry.learner l
      left join identity.person p on p.learner_id = l.learner_id
     where l.learner_id = any (own);
end $$;

-- Results of the own school, one row a pupil and test, without who it is: for means, levels and comparisons within the school.
-- Answers for the school of the caller's mandate (head), and for nobody else.
create function assessments.school_results(wanted uuid)
returns table (round text, name_lv text, name_en text, school_year smallint, domain text, grade smallint, class_id uuid,
               class_name text, language text, sex text, supported boolean, score double precision, level smallint,
               is_official boolean)
language sql stable security definer set search_path = '' as $$
  with place as materialized (
    select i.institution_id from registry.institution i
     where i.institution_uuid = wanted and i.institution_id in (select access.my_schools())
  ), pupil as materialized (
    select distinct e.learner_id from place
      join registry.enrolment e on e.institution_id = place.institution_id and e.superseded_by is null
  ), result as materialized (
    select m.* from place, pupil
     cross join lateral (select x.* from assessments.measured x where x.learner_id = pupil.learner_id) m
     where m.institution_id = place.institution_id
  )
  select m.round, coalesce(r.name_lv, a.name_lv), coalesce(r.name_en, a.name_en), m.school_year, m.domain, m.grade,
         g.class_group_uuid, e.class_name, c.language,
         coalesce((select v.sex from registry.learner_version v
                    where v.learner_id = m.learner_id and v.superseded_by is null order by v.valid desc limit 1), 'unknown'),
         coalesce(p.profile <> '{}', false), m.score, m.level::smallint, m.status <> 'preliminary'
    from result m
    left join assessments.round r on r.code = m.round
    left join assessments.participant p on p.round_id = r.round_id and p.learner_id = m.learner_id
    left join records.assessment a on r.round_id is null and a.code = m.round
    left join lateral (select x.class_group_id, x.class_name from registry.enrolment x
                        where x.learner_id = m.learner_id and x.school_year = m.school_year
                          and x.institution_id = m.institution_id and x.superseded_by is null
                        order by x.main desc, x.valid desc limit 1) e on true
    left join registry.class_group g on g.class_group_id = e.class_group_id
    left join registry.class_group_version c on c.class_group_id = e.class_group_id and c.superseded_by is null
   where r.round_id is null or r.state in ('preliminary', 'official')
$$;

-- How the pupils of one class, or of the whole own school, did item by item in a round, beside all pupils of the round. Shares of
-- points; the words of an item only once it is released. Of all pupils nothing below ten. Nobody is named.
create function assessments.item_map(wanted text, class uuid, school uuid)
returns table ("position" smallint, strand text, process text, most smallint, title text, item uuid, own_n integer,
               own_share double precision, all_n integer, all_share double precision)
language sql stable security definer set search_path = '' as $$
  with place as (
    select g.class_group_id, v.institution_id, v.school_year
      from registry.class_group g
      join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
     where g.class_group_uuid = class
       and (v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))
    union all
    select null, i.institution_id, null from registry.institution i
     where class is null and i.institution_uuid = school and i.institution_id in (select access.my_schools())
  ), own as materialized (
    select p.participant_id from place
      join assessments.round r on r.code = wanted
      join assessments.participant p on p.round_id = r.round_id
     where case when place.class_group_id is null then p.institution_id = place.institution_id
                else exists (select from registry.enrolment e where e.learner_id = p.learner_id and e.superseded_by is null
                                and e.class_group_id = place.class_group_id and e.school_year = place.school_year) end
  ), score as (
    select f.item_version_id, min(f.position) as place,
           count(*) filter (where o.participant_id is not null)::int as own_n,
           avg(s.points) filter (where o.participant_id is not null)::float8 as own_points,
           count(*)::int as all_n, avg(s.points)::float8 as all_points
      from assessments.round r
      join assessments.participant p on p.round_id = r.round_id and p.status = 'tested'
      join assessments.form_item f on f.form_id = p.form_id
      join assessments.item_score s on s.participant_id = p.participant_id and s.position = f.position and s.points is not null
      left join own o on o.participant_id = p.participant_id
     where r.code = wanted and r.kind <> 'rehearsal' and r.state in ('preliminary', 'official') and exists (select from own)
     group by f.item_version_id
  )
  select s.place, v.strand, v.process, v.points,
         case when i.state = 'released' then (select t.content ->> 'title' from assessments.item_text t
                                               where t.item_version_id = v.item_version_id
                                               order by array_position(v.languages, t.language) limit 1) end,
         case when i.state = 'released' then i.item_uuid end,
         s.own_n, s.own_points / v.points, case when s.all_n >= 10 then s.all_n end,
         case when s.all_n >= 10 then s.all_points / v.points end
    from score s
    join assessments.item_version v using (item_version_id)
    join assessments.item i using (item_id)
   where s.own_n > 0
   order by s.place, v.item_version_id
$$;

-- The domain of a round, to name the strands of its items.
create function assessments.domain_of(wanted text) returns text stable security definer
language sql set search_path = '' as $$ select r.domain from assessments.round r where r.code = wanted $$;

-- Asks that a plan of support be begun for an own learner: once for a domain. Answers the request; null: no own learner.
create function assessments.ask_support(learner uuid, about text, why text[]) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  mandate access.mandate := access.my_mandate();
  who     bigint;
  made    uuid;
begin
  select l.learner_id into who from registry.learner l
   where l.learner_uuid = learner and l.learner_id in (select access.my_learners());
  if who is null or mandate.institution_id is null then
    return null;
  end if;
  insert into assessments.support_request (learner_id, institution_id, domain, reasons, asked_by)
  values (who, mandate.institution_id, about, why, mandate.person_id)
  on conflict (learner_id, domain) where withdrawn_at is null do nothing
  returning request_uuid into made;
  if made is null then
    select s.request_uuid into made from assessments.support_request s
     where s.learner_id = who and s.domain = about and s.withdrawn_at is null;
    return made;
  end if;
  perform access.write_audit('ask_support', 'support request ' || made, 'done', array[who]);
  return made;
end $$;

-- Takes a request back, by whoever may make it. False: there is none that stands.
create function assessments.withdraw_support(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  who bigint;
begin
  update assessments.support_request s set withdrawn_at = now()
   where s.request_uuid = wanted and s.withdrawn_at is null and s.learner_id in (select access.my_learners())
  returning s.learner_id into who;
  if who is null then
    return false;
  end if;
  perform access.write_audit('withdraw_support', 'support request ' || wanted, 'done', array[who]);
  return true;
end $$;

-- Requests that stand for the caller's own learners, by name; every learner is written down.
create function assessments.read_support()
returns table (request_uuid uuid, sealed_name bytea, sealed_code bytea, class_name text, grade smallint, domain text,
               reasons text[], made_on date)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
begin
  select array_agg(distinct s.learner_id) into own from assessments.support_request s
   where s.withdrawn_at is null and s.learner_id in (select access.my_learners())
     and s.institution_id in (select m.institution_id from access.my_mandate() m);
  if own is null then
    return;
  end if;
  perform access.write_audit('read_support', 'support requests', 'shown', own);
  return query
    select s.request_uuid, p.sealed_name, p.sealed_code, e.class_name, e.grade, s.domain, s.reasons,
           (s.made_at at time zone 'Europe/Riga')::date
      from assessments.support_request s
      left join identity.person p on p.learner_id = s.learner_id
      left join lateral (select x.class_name, x.grade from registry.enrolment x
                          where x.learner_id = s.learner_id and x.superseded_by is null
                          order by x.school_year desc, x.main desc, x.valid desc limit 1) e on true
     where s.withdrawn_at is null and s.learner_id = any (own);
end $$;

revoke execute on function assessments.release_round(text, text), assessments.releasable_rounds(),
  assessments.readable_results(bigint, boolean, integer), assessments.read_own_results(), assessments.fresh_results(integer),
  assessments.read_class_results(uuid), assessments.school_results(uuid), assessments.item_map(text, uuid, uuid),
  assessments.domain_of(text), assessments.ask_support(uuid, text, text[]), assessments.withdraw_support(uuid),
  assessments.read_support() from public;
grant execute on function assessments.release_round(text, text) to ikms_job;
grant execute on function assessments.release_round(text, text), assessments.releasable_rounds()
  to tier_teacher, tier_researcher, tier_analyst, tier_steward;
grant execute on function assessments.read_own_results(), assessments.fresh_results(integer) to tier_learner, tier_parent;
grant execute on function assessments.read_class_results(uuid), assessments.item_map(text, uuid, uuid), assessments.domain_of(text),
  assessments.ask_support(uuid, text, text[]), assessments.withdraw_support(uuid), assessments.read_support()
  to tier_school, tier_teacher;
grant execute on function assessments.school_results(uuid) to tier_school;
reset role;
revoke create on schema assessments from ikms_definer;

-- Kept as results are.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['assessments.support_request'] where kind = 'learner_record';
alter table rights.retention force row level security;
