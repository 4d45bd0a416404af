-- Results after their first telling: a score that changes after a second look reaches the sheet by itself, a sheet tells only of changes
-- since it could be read, the official step has the figures of groups worked out, and one function says under which subject figures stand.
-- Units: scores are points of the reporting scale.

-- Why a version of an outcome was made: its round was scaled, or answers of this pupil were looked at again and their points changed.
alter table assessments.outcome add column cause text not null default 'scaled' check (cause in ('scaled', 'second_look'));

-- The subject under which figures of a test stand: a test given here is in the series of those from outside.
create function assessments.subject_of(domain text, grade smallint) returns text immutable parallel safe
language sql as $$ select case domain when 'reading' then 'literacy' else domain end || '-' || grade $$;
revoke execute on function assessments.subject_of(text, smallint) from public;
grant execute on function assessments.subject_of(text, smallint) to ikms_job, ikms_definer;

-- As before.
create or replace view assessments.measured with (security_invoker = true) as
  select o.learner_id, o.institution_id, r.school_year, r.domain, r.grade, o.score, o.error, o.level,
         case when r.state = 'official' then 'official' else 'preliminary' end as status, r.code as round,
         o.values as plausible, r.kind, assessments.subject_of(r.domain, r.grade) as subject
    from assessments.outcome o join assessments.round r using (round_id)
   where o.ended_at is null and r.kind <> 'rehearsal'
  union all
  select x.learner_id, x.institution_id, a.school_year,
         case split_part(a.subject, '-', 1) when 'literacy' then 'reading' else split_part(a.subject, '-', 1) end, a.grade,
         x.value, null, case when a.level_cuts is not null then 1 + width_bucket(x.value, a.level_cuts) end, x.status, a.code,
         null, 'outside', a.subject
    from records.result x join records.assessment a using (assessment_id)
   where x.superseded_by is null and a.kind = 'monitoring' and split_part(a.subject, '-', 1) in ('literacy', 'numeracy', 'science');

grant create on schema assessments, records to ikms_definer;
set local role ikms_definer;

