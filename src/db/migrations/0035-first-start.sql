-- The first start: a made-up Latvia for a system that nobody uses yet. Whoever sits at the machine may ask for it, before there is
-- anybody to sign in; the web process sees to it that nobody else comes here (modules/setup).

create schema setup;
grant usage on schema setup to ikms_public, ikms_job, ikms_definer;
grant select on publications.release to ikms_definer;
create policy definer_reads on publications.release for select to ikms_definer using (true);
grant usage on schema publications to ikms_definer;

grant create on schema setup to ikms_definer;
set role ikms_definer;

-- Nobody but made-up people, nothing released, nothing imported but what this very thing brings: then it may be done, or done again.
create function setup.is_fresh() returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from access.person p where not p.demo)
     and not exists (select from publications.release)
     and not exists (select from intake.import i
                      where i.state = 'merged' and not (i.data_kind = 'made_up' and i.source = 'synth'))
$$;

-- The latest such job. It has no column about anybody.
create function setup.demo() returns table (job_id uuid, state text, done real, step jsonb, failure text)
language sql stable security definer set search_path = '' as $$
  select o.job_id, q.state::text, o.done, o.step, o.failure
    from jobs.job o join pgboss.job q on q.id = o.job_id
   where q.name = 'demo'
   order by q.state >= 'completed', o.asked_at desc, o.job_id
   limit 1
$$;

-- Asks for it; the one that waits or runs, where there is one. Null: this bank is not fresh.
create function setup.ask_demo() returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  under_way uuid;
begin
  perform pg_advisory_xact_lock(hashtext('setup.ask_demo'));
  select d.job_id into under_way from setup.demo() d where d.state in ('created', 'retry', 'active');
  if under_way is not null then
    return under_way;
  end if;
  if not setup.is_fresh() then
    return null;
  end if;
  return jobs.ask('demo');
end $$;

-- Stops it; false where none waits or runs.
create function setup.cancel_demo() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  under_way uuid;
begin
  select d.job_id into under_way from setup.demo() d where d.state in ('created', 'retry', 'active');
  return under_way is not null and jobs.cancel(under_way);
end $$;

revoke execute on function setup.is_fresh(), setup.demo(), setup.ask_demo(), setup.cancel_demo() from public;
grant execute on function setup.is_fresh() to ikms_public, ikms_job;
grant execute on function setup.demo(), setup.ask_demo(), setup.cancel_demo() to ikms_public;
reset role;
revoke create on schema setup from ikms_definer;

select pgboss.create_queue('demo', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 1, 'retryDelay', 5, 'retryBackoff', false, 'retryDelayMax', 5,
         'expireInSeconds', 3600, 'retentionSeconds', 86400, 'deleteAfterSeconds', 90 * 86400));
