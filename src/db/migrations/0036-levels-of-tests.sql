-- Levels of tests, and where figures of tests, attendance and lessons are public.

-- Points from which on levels 2, 3 and 4 begin, as the setting of standards of this very round said. Null: it has no levels.
alter table records.assessment
  add column level_cuts double precision[]
    check (cardinality(level_cuts) = 3 and level_cuts[1] < level_cuts[2] and level_cuts[2] < level_cuts[3]);

-- Examinations of a school are published since long; what tells of single pupils' attendance, and how a school did in a test that is
-- there to help it, stay with the school; what a school plans and teaches is public.
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['ACH-06', 'ACH-07', 'ACH-08', 'TEA-02', 'PRG-01', 'PRG-02']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select code, level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa skaitli redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Vispārīga statistika, ko likums ļauj publicēt.' end,
       case when level = 'school'
         then 'The figure of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'General statistics that the law allows to publish.' end
  from unnest(array['ACH-01', 'ACH-02', 'ACH-03', 'ACH-09', 'EQU-06', 'SAF-03', 'SAF-04']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level;
alter table publications.decision force row level security;
