-- Free tables: data sets that anybody may cut as they like, answered with the noise of cell keys; and what extracts must meet.
-- A population is told in one regime for ever: exactly, with cells hidden (fixed), or with noise throughout (free). A count
-- told in both ways would show the noise of its parts and the size of what is hidden.

create table disclosure.population (
  population text primary key,
  regime     text not null check (regime in ('fixed', 'free')),
  people_lv  text not null,
  people_en  text not null,
  key_id     text,                                  -- master key of the record keys; null until the first are made, then for life
  key_mark   text,                                  -- tells another master key of the same id; tells nothing of the key
  unique (population, regime),
  check ((key_id is null) = (key_mark is null))
);

create table disclosure.data_set (
  data_set   text      primary key check (data_set ~ '^[a-z][a-z-]{0,39}$'),
  population text      not null,
  regime     text      not null,
  topic      text      not null unique,             -- of its disclosure rule (fixed) or of its noise (free)
  sensitive  boolean   not null,
  name_lv    text      not null,
  name_en    text      not null,
  valid      daterange not null check (not isempty(valid)),   -- days on which it is offered
  foreign key (population, regime) references disclosure.population (population, regime)
);

-- By what a free data set may be cut. The categories are said here, never found in the data: a row must not tell that
-- somebody stands behind it.
create table disclosure.dimension (
  data_set   text     not null references disclosure.data_set,
  position   smallint not null check (position between 1 and 4),
  dimension  text     not null check (dimension ~ '^[a-z][a-zA-Z]{0,39}$'),
  categories text[]   not null check (cardinality(categories) between 1 and 100 and not '-' = any (categories)),
  name_lv    text     not null,
  name_en    text     not null,
  primary key (data_set, position),
  unique (data_set, dimension)
);

-- The noise from a school year on. Never changed: a second noise of the same people would narrow the first.
create table disclosure.noise (
  data_set  text             not null references disclosure.data_set,
  from_year smallint         not null,
  most      smallint         not null check (most between 1 and 100),      -- largest change, in either direction
  variance  double precision not null check (variance > 0),
  smallest  smallint         not null check (smallest >= 0),               -- no answer is one of 1 … smallest
  minimum   integer          not null check (minimum >= 1),                -- answers of 1 … minimum − 1 are not told
  reason_lv text             not null,
  reason_en text             not null,
  primary key (data_set, from_year)
);

-- The same noise as steps over the cell key: of a count, the n-th change where n − 1 thresholds are not above the key.
create table disclosure.noise_row (
  data_set   text       not null,
  from_year  smallint   not null,
  people     integer    not null,                   -- counts above the largest have the row of the largest
  changes    smallint[] not null,
  thresholds bigint[]   not null,                   -- in units of 2⁻³², one fewer than changes
  primary key (data_set, from_year, people),
  foreign key (data_set, from_year) references disclosure.noise,
  check (cardinality(changes) = cardinality(thresholds) + 1)
);

-- Atoms of one data set and school year: the smallest groups, with how many people and the sum of their record keys.
-- Nobody but jobs reads them.
create table disclosure.free_part (
  part_id     bigint generated always as identity primary key,
  part_hash   bytea       not null unique,          -- SHA-256 of data set, year, noise and atoms
  data_set    text        not null,
  school_year smallint    not null,
  noise_from  smallint    not null,
  made_at     timestamptz not null default now(),
  foreign key (data_set, noise_from) references disclosure.noise (data_set, from_year)
);
create table disclosure.free_atom (
  part_id    bigint  not null,                      -- disclosure.free_part
  level      text    not null check (level in ('state', 'region', 'municipality', 'school')),
  unit_id    bigint  not null,                      -- registry.territory, or registry.institution at level school
  categories text[]  not null,                      -- one of each dimension, in their order
  n          integer not null check (n > 0),
  key_sum    bigint  not null check (key_sum >= 0 and key_sum < 4294967296),   -- modulo 1, in units of 2⁻³²
  primary key (part_id, level, unit_id, categories)
);

