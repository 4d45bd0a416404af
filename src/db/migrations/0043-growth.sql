-- Growth: how far learners came from the monitoring test of grade 3 to that of grade 6, compared with those who started level, and
-- what that says of schools.
-- Units: scores are points of the reporting scale; percentiles count from 1 to 99; value added is points above (+) or below (−) what
-- the starting points of a school's learners let expect.
--
-- A run is one fit: a domain and the school year of the later test. It is replaced whole whenever what it is made from has changed.

create schema growth;
grant usage on schema growth to ikms_job, ikms_backup, ikms_definer, tier_school, tier_teacher, tier_municipality, tier_inspector,
  tier_analyst, tier_learner, tier_parent;

create table growth.run (
  run_id      bigint      generated always as identity primary key,
  domain      text        not null check (domain in ('reading', 'numeracy', 'science')),
  school_year smallint    not null,                  -- of the later test
  from_year   smallint    not null check (from_year < school_year),
  from_grade  smallint    not null,
  to_grade    smallint    not null check (from_grade < to_grade),
  pupils      integer     not null check (pupils > 0),
  schools     integer     not null check (schools > 0),
  reliability double precision check (reliability between 0 and 1),  -- of the earlier result; null: its errors are not known
  corrected   boolean     not null,                  -- norms of schools are corrected for the error of the earlier result
  summary     jsonb       not null,                  -- variances, quantiles of schools, warnings; shape: modules/growth/model.ts
  inputs      bytea       not null,                  -- SHA-256 of everything it was made from
  made_at     timestamptz not null default now(),
  unique (domain, school_year, to_grade)
);

create table growth.progress (
  run_id         bigint           not null references growth.run on delete cascade,
  learner_id     bigint           not null,
  institution_id bigint           not null,          -- where the later test was taken
  domain         text             not null,
  school_year    smallint         not null,          -- of the later test
  to_grade       smallint         not null,
  from_score     double precision not null,
  to_score       double precision not null,
  percentile     smallint         not null check (percentile between 1 and 99),
  in_groups      smallint         not null check (in_groups between 1 and 99), -- the same for means of groups: norms corrected for error
  expected       double precision not null,          -- mean later result of those who started level
  residual       double precision not null,          -- later result less the expected one
  error          double precision check (error > 0), -- of the residual, from both tests; null: not known
  stayed         boolean          not null,          -- took both tests in the same institution
  status         text             not null check (status in ('preliminary', 'after_appeal', 'official')),
  primary key (run_id, learner_id)
);
create index on growth.progress (learner_id);
create index on growth.progress (school_year);

create table growth.school (
  run_id           bigint           not null references growth.run on delete cascade,
  institution_id   bigint           not null,
  domain           text             not null,
  school_year      smallint         not null,
  pupils           integer          not null check (pupils > 0),     -- of this year
  years            smallint         not null check (years between 1 and 3),   -- that stand behind the figures
  pooled           integer          not null check (pooled >= pupils),        -- learners behind the figures
  stayed           integer          not null check (stayed between 0 and pooled),
  percentile       double precision not null,        -- mean growth percentile
  percentile_error double precision,                 -- null below two learners
  shrunk           double precision not null,        -- the same drawn towards the mean of all schools, the more the fewer learners
  shrunk_error     double precision not null,
  value_a          double precision,                 -- value added, company of the school included; null: no model could be fitted
  error_a          double precision,
  value_b          double precision,                 -- with the mean start of the school taken into account
  error_b          double precision,
  status           text             not null check (status in ('preliminary', 'official')),
  primary key (run_id, institution_id),
  check ((value_a is null) = (error_a is null) and (value_b is null) = (error_b is null))
);
create index on growth.school (institution_id);

select migration.protect(t::regclass) from unnest(array['growth.run', 'growth.progress', 'growth.school']) as t;

-- A school reads its own figures, a municipality and an inspector those of their schools, an analyst all. Whom it is about is read
-- through the function below; a learner and the parents read their own once it is official.
do $$
declare
  reader text;
