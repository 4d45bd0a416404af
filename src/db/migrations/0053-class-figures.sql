-- Figures of one class, for its class teacher and for the head of its school: sums of what is recorded of its learners, beside the same
-- grades of the school. They are in no cube and no release; every learner they are made of is written down.

grant select on records.absence, records.lesson_delivery to ikms_definer;
create policy definer_reads_figures on records.absence for select to ikms_definer using (true);
create policy definer_reads_figures on records.lesson_delivery for select to ikms_definer using (true);
grant execute on function rights.not_counted() to ikms_definer;
grant usage on schema rights, records to ikms_definer;

grant create on schema records to ikms_definer;
set local role ikms_definer;

-- Sums by measure and subject, of the class and of the same grades (1–3, 4–6, 7–9, 10–12) of the school, itself among them: as cells of
-- cubes have them, Σy is hits in a share, of a ratio w is what y is divided by; `facts` are learners, of lessons classes. Marks have the
-- number of learners at each value. Who objects to being counted is in no sum. No row: the class is not the caller's.
--
-- A class teacher answers for one class: the school is told beside it only where ten others or more, of lessons two classes or more, are in
-- the sums, so that nobody else's class can be worked out.
create function records.read_class_figures(wanted uuid)
returns table (measure text, subject text, side text, facts integer, sum_y double precision, sum_yy double precision,
               sum_w double precision, sum_ww double precision, sum_wy double precision, vals smallint[], counts integer[])
language plpgsql volatile security definer set search_path = '' as $$
declare
  own_class registry.class_group_version;
  is_head   boolean;
  first_day date;
  least     smallint;
  most      smallint;
  own       bigint[];