-- A version is a set of parts; readers follow the pointer.
create table disclosure.free_version (
  free_version_id   bigint generated always as identity primary key,
  free_version_uuid uuid        not null unique default gen_random_uuid(),
  as_of_import      bigint      not null,
  made_at           timestamptz not null default now()
);
create table disclosure.free_version_part (
  free_version_id bigint not null references disclosure.free_version,
  part_id         bigint not null references disclosure.free_part,
  primary key (free_version_id, part_id)
);
create table disclosure.free_pointer (
  name            text   primary key check (name = 'current'),
  free_version_id bigint not null references disclosure.free_version
);

-- What an extract of records must meet, by where it is used.
create table disclosure.extract_demand (
  purpose    text             not null check (purpose in ('secure_room', 'research', 'public_use')),
  k          integer          not null check (k >= 2),                 -- fewest people who look the same
  distinct_l integer          not null check (distinct_l >= 1),        -- fewest values of a sensitive column among them
  entropy_l  double precision not null check (entropy_l >= 1),         -- exp(entropy) of a sensitive column among them
  distance_t double precision not null check (distance_t > 0 and distance_t <= 1),   -- largest distance from everybody
  left_out   double precision not null check (left_out >= 0 and left_out < 1),       -- largest share of rows left out
  alone      double precision not null check (alone >= 0 and alone <= 1),   -- largest share of rows one column may single out
  valid      daterange        not null check (not isempty(valid)),
  reason_lv  text             not null,
  reason_en  text             not null,
  primary key (purpose, valid)
);

insert into disclosure.population (population, regime, people_lv, people_en) values
  ('learners_on_1_october', 'fixed', 'skolēni 1. oktobrī', 'pupils on 1 October'),
  ('people_with_results', 'fixed', 'skolēni ar pārbaudījuma rezultātu', 'pupils with a test result'),
  ('changed_school', 'free', 'skolēni, kas gada laikā mainījuši skolu', 'pupils who changed school within a year'),
  ('repeated_grade', 'free', 'skolēni, kas palikuši tajā pašā klasē', 'pupils who stayed in the same grade');

insert into disclosure.data_set (data_set, population, regime, topic, sensitive, name_lv, name_en, valid) values
  ('enrolment', 'learners_on_1_october', 'fixed', 'enrolment', false, 'Skolēnu skaits', 'Pupils', '[1990-01-01,)'),
  ('participation', 'learners_on_1_october', 'fixed', 'participation', false,
   'Piedalīšanās pārbaudījumos', 'Participation in tests', '[1990-01-01,)'),
  ('results', 'people_with_results', 'fixed', 'results', false, 'Pārbaudījumu rezultāti', 'Test results', '[1990-01-01,)'),
  ('school-changes', 'changed_school', 'free', 'school_changes', false,
   'Skolēni, kas gada laikā mainījuši skolu', 'Pupils who changed school within a year', '[1990-01-01,)'),
  ('repeated-grades', 'repeated_grade', 'free', 'repeated_grades', true,
   'Skolēni, kas palikuši tajā pašā klasē', 'Pupils who stayed in the same grade', '[1990-01-01,)');

insert into disclosure.dimension (data_set, position, dimension, categories, name_lv, name_en)
select data_set, 1, 'sex', array['female', 'male', 'unknown'], 'Dzimums', 'Sex'
  from unnest(array['school-changes', 'repeated-grades']) as data_set
union all
select data_set, 2, 'grade', (select array_agg(grade::text order by grade) from generate_series(1, 13) as grade), 'Klase', 'Grade'
  from unnest(array['school-changes', 'repeated-grades']) as data_set;

