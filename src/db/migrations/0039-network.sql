-- Network: which criteria a group of grades is measured against, as dated sets of rules, and the indicators of the school network.

create schema network;
grant usage on schema network to ikms_public, ikms_job, ikms_backup;

-- 1. A set of rules and the days on which it counts. Sets that never came into force are kept to compare with: valid is null.
create table network.rule_set (
  code      text      primary key,
  name_lv   text      not null,
  name_en   text      not null,
  source_lv text      not null,                    -- the document it stands in
  source_en text      not null,
  valid     daterange check (not isempty(valid)),  -- by the 1 October on which pupils are counted
  exclude using gist (valid with &&)
);

-- 2. Fewest pupils of a group of grades by the sort of place, as a mean of three years.
create table network.criterion (
  rule_set  text     not null references network.rule_set,
  grades    text     not null check (grades in ('1-3', '4-6', '7-9', '10-12')),
  place     text     not null check (place in ('city', 'town', 'near', 'rural', 'border')),
  pupils    integer  not null check (pupils > 0),
  tolerance double precision not null check (tolerance >= 0 and tolerance < 1),  -- so far below it still counts as met
  primary key (rule_set, grades, place)
);

-- 3. Municipalities at the eastern border of the European Union; their schools outside cities have criteria of their own.
create table network.border_municipality (
  territory_code text      primary key,            -- ATVK
  valid          daterange not null check (not isempty(valid))
);

insert into network.rule_set (code, name_lv, name_en, source_lv, source_en, valid) values
  ('vidusskola-2022', 'Vidējās izglītības kritērijs', 'Criterion of upper secondary education',
   'Ministru kabineta noteikumi Nr. 583 (10.–12. klase); valstspilsētas 120, centri 90, citur 40',
   'Cabinet Regulation 583 (grades 10–12); state cities 120, centres 90, elsewhere 40', '[2022-09-01, 2026-09-01)'),
  ('programma-skola-2024', 'Kritēriji klašu grupām (apspriešanā)', 'Criteria by groups of grades (in consultation)',
   'Modeļa „Programma skolā” apspriešana, 2023.–2024. gads: pieņēmums, līdz noteikumi ir apstiprināti',
   'Consultation on the model “Programma skolā”, 2023–2024: an assumption until the regulation is approved', '[2026-09-01,)');

insert into network.criterion (rule_set, grades, place, pupils, tolerance)
select 'vidusskola-2022', '10-12', place, pupils, 0.1
  from (values ('city', 120), ('town', 90), ('near', 40), ('rural', 40), ('border', 40)) as t (place, pupils)
union all
select 'programma-skola-2024', grades, place, pupils, case when grades in ('1-3', '4-6') then 0.25 else 0.1 end
  from (values
    ('1-3', 'city', 120), ('4-6', 'city', 120), ('7-9', 'city', 120), ('10-12', 'city', 120),
    ('1-3', 'town', 120), ('4-6', 'town', 120), ('7-9', 'town', 120), ('10-12', 'town', 120),
    ('1-3', 'near', 30), ('4-6', 'near', 30), ('7-9', 'near', 60), ('10-12', 'near', 60),
    ('1-3', 'rural', 30), ('4-6', 'rural', 30), ('7-9', 'rural', 60), ('10-12', 'rural', 60),
    ('1-3', 'border', 15), ('4-6', 'border', 15), ('7-9', 'border', 15), ('10-12', 'border', 45)
  ) as t (grades, place, pupils);

-- Alūksnes, Augšdaugavas, Balvu, Krāslavas, Ludzas novads.
insert into network.border_municipality (territory_code, valid)
select code, '[2021-07-01,)' from unnest(array['0021000', '0022000', '0024000', '0032000', '0037000']) as code;

select migration.protect(t::regclass)
  from unnest(array['network.rule_set', 'network.criterion', 'network.border_municipality']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['rule_set', 'criterion', 'border_municipality'] loop
    execute format('grant select on network.%I to ikms_public', target);
    execute format('create policy ikms_public_reads on network.%I for select to ikms_public using (true)', target);
  end loop;
end $$;
select migration.open_to_tiers();

-- 4. All of it tells of schools, and is public.
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select code, level, 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['RES-01', 'NET-01', 'NET-02', 'NET-03', 'NET-04', 'NET-05', 'NET-06', 'NET-07', 'NET-08', 'NET-09',
                    'NET-14']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select code, level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa skaitli redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Vispārīga statistika, ko likums ļauj publicēt.' end,
       case when level = 'school'
         then 'The figure of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'General statistics that the law allows to publish.' end
  from unnest(array['NET-12', 'NET-16', 'NET-18', 'ACC-01', 'ACC-02']) as code,
       unnest(array['state', 'region', 'municipality', 'school']) as level;
alter table publications.decision force row level security;
