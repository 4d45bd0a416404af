-- Network, continued: what is assumed of ways and of the years to come, and the indicators that lean on it. Limits of the checks over marks,
-- absence, lessons, exams, money and loads.

-- 1. Assumptions, as dated data: those of the 1 October on which pupils are counted.
create table network.assumption (
  code      text             not null,             -- what is assumed
  value     double precision not null check (value >= 0),
  unit      text             not null,
  valid     daterange        not null check (not isempty(valid)),
  source_lv text             not null,
  source_en text             not null,
  primary key (code, valid)
);
insert into network.assumption (code, value, unit, valid, source_lv, source_en)
select code, value, unit, '(,)', source_lv, source_en from (values
  ('detour.city',   1.25, 'ratio', 'ways'), ('detour.town', 1.30, 'ratio', 'ways'), ('detour.rural', 1.40, 'ratio', 'ways'),
  ('speed.city',    18,   'km/h',  'ways'), ('speed.town',  30,   'km/h',  'ways'), ('speed.rural',  40,   'km/h',  'ways'),
  ('transfer',      8,    'minutes', 'ways'),
  ('limit.1-3',     40,   'minutes', 'limit'), ('limit.4-6',   40, 'minutes', 'limit'),
  ('limit.7-9',     60,   'minutes', 'limit'), ('limit.10-12', 60, 'minutes', 'limit'),
  ('projection.weight-of-state', 100, 'pupils', 'projection')
) as t (code, value, unit, sort)
join (values
  ('ways', 'Pieņēmums: autobusa ātrums, ceļa līkumi un gaidīšana, līdz ir ievesta ceļu matrica',
   'Assumption: speed of a bus, bends of the road and waiting, until a travel matrix is imported'),
  ('limit', 'Pieņēmums: 60 minūtes pēc 2016. gada pētījuma kritērijiem, mazākajām klasēm 40',
   'Assumption: 60 minutes after the criteria of the study of 2016, 40 for the youngest grades'),
  ('projection', 'Pieņēmums: cik skolēnu svarā valsts pieredze papildina pašvaldības pašas',
   'Assumption: as how many pupils the experience of the state weighs beside that of a municipality')
) as s (sort, source_lv, source_en) using (sort);

select migration.protect('network.assumption');
grant select on network.assumption to ikms_public;
create policy ikms_public_reads on network.assumption for select to ikms_public using (true);
select migration.open_to_tiers();

-- 2. What may be shown: ways, projections and adjusted results of a school are seen by the school itself.
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa skaitli redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Vispārīga statistika, ko likums ļauj publicēt.' end,
       case when level = 'school'
         then 'The figure of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'General statistics that the law allows to publish.' end
  from unnest(array['NET-10', 'NET-13', 'NET-15', 'NET-21']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select 'NET-11', level, 'public', true, '[1990-01-01,)',
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['state', 'region', 'municipality']) as level;
alter table publications.decision force row level security;

-- 3. Limits of the checks over records.
alter table checks.threshold no force row level security;
insert into checks.threshold (check_code, name, value, valid) values
  ('marks.scale_of_other_grade', 'lastGrade', 3, '(,)'),       -- with levels in place of marks
  ('marks.year_far_from_terms', 'points', 1, '(,)'),
  ('absence.nearly_everything', 'share', 0.95, '(,)'),         -- of the lessons of the year
  ('absence.nearly_everything', 'lessons', 100, '(,)'),        -- fewest of the year
  ('absence.lessons_of_month', 'most', 200, '(,)'),            -- ten on each of twenty days
  ('lessons.more_delivered', 'times', 1.2, '(,)'),             -- of those planned
  ('lessons.few_delivered', 'share', 0.4, '(,)'),
  ('lessons.too_many_planned', 'most', 1750, '(,)'),           -- of a class in a year: fifty a week
  ('exam.parts_and_result', 'points', 1, '(,)'),               -- per cent of the scale: results are cut off to whole ones
  ('finance.pay_of_pupil', 'least', 50, '(,)'),                -- EUR a month and pupil
  ('finance.pay_of_pupil', 'most', 2000, '(,)'),
  ('site.area_of_place', 'least', 2, '(,)'),                   -- square metres
  ('site.area_of_place', 'most', 60, '(,)'),
  ('site.building_year', 'earliest', 1200, '(,)'),
  ('staff.lessons_missing', 'rate', 0.3, '(,)'),               -- smallest load of a teacher of a subject who must have lessons
  ('staff.few_lessons', 'lessonsPerRate', 5, '(,)'),
  ('staff.lessons_together', 'most', 40, '(,)');               -- a week, at all institutions
alter table checks.threshold force row level security;
