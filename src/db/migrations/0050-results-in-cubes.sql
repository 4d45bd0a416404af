-- Results of rounds in the cubes: what is official of a round given here enters the figures of groups by its plausible values.
-- Units: sums are points of the reporting scale times people; linking errors are points.

-- A cell of a mean carries, beside its sums, the sum of the value under each plausible value: the variance between them is what not
-- knowing abilities exactly adds to the error (Rubin 1987). Null where values are known without.
alter table indicators.cell add column plausible double precision[];
alter table publications.release_cell
  add column plausible double precision[],
  add check (absent is null or plausible is null);

-- Results of monitoring tests with what groups are compared by, and whose results they are: of all pupils ('census'), of some who
-- stand for the others ('sample'), or of a test given elsewhere ('outside'). `subject`: under which
-- figures stand; the same skill in another grade is another test, and a test given here stands in the series of those from outside.
create or replace view assessments.measured with (security_invoker = true) as
  select o.learner_id, o.institution_id, r.school_year, r.domain, r.grade, o.score, o.error, o.level,
         case when r.state = 'official' then 'official' else 'preliminary' end as status, r.code as round,
         o.values as plausible, r.kind, case r.domain when 'reading' then 'literacy' else r.domain end || '-' || r.grade as subject
    from assessments.outcome o join assessments.round r using (round_id)
   where o.ended_at is null and r.kind <> 'rehearsal'
  union all
  select x.learner_id, x.institution_id, a.school_year,
         case split_part(a.subject, '-', 1) when 'literacy' then 'reading' else split_part(a.subject, '-', 1) end, a.grade,
         x.value, null, case when a.level_cuts is not null then 1 + width_bucket(x.value, a.level_cuts) end, x.status, a.code,
         null, 'outside', a.subject
    from records.result x join records.assessment a using (assessment_id)
   where x.superseded_by is null and a.kind = 'monitoring' and split_part(a.subject, '-', 1) in ('literacy', 'numeracy', 'science');

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Rounds whose results are told: official ones to everybody; to the school of the caller preliminary ones too. On which scale a round
-- is decides which others it may be subtracted from. Of samples nothing is told by place.
create function assessments.told_rounds()
returns table (id uuid, code text, subject text, domain text, grade smallint, school_year smallint, name_lv text, name_en text, is_official boolean,
               scale text, linked_to text, link_error double precision, told_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.round_uuid, r.code, case r.domain when 'reading' then 'literacy' else r.domain end || '-' || r.grade, r.domain, r.grade, r.school_year, r.name_lv, r.name_en, r.state = 'official', s.scale ->> 'name', s.scale ->> 'linkedTo',
         (s.scale ->> 'linkError')::double precision,
         (select max(x.made_at) from assessments.release_step x where x.round_id = r.round_id and x.step = r.state)
    from assessments.round r left join assessments.scaling_run s on s.round_id = r.round_id and s.in_force
   where r.kind = 'census'
     and (r.state = 'official' or (r.state = 'preliminary' and (select m.tier = 'school' from access.my_mandate() m)))
   order by r.school_year desc, r.grade, r.domain, r.code
$$;
revoke execute on function assessments.told_rounds() from public;
grant execute on function assessments.told_rounds() to ikms_job, ikms_public, tier_learner, tier_parent, tier_teacher, tier_support, tier_school,
  tier_municipality, tier_inspector, tier_analyst, tier_researcher, tier_steward, tier_protection_officer;
reset role;
revoke create on schema assessments from ikms_definer;
grant usage on schema assessments to ikms_public, tier_learner, tier_parent, tier_teacher, tier_support, tier_school, tier_municipality,
  tier_inspector, tier_analyst, tier_researcher, tier_steward, tier_protection_officer;

-- Where the new figures are public. Of a single school, participation and results stay with the school; who was exempt or had support
-- is told of no school at all.
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa skaitli redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Vispārīga statistika, ko likums ļauj publicēt.' end,
       case when level = 'school'
         then 'The figure of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'General statistics that the law allows to publish.' end
  from unnest(array['ACH-12', 'ACH-13', 'ACH-16', 'EQU-07']) as code, unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select code, level, 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['ACH-14', 'ACH-15', 'EQU-08']) as code, unnest(array['state', 'region', 'municipality']) as level;
alter table publications.decision force row level security;
