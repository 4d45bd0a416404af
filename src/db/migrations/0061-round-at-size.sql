-- A national round at its size: what waits for people is found without looking through all answers, and what all pupils of a round did
-- item by item is read from its scaling, not counted again for every page.

create index item_score_waits on assessments.item_score (participant_id) where state = 'waits';
create index participant_place on assessments.participant (institution_id, round_id);

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

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
