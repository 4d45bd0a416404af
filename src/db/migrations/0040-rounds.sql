-- Rounds of monitoring: which test is given to whom, when and in which form; what was answered, what it is worth, what came of it.
-- Units: positions count from 1; points of an item are whole; scores are points of the reporting scale; times are instants.
--
-- Who sits a test is a participant: a learner in a round, with a code instead of a name. Answers are added and never edited: the
-- latest revision of a place is in force. Nobody but jobs reads or writes here; people go through functions of later steps.

-- More that a mandate may do: run rounds, mark, scale, sit on the panel that sets standards, observe preschool children.
alter table assessments.duty drop constraint duty_duty_check;
alter table assessments.duty add constraint duty_duty_check check
  (duty in ('author', 'reviewer', 'keeper', 'coordinator', 'marker', 'psychometrician', 'panellist', 'assessor'));

-- A form: versions of items in order. Once fixed it stays as it is.
create table assessments.form (
  form_id   bigint      generated always as identity primary key,
  form_uuid uuid        not null unique default gen_random_uuid(),
  code      text        not null unique,             -- e.g. 'RP6-2027-A'
  domain    text        not null check (domain in ('reading', 'numeracy', 'science')),
  grade     smallint    not null check (grade between 0 and 9),
  state     text        not null default 'draft' check (state in ('draft', 'fixed')),
  made_by   bigint,                                   -- access.person; null: the operator
  made_at   timestamptz not null default now()
);
create table assessments.form_item (
  form_id         bigint   not null references assessments.form on delete cascade,
  position        smallint not null check (position > 0),
  item_version_id bigint   not null references assessments.item_version,
  is_anchor       boolean  not null default false,    -- links this form to another year or grade
  primary key (form_id, position),
  unique (form_id, item_version_id)
);

create table assessments.round (
  round_id    bigint      generated always as identity primary key,
  round_uuid  uuid        not null unique default gen_random_uuid(),
  code        text        not null unique,            -- e.g. '2027-6-numeracy'
  kind        text        not null check (kind in ('census', 'sample', 'rehearsal')),
  domain      text        not null check (domain in ('reading', 'numeracy', 'science')),
  grade       smallint    not null check (grade between 0 and 9),   -- 0: preschool, observed and not tested
  school_year smallint    not null check (school_year between 2000 and 2100),
  name_lv     text        not null,
  name_en     text        not null,
  opens_at    timestamptz not null,                   -- sessions may be started from then …
  closes_at   timestamptz not null,                   -- … and answers are taken until then
  minutes     smallint    not null check (minutes between 1 and 300),  -- to work, without extra time
  state       text        not null default 'planned'
    check (state in ('planned', 'rostered', 'open', 'closed', 'scaled', 'preliminary', 'official', 'cancelled')),
  settings    jsonb       not null default '{}',      -- design of a sample, context questionnaire; shape: assessments/rounds
  made_by     bigint,
  made_at     timestamptz not null default now(),
  check (opens_at < closes_at)
);
create table assessments.round_form (
  round_id bigint not null references assessments.round,
  form_id  bigint not null references assessments.form,
  share    real   not null default 1 check (share > 0),             -- of participants, against the other forms
  primary key (round_id, form_id)
);

-- A room and an hour: pupils of one institution who sit the test together.
create table assessments.session (
  session_id     bigint      generated always as identity primary key,
  session_uuid   uuid        not null unique default gen_random_uuid(),
  round_id       bigint      not null references assessments.round,
  institution_id bigint      not null references registry.institution,
  label          text        not null,                -- '6.b'
  planned_at     timestamptz,
  state          text        not null default 'planned' check (state in ('planned', 'waiting', 'running', 'ended')),
  started_at     timestamptz,
  ended_at       timestamptz,
  led_by         bigint,                              -- access.person who started it
  unique (round_id, institution_id, label)
);

create table assessments.participant (
  participant_id   bigint      generated always as identity primary key,
  participant_uuid uuid        not null unique default gen_random_uuid(),
  round_id         bigint      not null references assessments.round,
  session_id       bigint      references assessments.session,
  learner_id       bigint      not null,
  institution_id   bigint      not null,              -- where the learner was enrolled when the roster was made
  form_id          bigint      references assessments.form,
  entry_key        bytea,                             -- keyed hash of the printed code; null: on paper, or observed
  seed             integer     not null default 0,    -- order of choices as shown (content/pupil.ts)
  status           text        not null default 'expected' check (status in ('expected', 'tested', 'absent', 'exempt')),
  exempt_reason    text,                              -- code of a reason; never a diagnosis
  profile          jsonb       not null default '{}', -- adjustments (QTI/PNP-like): size, colours, spacing, read aloud, extra minutes
  weight           real        not null default 1 check (weight > 0),
  started_at       timestamptz,
  finished_at      timestamptz,
  unique (round_id, learner_id),
  unique (entry_key),
  check ((status = 'exempt') = (exempt_reason is not null))
);
create index on assessments.participant (session_id);
create index on assessments.participant (learner_id);

-- A device on which a participant works: the latest opened is the one that may answer.
create table assessments.sitting (
  sitting_id     bigint      generated always as identity primary key,
  participant_id bigint      not null references assessments.participant,
  token_hash     bytea       not null unique,
  opened_at      timestamptz not null default now(),
  seen_at        timestamptz not null default now(),
  closed_at      timestamptz
);
create index on assessments.sitting (participant_id);

