-- The head of a preschool and the teacher of a group see who is observed, and once results reach schools, what was seen, in words.

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Observed children the caller answers for: of the own school (head), of the own classes (teacher).
create function assessments.my_observed_learners()
returns table (participant_id bigint, round_id bigint, round_state text, learner_id bigint, institution_id bigint, school_year smallint,
               label text, status text, finished_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.participant_id, p.round_id, r.state, p.learner_id, p.institution_id, r.school_year, coalesce(s.label, ''), p.status, p.finished_at
    from assessments.round r
    join assessments.participant p on p.round_id = r.round_id
    left join assessments.session s on s.session_id = p.session_id
   where r.grade = 0 and r.state not in ('planned', 'cancelled') and r.kind <> 'rehearsal'
     and (p.institution_id in (select access.my_schools()) or p.learner_id in (select access.my_learners()))
$$;

-- Their groups, the latest year first; nobody is named.
create function assessments.own_preschool_groups()
returns table (institution_id bigint, school_year smallint, label text, children integer, done integer, absent integer, exempt integer,
               is_told boolean)
language sql stable security definer set search_path = '' as $$
  select c.institution_id, c.school_year, c.label, count(*)::integer, (count(*) filter (where c.is_done))::integer,
         (count(*) filter (where c.is_absent))::integer, (count(*) filter (where c.is_exempt))::integer, bool_or(c.is_told)
    from (select o.institution_id, o.school_year, o.label, o.learner_id,
                 bool_and(o.finished_at is not null) filter (where o.status not in ('absent', 'exempt')) is true as is_done,
                 bool_and(o.status = 'absent') as is_absent, bool_and(o.status = 'exempt') as is_exempt,
                 bool_or(o.round_state in ('preliminary', 'official')) as is_told
            from assessments.my_observed_learners() o group by 1, 2, 3, 4) c
   group by 1, 2, 3 order by 2 desc, 1, 3
$$;

-- Children of one such group by sealed name; what was seen of them in rounds whose results schools have. Every child is written down.
-- No row: not a group of the caller.
create function assessments.preschool_group(place uuid, of_year smallint, of_label text)
returns table (learner uuid, sealed_name bytea, status text, observed_on text, steps jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
begin
  select array_agg(distinct o.learner_id) into own
    from assessments.my_observed_learners() o join registry.institution i using (institution_id)
   where i.institution_uuid = place and o.school_year = of_year and o.label = of_label;
  if own is null then
    perform access.write_audit('read_observed', 'institution ' || place, 'not_found');
    return;
  end if;
  perform access.write_audit('read_observed', 'institution ' || place, 'shown', own);
  return query
    select l.learner_uuid, n.sealed_name, child.status, seen.observed_on, coalesce(seen.steps, '{}')
      from (select o.learner_id, case when bool_and(o.status = 'absent') then 'absent' when bool_and(o.status = 'exempt') then 'exempt'
                   when bool_and(o.finished_at is not null) filter (where o.status not in ('absent', 'exempt')) then 'done' else 'expected' end as status
              from assessments.my_observed_learners() o join registry.institution i using (institution_id)
             where i.institution_uuid = place and o.school_year = of_year and o.label = of_label group by 1) child
      join registry.learner l using (learner_id)
      left join identity.person n using (learner_id)
      left join lateral (
        select max(o.observed_at)::date::text as observed_on, jsonb_object_agg(o.statement, o.step) as steps
          from assessments.observed o
         where o.learner_id = child.learner_id and o.school_year = of_year
           and o.participant_id in (select m.participant_id from assessments.my_observed_learners() m
                                     where m.learner_id = child.learner_id and m.round_state in ('preliminary', 'official'))) seen on true;
end $$;

revoke execute on function assessments.my_observed_learners(), assessments.own_preschool_groups(),
  assessments.preschool_group(uuid, smallint, text) from public;
grant execute on function assessments.own_preschool_groups(), assessments.preschool_group(uuid, smallint, text) to tier_school, tier_teacher;
reset role;
revoke create on schema assessments from ikms_definer;
grant usage on schema assessments to tier_teacher;
