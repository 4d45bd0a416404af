-- Feeds: what other systems are asked for on a schedule, how far each has got, and how it went. What comes is written as a package
-- and goes the way of every import; here is only the state between two runs.

create schema feeds;
grant usage on schema feeds to ikms_job, ikms_backup, ikms_definer, tier_steward;

create table feeds.feed (
  feed_id         bigint      generated always as identity primary key,
  feed_uuid       uuid        not null unique default gen_random_uuid(),
  name            text        not null unique check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title_lv        text        not null,
  title_en        text        not null,
  kind            text        not null,
  settings        jsonb       not null,                 -- where and how; secrets by their names only
  every_minutes   integer     check (every_minutes between 1 and 44640),
  daily_at        time,                                 -- of the day in Latvia; with neither it runs only when somebody says so
  state           jsonb       not null default '{}',    -- how far it has got: cursor, tag, day; nothing of anybody
  is_paused       boolean     not null default false,
  failures        integer     not null default 0,       -- runs one after the other that did not succeed
  next_at         timestamptz,                          -- null: not by itself
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  put_at          timestamptz not null default now(),   -- when it was described last
  check (every_minutes is null or daily_at is null)
);

create table feeds.run (
  run_id     bigint      generated always as identity primary key,
  run_uuid   uuid        not null unique default gen_random_uuid(),
  feed_id    bigint      not null references feeds.feed on delete cascade,
  started_at timestamptz not null default now(),
  ended_at   timestamptz,
  outcome    text        not null default 'running'
             check (outcome in ('running', 'taken', 'nothing', 'refused', 'failed', 'interrupted')),
  deliveries integer     not null default 0,            -- packages that were imported
  rows_read  bigint      not null default 0,            -- lines that came, deletions among them
  changes    bigint      not null default 0,            -- facts added, changed or withdrawn
  refusals   bigint      not null default 0,
  problem    jsonb,                                     -- code and detail of what went wrong; nothing of the data
  import_id  bigint      references intake.import       -- the latest import it led to
);
create index on feeds.run (feed_id, run_id desc);

-- What is told to other systems, in order, at least once each; whoever gets it knows a message by its uuid.
create table feeds.message (
  message_id   bigint      generated always as identity primary key,
  message_uuid uuid        not null unique default gen_random_uuid(),
  feed_id      bigint      not null references feeds.feed on delete cascade,
  kind         text        not null,
  key          text        not null,                    -- what it is about: told once
  payload      jsonb       not null,                    -- numbers of ours; what is sent is made from them when it is sent
  made_at      timestamptz not null default now(),
  state        text        not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  tries        integer     not null default 0,
  ended_at     timestamptz,                             -- when it was sent or given up
  receipt      text,                                    -- as the other system calls it
  problem      jsonb,                                   -- code and detail of why it was given up
  unique (feed_id, key)
);
create index on feeds.message (feed_id, message_id) where state = 'waiting';

select migration.protect(t::regclass) from unnest(array['feeds.feed', 'feeds.run', 'feeds.message']) as t;
grant select on feeds.feed, feeds.run, feeds.message to tier_steward;
create policy steward_reads on feeds.message for select to tier_steward using (true);
grant select, update on feeds.message to ikms_definer;
create policy definer_works on feeds.message for all to ikms_definer using (true) with check (true);
create policy steward_reads on feeds.feed for select to tier_steward using (true);
create policy steward_reads on feeds.run for select to tier_steward using (true);

grant select, update on feeds.feed to ikms_definer;
create policy definer_works on feeds.feed for all to ikms_definer using (true) with check (true);

grant create on schema feeds to ikms_definer;
set local role ikms_definer;

-- When a feed is to run again by itself. Null: not by itself.
create function feeds.next_time(every_minutes integer, daily_at time, after timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case
    when every_minutes is not null then after + every_minutes * interval '1 minute'
    when daily_at is not null then
      (select min(day + daily_at) from unnest(array[0, 1]) as later,
              lateral (select (after at time zone 'Europe/Riga')::date + later) as d (day)
        where (day + daily_at) at time zone 'Europe/Riga' > after) at time zone 'Europe/Riga'
  end
$$;

-- Asks for a run at once, also of a paused feed: a person looks on. Null: there is no such feed.
create function feeds.ask_run(wanted uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  its_id bigint;
begin
  perform jobs.asker();
  select f.feed_id into its_id from feeds.feed f where f.feed_uuid = wanted;
  if not found then
    return null;
  end if;
  return jobs.ask('feed', jsonb_build_object('feedId', its_id), wanted::text);
end $$;

-- Pauses a feed or lets it run again; what runs comes to its end. Null: there is no such feed; false: it is so already.
create function feeds.pause(wanted uuid, pausing boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  its feeds.feed;
begin
  perform jobs.asker();
  select f.* into its from feeds.feed f where f.feed_uuid = wanted for update;
  if not found then
    return null;
  end if;
  if its.is_paused = pausing then
    return false;
  end if;
  update feeds.feed f
     set is_paused = pausing,
         next_at = case when not pausing and (f.every_minutes is not null or f.daily_at is not null)
                     then greatest(now(), f.next_at) end
   where f.feed_id = its.feed_id;
  return true;
end $$;

-- Whether a run of the feed waits for its turn or is under way.
create function feeds.is_busy(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from pgboss.job j where j.name = 'feed' and j.singleton_key = wanted::text and j.state < 'completed')
$$;

-- Tells a message again that was given up or sent. False: it is not there, or waits already.
create function feeds.replay(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform jobs.asker();
  update feeds.message set state = 'waiting', tries = 0, ended_at = null, receipt = null, problem = null
   where message_uuid = wanted and state <> 'waiting';
  return found;
end $$;

revoke execute on function feeds.replay(uuid) from public;
grant execute on function feeds.replay(uuid) to tier_steward, ikms_job;
revoke execute on function feeds.ask_run(uuid), feeds.pause(uuid, boolean), feeds.is_busy(uuid) from public;
grant execute on function feeds.ask_run(uuid), feeds.pause(uuid, boolean), feeds.is_busy(uuid) to tier_steward, ikms_job;
reset role;
revoke create on schema feeds from ikms_definer;

select pgboss.create_queue('feed', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