insert into disclosure.noise (data_set, from_year, most, variance, smallest, minimum, reason_lv, reason_en) values
  ('school-changes', 1990, 5, 2.5, 2, 5,
   'Katram skaitlim pieskaitīta nejauša kļūda, ne lielāka par pieciem; skaitļus no viena līdz četriem nerāda.',
   'To every number a random error of at most five is added; numbers from one to four are not told.'),
  ('repeated-grades', 1990, 5, 4, 2, 10,
   'Tas ir īpaši jutīgs jautājums: katram skaitlim pieskaitīta nejauša kļūda, ne lielāka par pieciem, un skaitļus no viena līdz deviņiem nerāda.',
   'This is an especially sensitive matter: to every number a random error of at most five is added, and numbers from one to nine are not told.');

insert into disclosure.extract_demand (purpose, k, distinct_l, entropy_l, distance_t, left_out, alone, valid, reason_lv, reason_en) values
  ('secure_room', 3, 2, 1.2, 0.5, 0.02, 0.5, '[1990-01-01,)',
   'Drošā telpā datus redz tikai pētnieks, kurš tos nevar iznest.', 'In a secure room only the researcher sees the data and cannot take them out.'),
  ('research', 5, 2, 1.5, 0.3, 0.02, 0.05, '[1990-01-01,)',
   'Datus saņem pētnieks, kurš parakstījis apņemšanos tos nepieslēgt citiem datiem.',
   'The data go to a researcher who has undertaken not to link them to other data.'),
  ('public_use', 10, 2, 1.5, 0.3, 0.02, 0.01, '[1990-01-01,)',
   'Datus var lejupielādēt ikviens.', 'Anybody may download the data.');

select migration.protect(t::regclass) from unnest(array['disclosure.population', 'disclosure.data_set', 'disclosure.dimension',
  'disclosure.noise', 'disclosure.noise_row', 'disclosure.free_part', 'disclosure.free_atom', 'disclosure.free_version',
  'disclosure.free_version_part', 'disclosure.free_pointer', 'disclosure.extract_demand']) as t;

-- What the rules are is public; parts only as far as which data set and year they are of.
do $$
declare
  reader text;
  target text;
begin
  for reader in select rolname from pg_roles where rolname in ('ikms_public', 'ikms_definer') or rolname like 'tier\_%' loop
    execute format('grant usage on schema disclosure to %I', reader);
    foreach target in array array['data_set', 'dimension', 'noise', 'free_version', 'free_version_part', 'free_pointer',
                                  'extract_demand'] loop
      execute format('grant select on disclosure.%I to %I', target, reader);
      execute format('create policy %I on disclosure.%I for select to %I using (true)', reader || '_reads', target, reader);
    end loop;
    execute format('grant select (population, regime, people_lv, people_en) on disclosure.population to %I', reader);
    execute format('create policy %I on disclosure.population for select to %I using (true)', reader || '_reads', reader);
    execute format('grant select (part_id, data_set, school_year, noise_from) on disclosure.free_part to %I', reader);
    execute format('create policy %I on disclosure.free_part for select to %I using (true)', reader || '_reads', reader);
  end loop;
end $$;
grant select on disclosure.free_atom, disclosure.noise_row, disclosure.rule to ikms_definer;
create policy definer_reads on disclosure.free_atom for select to ikms_definer using (true);
create policy definer_reads on disclosure.noise_row for select to ikms_definer using (true);
create policy definer_reads on disclosure.rule for select to ikms_definer using (true);

-- Answers to a question, with noise: the only way to the atoms. Rows are units × categories; `split` says for each dimension
-- whether it is told apart, `picked` holds it to one category (null: all). A row is always one unit and one category or all of
-- each dimension: sums of several could be asked in so many ways that their mean would be the true number. A number of 0
-- has no row, whether it is a true one or made by noise; one below the minimum is null.
create function disclosure.free_cells(version bigint, asked text, year smallint, at_level text, units bigint[],
                                      split boolean[], picked text[])
