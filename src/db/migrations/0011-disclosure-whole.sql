-- Disclosure, whole: what else a rule says, the attack that every release withstood, and trials of changed rules.

alter table disclosure.rule
  -- a hidden count must stay uncertain at least so far below and above its true number
  add column protect_below    integer not null default 1 check (protect_below >= 0),
  add column protect_above    integer not null default 2 check (protect_above >= 1),
  -- dominance: hide a figure when so many people hold more than this share of the sum; null: not asked
  add column dominance_people integer check (dominance_people >= 1),
  add column dominance_share  double precision check (dominance_share > 0 and dominance_share < 1),
  -- decimals of told means and deviations; null: as computed
  add column decimals         smallint check (decimals between 0 and 9),
  add column sensitive        boolean not null default false,
  add check ((dominance_people is null) = (dominance_share is null));

-- the owner may change rows here only while row-level security is not forced on it
alter table disclosure.rule no force row level security;
update disclosure.rule set decimals = 2, dominance_people = 2, dominance_share = 0.85 where topic = 'results';

-- Sensitive topics ask for ten people whatever the figure is.
insert into disclosure.rule
  (audience, topic, minimum, group_disclosure, valid, reason_lv, reason_en, sensitive, protect_below, protect_above)
select 'public', topic, 10, true, '[1990-01-01,)',
       'Tas ir īpaši jutīgs jautājums, tāpēc skaitli rāda tikai tad, ja tas attiecas uz vismaz desmit cilvēkiem.',
       'This is an especially sensitive matter, so a number is shown only when it is about at least ten people.',
       true, 2, 4
  from unnest(array['special_needs', 'support', 'income', 'wellbeing']) as topic;
alter table disclosure.rule force row level security;

-- Kept with a release: what the attack on it found, without any true number.
create table publications.release_attack (
  release_id bigint primary key references publications.release,
  report     jsonb  not null
);
select migration.protect('publications.release_attack');

-- A steward tries a changed rule on the current cube; a job works out what would be hidden. Nothing is published.
create table disclosure.trial (
  trial_id    bigint generated always as identity primary key,
  trial_uuid  uuid        not null unique default gen_random_uuid(),
  asked_by    bigint      not null,                 -- access.person
  asked_at    timestamptz not null default now(),
  rule        jsonb       not null,                 -- the changed rule, whole
  state       text        not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  finished_at timestamptz,
  report      jsonb                                 -- figures told and hidden, now and under the changed rule
);
create index on disclosure.trial (asked_at);
select migration.protect('disclosure.trial');

grant select on disclosure.trial to tier_steward, tier_protection_officer;
create policy steward_reads on disclosure.trial for select to tier_steward using (true);
create policy officer_reads on disclosure.trial for select to tier_protection_officer using (true);
grant select on publications.release_attack to tier_steward, tier_protection_officer, tier_analyst;
create policy steward_reads on publications.release_attack for select to tier_steward using (true);
create policy officer_reads on publications.release_attack for select to tier_protection_officer using (true);
create policy analyst_reads on publications.release_attack for select to tier_analyst using (true);

-- Asks for a trial as the steward of this transaction; null for anybody else.
create function disclosure.ask_trial(changed jsonb) returns uuid
language sql volatile security definer set search_path = '' as $$
  insert into disclosure.trial (asked_by, rule)
  select m.person_id, changed from access.my_mandate() m where m.tier = 'steward'
  returning trial_uuid
$$;
grant usage on schema disclosure to ikms_definer;
grant select, insert on disclosure.trial to ikms_definer;
create policy definer_asks on disclosure.trial for all to ikms_definer using (true) with check (true);
grant create on schema disclosure to ikms_definer;
alter function disclosure.ask_trial(jsonb) owner to ikms_definer;
revoke create on schema disclosure from ikms_definer;
revoke execute on function disclosure.ask_trial(jsonb) from public;
grant execute on function disclosure.ask_trial(jsonb) to tier_steward;