create table assessments.answer (
  participant_id bigint      not null,
  position       smallint    not null,
  revision       integer     not null check (revision > 0),  -- the client counts, the server refuses what is not newer
  answer         jsonb       not null check (pg_column_size(answer) <= 65536),
  sitting_id     bigint,                              -- null: from paper, or scored elsewhere
  saved_at       timestamptz not null default now(),
  primary key (participant_id, position, revision)
);

-- Points of an answer: by rule, by people, or as another system scored it. Null while somebody has to mark.
create table assessments.item_score (
  participant_id bigint      not null,
  position       smallint    not null,
  points         smallint    check (points >= 0),
  state          text        not null check (state in ('by_rule', 'waits', 'marked', 'given', 'omitted', 'not_reached', 'invalid')),
  scored_at      timestamptz not null default now(),
  primary key (participant_id, position),
  check ((points is null) = (state in ('waits', 'not_reached')))
);

-- What came of a test for one learner; a correction makes a new version and closes the one before.
create table assessments.outcome (
  learner_id     bigint           not null,
  participant_id bigint           not null references assessments.participant,
  round_id       bigint           not null references assessments.round,
  institution_id bigint           not null,
  version        smallint         not null check (version > 0),
  score          double precision not null,           -- points of the reporting scale
  error          double precision not null check (error > 0),
  level          smallint         check (level between 1 and 4),       -- null: no standard was set
  strands        jsonb            not null default '[]',              -- [{strand, points, most, level}]
  values         double precision[] not null default '{}',            -- plausible values, for groups only
  run            text             not null,           -- of the scaling it comes from
  reason         text,                                -- why a later version was made
  made_at        timestamptz      not null default now(),
  ended_at       timestamptz,                         -- null: in force
  primary key (participant_id, version)
);
create index on assessments.outcome (learner_id) where ended_at is null;
create index on assessments.outcome (round_id) where ended_at is null;

select migration.protect(t::regclass) from unnest(array['assessments.form', 'assessments.form_item', 'assessments.round',
  'assessments.round_form', 'assessments.session', 'assessments.participant', 'assessments.sitting', 'assessments.answer',
  'assessments.item_score', 'assessments.outcome']) as t;

-- Functions of the parts run as the definer role.
do $$
declare
  target text;
begin
  foreach target in array array['form', 'form_item', 'round', 'round_form', 'session', 'participant', 'sitting', 'answer',
                                'item_score', 'outcome'] loop
    execute format('grant select, insert, update on assessments.%I to ikms_definer', target);
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
end $$;
grant delete on assessments.form_item, assessments.round_form to ikms_definer;
revoke update on assessments.answer from ikms_definer;
create trigger never_edited before update on assessments.answer
  for each row execute function assessments.refuse_change();

-- Results of monitoring tests, whether they were given here or came from the system of state tests: read by jobs and functions.
create view assessments.measured with (security_invoker = true) as
  select o.learner_id, o.institution_id, r.school_year, r.domain, r.grade, o.score, o.error, o.level,
         case when r.state = 'official' then 'official' else 'preliminary' end as status, r.code as round
    from assessments.outcome o join assessments.round r using (round_id)
   where o.ended_at is null and r.kind <> 'rehearsal'
  union all
  select x.learner_id, x.institution_id, a.school_year,
         case split_part(a.subject, '-', 1) when 'literacy' then 'reading' else split_part(a.subject, '-', 1) end, a.grade,
         x.value, null, case when a.level_cuts is not null then 1 + width_bucket(x.value, a.level_cuts) end, x.status, a.code
    from records.result x join records.assessment a using (assessment_id)
   where x.superseded_by is null and a.kind = 'monitoring' and split_part(a.subject, '-', 1) in ('literacy', 'numeracy', 'science');
grant select on assessments.measured to ikms_job, ikms_definer;

-- A learner and the parents read where they took part, and what came of it once it is official.
create function assessments.official_rounds() returns setof bigint stable security definer
language sql set search_path = '' as $$ select round_id from assessments.round where state = 'official' $$;
grant create on schema assessments to ikms_definer;
alter function assessments.official_rounds() owner to ikms_definer;
revoke create on schema assessments from ikms_definer;
revoke execute on function assessments.official_rounds() from public;
do $$
declare
  reader text;
begin
  foreach reader in array array['tier_learner', 'tier_parent'] loop
    execute format('grant usage on schema assessments to %I', reader);
    execute format('grant select on assessments.round to %I', reader);
    execute format('create policy %I on assessments.round for select to %I using (state = ''official'')', reader || '_reads', reader);
    execute format('grant select (round_id, learner_id, institution_id, status, exempt_reason, profile, started_at, finished_at)
      on assessments.participant to %I', reader);
    execute format('create policy %I on assessments.participant for select to %I
      using (learner_id in (select access.my_learner()))', reader || '_reads_own', reader);
    execute format('grant select on assessments.outcome to %I', reader);
    execute format('create policy %I on assessments.outcome for select to %I
      using (learner_id in (select access.my_learner()) and round_id in (select assessments.official_rounds()))',
      reader || '_reads_own', reader);
    execute format('grant execute on function assessments.official_rounds() to %I', reader);
  end loop;
end $$;

-- Kept as results are.
alter table rights.retention no force row level security;
update rights.retention
   set tables = tables || array['assessments.participant', 'assessments.sitting', 'assessments.answer', 'assessments.item_score',
                                'assessments.outcome']
 where kind = 'learner_record';
alter table rights.retention force row level security;