-- As before.
create or replace function assessments.told_rounds()
returns table (id uuid, code text, subject text, domain text, grade smallint, school_year smallint, name_lv text, name_en text, is_official boolean,
               scale text, linked_to text, link_error double precision, told_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.round_uuid, r.code, assessments.subject_of(r.domain, r.grade), r.domain, r.grade, r.school_year, r.name_lv, r.name_en, r.state = 'official', s.scale ->> 'name', s.scale ->> 'linkedTo',
         (s.scale ->> 'linkError')::double precision,
         (select max(x.made_at) from assessments.release_step x where x.round_id = r.round_id and x.step = r.state)
    from assessments.round r left join assessments.scaling_run s on s.round_id = r.round_id and s.in_force
   where r.kind = 'census'
     and (r.state = 'official' or (r.state = 'preliminary' and (select m.tier = 'school' from access.my_mandate() m)))
   order by r.school_year desc, r.grade, r.domain, r.code
$$;

-- As before.
do $$
begin
  execute replace(pg_get_functiondef('records.read_class_figures(uuid)'::regprocedure),
                  $q$case m.domain when 'reading' then 'literacy' else m.domain end || '-' || m.grade as subject$q$, 'm.subject');
end $$;

-- As before; a version counts from the step on that told the reader of the result: what was corrected before nobody has seen. Where the
-- result changed since, what it was then, when, and why. Growth that was worked out from another score is not told beside this one.
create or replace function assessments.readable_results(who bigint, is_official boolean, last_year integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$ -- standards have their table in a later migration
begin
  return (select coalesce(jsonb_agg(jsonb_build_object(
           'round', m.round, 'domain', m.domain, 'grade', m.grade, 'schoolYear', m.school_year,
           'name', jsonb_build_object('lv', coalesce(r.name_lv, a.name_lv), 'en', coalesce(r.name_en, a.name_en)),
           'heldOn', coalesce((p.started_at at time zone 'Europe/Riga')::date, a.held_on),
           'score', m.score, 'error', m.error, 'level', m.level, 'cuts', coalesce(a.level_cuts, (select s.cuts from assessments.standard s
                                           where s.domain = m.domain and s.grade = m.grade and s.from_year <= m.school_year
                                           order by s.version desc limit 1)),
           'strands', coalesce(o.strands, '[]'::jsonb), 'version', 1 + coalesce(told.later, 0),
           'changed', (select jsonb_build_object('at', to_char(o.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                               'why', o.cause, 'score', e.score, 'level', e.level)
                         from assessments.outcome e
                        where told.later > 0 and e.participant_id = o.participant_id and e.version = o.version - 1),
           'supported', coalesce(p.profile <> '{}', false), 'isOfficial', m.status <> 'preliminary',
           'growth', (select jsonb_build_object('fromGrade', f.from_grade, 'fromYear', f.from_year, 'fromScore', g.from_score,
                               'percentile', g.percentile, 'expected', g.expected, 'residual', g.residual, 'error', g.error)
                        from growth.progress g join growth.run f using (run_id)
                       where g.learner_id = m.learner_id and g.domain = m.domain and g.school_year = m.school_year
                         and g.to_grade = m.grade and abs(g.to_score - m.score) < 0.01 and (not is_official or g.status <> 'preliminary') limit 1),
           'appearedAt', (select to_char(max(s.made_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                            from assessments.release_step s where s.round_id = r.round_id and s.step = 'official'))
         order by m.school_year desc, m.domain, m.round), '[]')
    from assessments.measured m
    left join assessments.round r on r.code = m.round
    left join assessments.outcome o on o.round_id = r.round_id and o.learner_id = m.learner_id and o.ended_at is null
    left join assessments.participant p on p.participant_id = o.participant_id
    left join records.assessment a on r.round_id is null and a.code = m.round
    left join lateral (
      select count(*)::integer as later from assessments.outcome v
       where v.participant_id = o.participant_id and v.version > 1
         and v.made_at > (select s.made_at from assessments.release_step s where s.round_id = r.round_id
                             and s.step = case when is_official then 'official' else 'preliminary' end)) told on true
   where m.learner_id = who and (last_year is null or m.school_year <= last_year)
     and (r.round_id is null or r.state in ('preliminary', 'official'))
     and (not is_official or m.status <> 'preliminary'));
end $$;

-- Points of an answer that changed after results were told have the pupil's result worked out anew.
create function assessments.rescore_when_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  code text := (select r.code from assessments.round r where r.round_id = new.round_id);
begin
  perform jobs.ask('rescore', jsonb_build_object('round', code), code);
  return null;
end $$;

-- As before, and once results are official the figures of groups are computed and released: a job does it.
create or replace function assessments.release_round(wanted text, step text) returns text
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
  if step = 'official' then
    perform jobs.ask('compute', '{"thenPublish": true}');
  end if;
  return 'done';
end $$;

-- How far the figures of groups are: the latest job that computes them and the latest that releases them, for a coordinator.
create function assessments.figures_under_way()
returns table (kind text, state text, done real, asked_at timestamptz, ended_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select distinct on (q.name) q.name, q.state::text, o.done, o.asked_at, q.completed_on
    from pgboss.job q join jobs.job o on o.job_id = q.id
   where q.name in ('compute', 'publish') and 'coordinator' = any (assessments.my_duties())
   order by q.name, q.state >= 'completed', coalesce(q.completed_on, o.asked_at) desc
$$;

-- How the pupils who took an official round lie in the schools of places, for errors that know of it: how many schools each has, and how
-- unequal those of the country are (variance of pupils a school over its squared mean). Neither tells how many one school had. For whoever reads
-- pages of places; no row for others.
create function assessments.round_clusters(wanted text) returns table (place uuid, schools integer, spread double precision)
language sql stable security definer set search_path = '' as $$
  with tested as materialized (
    select p.institution_id, count(*)::float8 as n
      from assessments.round r join assessments.participant p using (round_id)
     where r.code = wanted and r.state = 'official' and r.kind = 'census' and p.status = 'tested'
       and (select m.tier in ('municipality', 'analyst') from access.my_mandate() m)
     group by 1
  ), home as (
    select distinct on (t.institution_id) t.institution_id, v.territory_id as municipality, w.parent_id as region
      from tested t
      join registry.institution_version v on v.institution_id = t.institution_id and v.superseded_by is null
      left join registry.territory_version w on w.territory_id = v.territory_id and w.superseded_by is null
     order by t.institution_id, v.valid desc, w.valid desc
  )
  select x.territory_uuid, count(*)::integer, (select coalesce(var_pop(t.n) / nullif(avg(t.n) ^ 2, 0), 0) from tested t)
    from home h join registry.territory x on x.kind = 'state' or x.territory_id in (h.municipality, h.region)
   group by x.territory_id, x.territory_uuid order by x.territory_id
$$;

-- What the caller's own learner has asked to be looked at again, and what the school asked: for everything that is held.
create function assessments.own_wishes() returns table (name jsonb, school_year smallint, reason text, at timestamptz)
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('lv', r.name_lv, 'en', r.name_en), r.school_year, w.reason, w.asked_at
    from access.my_learner() mine join assessments.participant p on p.learner_id = mine
    join assessments.look_wish w using (participant_id) join assessments.round r using (round_id)
   order by w.wish_id desc
$$;
create function assessments.own_appeals()
returns table (name jsonb, school_year smallint, institution_id bigint, place smallint, reason text, points_before smallint,
               points_after smallint, asked_at timestamptz, decided_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('lv', r.name_lv, 'en', r.name_en), r.school_year, a.institution_id, a.position, a.reason, a.points_before,
         a.points_after, a.asked_at, a.decided_at
    from access.my_learner() mine join assessments.participant p on p.learner_id = mine
    join assessments.appeal a using (participant_id) join assessments.round r on r.round_id = p.round_id
   where r.state = 'official'
   order by a.appeal_id desc
$$;

revoke execute on function assessments.figures_under_way(), assessments.round_clusters(text), assessments.own_wishes(), assessments.own_appeals() from public;
grant execute on function assessments.round_clusters(text) to tier_municipality, tier_analyst;
grant execute on function assessments.own_wishes(), assessments.own_appeals() to tier_learner, tier_parent;
grant execute on function assessments.figures_under_way() to tier_teacher, tier_researcher, tier_analyst, tier_steward;
reset role;
revoke create on schema assessments, records from ikms_definer;

create trigger rescored_when_changed after update of points_after on assessments.appeal
  for each row when (new.points_after <> new.points_before and new.points_after is distinct from old.points_after)
  execute function assessments.rescore_when_changed();
set local role ikms_definer;
revoke execute on function assessments.rescore_when_changed() from public;
reset role;

select pgboss.create_queue('rescore', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