begin
  select v.* into own_class from registry.class_group g
    join registry.class_group_version v on v.class_group_id = g.class_group_id and v.superseded_by is null
   where g.class_group_uuid = wanted
     and (v.institution_id in (select access.my_schools()) or v.class_group_id in (select access.my_classes()))
   limit 1;
  if own_class.class_group_id is null then
    return;
  end if;
  is_head := own_class.institution_id in (select access.my_schools());
  first_day := make_date(own_class.school_year - 1, 10, 1);
  least := case when own_class.grade = 0 then 0 else (own_class.grade - 1) / 3 * 3 + 1 end;
  most := case when own_class.grade = 0 then 0 when own_class.grade > 9 then 13 else least + 2 end;
  select array_agg(distinct e.learner_id) into own from registry.enrolment e
   where e.superseded_by is null and e.institution_id = own_class.institution_id and e.school_year = own_class.school_year
     and e.class_group_id = own_class.class_group_id
     and (is_head or e.learner_id in (select access.my_learners()));
  perform access.write_audit('read_class_figures', 'class ' || wanted, 'shown', coalesce(own, '{}'));
  return query
    with stay as materialized (
      select e.learner_id, e.grade, e.valid, e.repeated, e.leave_reason, e.transport_minutes,
             e.learner_id = any (coalesce(own, '{}')) as is_own
        from registry.enrolment e
       where e.superseded_by is null and e.institution_id = own_class.institution_id and e.school_year = own_class.school_year
         and e.main and e.grade between least and most
         and e.learner_id not in (select rights.not_counted())
    ), pupil as materialized (
      select distinct on (s.learner_id) s.* from stay s order by s.learner_id, s.valid desc
    ), missed as (
      select p.is_own, (select sum(x) from unnest(a.lessons) x)::float8 as lessons,
             (select sum(x) from unnest(a.unexcused) x)::float8 as unexcused,
             (select sum(x) from unnest(a.excused) x)::float8 as excused,
             (select sum(x) from unnest(a.unexcused[1:4]) x) as autumn, (select sum(x) from unnest(a.unexcused[5:10]) x) as spring
        from records.absence a join pupil p on p.learner_id = a.learner_id
       where a.superseded_by is null and a.institution_id = own_class.institution_id and a.school_year = own_class.school_year
    ), result as (
      select distinct on (m.learner_id, m.domain, m.grade)
             p.is_own, case m.domain when 'reading' then 'literacy' else m.domain end || '-' || m.grade as subject, m.score, m.level
        from assessments.measured m
        join pupil p on p.learner_id = m.learner_id
        left join assessments.round r on r.code = m.round
       where m.institution_id = own_class.institution_id and m.school_year = own_class.school_year
         and (r.round_id is null or r.state in ('preliminary', 'official'))
       order by m.learner_id, m.domain, m.grade, r.round_id is null, m.round desc
    ), mark as materialized (
      select p.is_own, x.subject, m.scale, x.first, x.second, x.whole
        from records.marks m
        join pupil p on p.learner_id = m.learner_id
       cross join lateral unnest(m.subjects, m.first_term, m.second_term, m.year_mark) x (subject, first, second, whole)
       where m.superseded_by is null and m.institution_id = own_class.institution_id and m.school_year = own_class.school_year
    ), latest as ( -- the year's marks once the class has them, before that those of a term
      select case when bool_or(k.whole is not null) then 'year' when bool_or(k.second is not null) then 'second' else 'first' end as mark_of
        from mark k where k.is_own
    ), told_mark as (
      select k.is_own, k.subject, k.scale, l.mark_of,
             case l.mark_of when 'year' then k.whole when 'second' then k.second else k.first end as mark
        from mark k cross join latest l
    ), fact as (
      select 'pupils' as measure, '-' as subject, p.is_own, 1::float8 as y, 1::float8 as w, null::smallint as val
        from pupil p where p.valid @> first_day
      union all
      select 'girls', '-', p.is_own, (v.sex = 'female')::int, 1, null
        from pupil p join registry.learner_version v on v.learner_id = p.learner_id and v.superseded_by is null and v.valid @> first_day
       where p.valid @> first_day and v.sex in ('female', 'male')
      union all
      select 'SAF-03', '-', m.is_own, m.unexcused, m.lessons, null from missed m where m.lessons > 0
      union all
      select 'missed', '-', m.is_own, m.unexcused + m.excused, m.lessons, null from missed m where m.lessons > 0
      union all
      select 'SAF-04', '-', m.is_own, (m.autumn > 20 or m.spring > 20)::int, 1, null from missed m where m.lessons > 0
      union all
      select 'CON-04', '-', s.is_own, s.repeated::int, 1, null
        from stay s where s.repeated is not null and s.grade >= 1 and s.valid @> first_day
      union all
      select 'CON-03', '-', bool_or(s.is_own), max((coalesce(s.leave_reason, '') in
               ('absence', 'low_achievement', 'work', 'family', 'expelled', 'other'))::int), 1, null
        from stay s
       where own_class.grade >= 7 and access.today() >= make_date(own_class.school_year, 6, 1)
       group by s.learner_id having bool_or(s.valid @> make_date(own_class.school_year - 1, 9, 1) and s.grade >= 7)
      union all
      select 'ACC-01', '-', s.is_own, s.transport_minutes, 1, null
        from stay s where s.transport_minutes is not null and s.valid @> first_day
      union all
      select 'ACH-01', r.subject, r.is_own, r.score, 1, null from result r
      union all
      select 'ACH-02', r.subject, r.is_own, (r.level >= 3)::int, 1, null from result r where r.level is not null
      union all
      select 'ACH-03', r.subject, r.is_own, (r.level = 1)::int, 1, null from result r where r.level is not null
      union all
      select 'ACH-05', a.subject, p.is_own, x.value, 1, null
        from records.result x
        join records.assessment a on a.assessment_id = x.assessment_id and a.kind = 'exam' and a.school_year = own_class.school_year
        join pupil p on p.learner_id = x.learner_id
       where x.superseded_by is null and x.institution_id = own_class.institution_id
      union all
      select 'marks ' || k.scale || ' ' || k.mark_of, k.subject, k.is_own, k.mark, 1, k.mark
        from told_mark k where k.mark is not null
      union all
      select 'TEA-02', given.subject, given.is_own, given.delivered, given.planned, null
        from (
          select coalesce(x.subject, '-') as subject, v.class_group_id = own_class.class_group_id as is_own, sum(x.delivered)::float8 as delivered,
                 sum(x.planned)::float8 as planned
            from registry.class_group_version v
            join records.lesson_delivery d on d.class_group_id = v.class_group_id and d.superseded_by is null
           cross join lateral unnest(d.subjects, d.planned, d.delivered) x (subject, planned, delivered)
           where v.superseded_by is null and v.institution_id = own_class.institution_id and v.school_year = own_class.school_year
             and v.grade between least and most and x.delivered is not null and x.planned > 0
           group by grouping sets ((v.class_group_id, x.subject), (v.class_group_id))
        ) given
    ), sums as (
      select f.measure, f.subject, s.side, count(*)::int as facts, count(*) filter (where not f.is_own)::int as others,
             sum(f.y) as sum_y, sum(f.y * f.y) as sum_yy, sum(f.w) as sum_w, sum(f.w * f.w) as sum_ww, sum(f.w * f.y) as sum_wy
        from fact f cross join (values ('class'), ('school')) s (side)
       where s.side = 'school' or f.is_own
       group by 1, 2, 3
    )
    select s.measure, s.subject, s.side, s.facts, s.sum_y, s.sum_yy, s.sum_w, s.sum_ww, s.sum_wy, d.vals, d.counts
      from sums s
      left join lateral (
        select array_agg(v.val order by v.val) as vals, array_agg(v.n order by v.val) as counts
          from (select f.val, count(*)::int as n from fact f
                 where f.measure = s.measure and f.subject = s.subject and f.val is not null and (f.is_own or s.side = 'school')
                 group by 1) v
      ) d on s.measure like 'marks %'
     where exists (select from sums c where c.measure = s.measure and c.subject = s.subject and c.side = 'class')
       and (s.side = 'class' or is_head or s.others >= case s.measure when 'TEA-02' then 2 else 10 end);
end $$;
revoke execute on function records.read_class_figures(uuid) from public;
grant execute on function records.read_class_figures(uuid) to tier_school, tier_teacher;
reset role;
revoke create on schema records from ikms_definer;