begin
  foreach reader in array array['school', 'municipality', 'inspector', 'analyst'] loop
    execute format('grant select on growth.run, growth.school to %I', 'tier_' || reader);
    execute format('create policy %I on growth.run for select to %I using (true)', reader || '_reads', 'tier_' || reader);
  end loop;
  foreach reader in array array['municipality', 'inspector'] loop
    execute format('create policy %I on growth.school for select to %I
      using (institution_id in (select u.unit_id from access.my_units() u where u.level = ''school''))',
      reader || '_reads_own', 'tier_' || reader);
  end loop;
  foreach reader in array array['learner', 'parent'] loop
    execute format('grant select on growth.progress to %I', 'tier_' || reader);
    execute format('create policy %I on growth.progress for select to %I
      using (status <> ''preliminary'' and learner_id in (select access.my_learner()))', reader || '_reads_own', 'tier_' || reader);
  end loop;
end $$;
create policy school_reads_own on growth.school for select to tier_school
  using (institution_id in (select access.my_schools()));
create policy analyst_reads on growth.school for select to tier_analyst using (true);
grant select on growth.run, growth.progress to ikms_definer;
create policy definer_reads on growth.run for select to ikms_definer using (true);
create policy definer_reads on growth.progress for select to ikms_definer using (true);

grant usage on schema records to ikms_definer;
grant select on records.assessment to ikms_definer;
create policy definer_reads_of_growth on records.assessment for select to ikms_definer using (true);

grant create on schema growth to ikms_definer;
set local role ikms_definer;

-- Growth of some learners, of those the caller may see: oneself and one's child once it is official, own learners as soon as it is
-- there. Numbers only: names are opened, and the looking is written down, where learners are read.
create function growth.progress_of(learners bigint[])
returns table (learner_id bigint, domain text, school_year smallint, from_grade smallint, to_grade smallint,
               from_score double precision, to_score double precision, percentile smallint, expected double precision,
               residual double precision, error double precision, status text)
language sql stable security definer set search_path = '' as $$
  select p.learner_id, p.domain, p.school_year, r.from_grade, r.to_grade, p.from_score, p.to_score, p.percentile, p.expected,
         p.residual, p.error, p.status
    from growth.progress p join growth.run r using (run_id)
   where p.learner_id = any (learners)
     and (p.learner_id in (select access.my_learners())
          or (p.status <> 'preliminary' and p.learner_id in (select access.my_learner())))
   order by p.learner_id, p.school_year, p.domain
$$;

-- The number of an institution whose growth the caller may read; nothing of any other.
create function growth.readable(school uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select i.institution_id from registry.institution i
   where i.institution_uuid = school
     and (i.institution_id in (select access.my_schools())
          or i.institution_id in (select u.unit_id from access.my_units() u where u.level = 'school')
          or (select m.tier = 'analyst' from access.my_mandate() m))
$$;

-- From which school year on growth can be known in each domain: three years after the first test of grade 3.
create function growth.known_from() returns table (domain text, school_year integer)
language sql stable security definer set search_path = '' as $$
  select t.domain, min(t.school_year) + 3
    from (
      select case split_part(a.subject, '-', 1) when 'literacy' then 'reading' else split_part(a.subject, '-', 1) end as domain,
             a.school_year
        from records.assessment a where a.kind = 'monitoring' and a.grade = 3
      union all
      select r.domain, r.school_year from assessments.round r
       where r.kind <> 'rehearsal' and r.grade = 3 and r.state <> 'cancelled'
    ) t
   where t.domain in ('reading', 'numeracy', 'science')
   group by 1
$$;
revoke execute on function growth.progress_of(bigint[]), growth.readable(uuid), growth.known_from() from public;
grant execute on function growth.progress_of(bigint[]) to tier_school, tier_teacher, tier_learner, tier_parent;
grant execute on function growth.readable(uuid), growth.known_from() to tier_school, tier_municipality, tier_inspector, tier_analyst;
reset role;
revoke create on schema growth from ikms_definer;

-- Kept as results are.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['growth.progress'] where kind = 'learner_record';
alter table rights.retention force row level security;

-- Who may be told. Growth of a single school stays with the school; how much schools differ and how far results follow the circumstances
-- of families is told of the country.
alter table disclosure.rule no force row level security;
insert into disclosure.rule (audience, topic, minimum, group_disclosure, decimals, valid, reason_lv, reason_en)
values ('public', 'growth', 10, true, 2, '[1990-01-01,)',
        'Izaugsmi rāda tikai tad, ja abus darbus rakstījuši vismaz desmit skolēni.',
        'Growth is shown only when at least ten pupils sat both tests.');
alter table disclosure.rule force row level security;
alter table disclosure.data_set no force row level security;
insert into disclosure.data_set (data_set, population, regime, topic, sensitive, name_lv, name_en, valid) values
  ('growth', 'learners_of_a_year', 'fixed', 'growth', false, 'Izaugsme', 'Growth', '[1990-01-01,)');
alter table disclosure.data_set force row level security;
alter table publications.decision no force row level security;
insert into publications.decision (code, level, audience, shown, valid, reason_lv, reason_en)
select 'ACH-04', level, 'public', level <> 'school', '[1990-01-01,)'::daterange,
       case when level = 'school'
         then 'Skolas līmeņa izaugsmi redz pati skola; publiski to nerāda, kamēr nav pieņemts cits lēmums.'
         else 'Izaugsme valstī un pašvaldībās ir publiska.' end,
       case when level = 'school'
         then 'Growth of a school is seen by the school itself; it is not public until decided otherwise.'
         else 'Growth in the state and in municipalities is public.' end
  from unnest(array['state', 'region', 'municipality', 'school']) as level
union all
select code, 'state', 'public', true, '[1990-01-01,)'::daterange,
       'Vispārīga statistika, ko likums ļauj publicēt.', 'General statistics that the law allows to publish.'
  from unnest(array['EQU-02', 'EQU-03']) as code;
alter table publications.decision force row level security;