returns table (unit_id bigint, categories text[], answer integer)
language sql stable security definer set search_path = '' as $$
  with part as (
    select p.part_id, n.data_set, n.from_year, n.minimum,
           (select max(r.people) from disclosure.noise_row r where r.data_set = n.data_set and r.from_year = n.from_year) as last
      from disclosure.free_version_part v
      join disclosure.free_part p using (part_id)
      join disclosure.noise n on n.data_set = p.data_set and n.from_year = p.noise_from
     where v.free_version_id = version and p.data_set = asked and p.school_year = year
  ), cell as (
    select a.unit_id,
           case when split[1] then a.categories[1] else '-' end as c1, case when split[2] then a.categories[2] else '-' end as c2,
           case when split[3] then a.categories[3] else '-' end as c3, case when split[4] then a.categories[4] else '-' end as c4,
           sum(a.n)::integer as n, (sum(a.key_sum) % 4294967296)::bigint as key
      from part join disclosure.free_atom a using (part_id)
     where a.level = at_level and (units is null or a.unit_id = any (units))
       and (picked[1] is null or a.categories[1] = picked[1]) and (picked[2] is null or a.categories[2] = picked[2])
       and (picked[3] is null or a.categories[3] = picked[3]) and (picked[4] is null or a.categories[4] = picked[4])
     group by 1, 2, 3, 4, 5
  ), noisy as (
    select c.unit_id, array[c.c1, c.c2, c.c3, c.c4] as categories, part.minimum,
           c.n + r.changes[1 + width_bucket(c.key, r.thresholds)] as answer
      from cell c cross join part
      join disclosure.noise_row r
        on r.data_set = part.data_set and r.from_year = part.from_year and r.people = least(c.n, part.last)
  )
  select y.unit_id, y.categories, case when y.answer >= y.minimum then y.answer end from noisy y where y.answer > 0
$$;

-- One regime: a topic of a free data set has no rule for fixed tables, without which no release is made of it.
create function disclosure.keep_regimes_apart() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  twice text;
begin
  select d.topic into twice
    from disclosure.data_set d join disclosure.rule r using (topic) where d.regime = 'free' limit 1;
  if found then
    raise exception 'topic % is told with noise: it cannot be released exactly as well', twice using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger one_regime after insert or update on disclosure.rule
  for each statement execute function disclosure.keep_regimes_apart();
create trigger one_regime after insert or update on disclosure.data_set
  for each statement execute function disclosure.keep_regimes_apart();

-- Noise that was answered with stays; a new one begins after the last school year that was.
create function disclosure.keep_noise() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'noise is never changed: a second one would narrow the first' using errcode = 'check_violation';
  end if;
  if exists (select from disclosure.free_part p where p.data_set = new.data_set and p.school_year >= new.from_year) then
    raise exception 'data set % has been answered from % on with other noise', new.data_set, new.from_year
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger for_life before insert or update or delete on disclosure.noise
  for each row execute function disclosure.keep_noise();

-- Record keys come from one master key for life; a population keeps its regime.
create function disclosure.keep_population() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.key_id is not null and (new.key_id, new.key_mark) is distinct from (old.key_id, old.key_mark) then
    raise exception 'the record keys of % come from key %, for life', old.population, old.key_id using errcode = 'check_violation';
  end if;
  if old.regime <> new.regime then
    raise exception 'population % is told as %, for life', old.population, old.regime using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger for_life before update on disclosure.population
  for each row execute function disclosure.keep_population();

revoke execute on function disclosure.free_cells(bigint, text, smallint, text, bigint[], boolean[], text[]),
  disclosure.keep_regimes_apart(), disclosure.keep_noise(), disclosure.keep_population() from public;
do $$
declare
  asker text;
begin
  for asker in select rolname from pg_roles where rolname = 'ikms_public' or rolname like 'tier\_%' loop
    execute format('grant execute on function disclosure.free_cells(bigint, text, smallint, text, bigint[], boolean[], text[]) to %I', asker);
  end loop;
end $$;
grant create on schema disclosure to ikms_definer;
alter function disclosure.free_cells(bigint, text, smallint, text, bigint[], boolean[], text[]) owner to ikms_definer;
alter function disclosure.keep_regimes_apart() owner to ikms_definer;
alter function disclosure.keep_noise() owner to ikms_definer;
revoke create on schema disclosure from ikms_definer;
