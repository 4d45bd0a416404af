-- Files of answers from paper and of points given elsewhere, sent by a coordinator on the page of a round. A file is tried first and
-- taken over only when it is whole; its bytes lie outside the database (folder of uploads) and are gone once it was taken over or refused.

-- A file that was sent, and what became of it: numbers and line numbers only, nothing of what stood in it.
create table assessments.round_file (
  file_id    bigint      generated always as identity primary key,
  file_uuid  uuid        not null unique,             -- its name in the folder
  round_id   bigint      not null references assessments.round,
  name       text        not null check (length(name) between 1 and 120),
  bytes      bigint      not null check (bytes >= 0),
  sent_by    bigint,                                  -- access.person; null: the operator
  sent_at    timestamptz not null default now(),
  state      text        not null default 'checking'
             check (state in ('checking', 'checked', 'refused', 'applying', 'applied', 'removed')),
  report     jsonb,                                   -- lines, pupils, taken, unchanged, refused; refusals: [line, reason]
  ended_at   timestamptz,                             -- when its bytes went
  check ((state in ('checked', 'refused', 'applied')) <= (report is not null)),
  check ((state in ('refused', 'applied', 'removed')) = (ended_at is not null))
);
create index on assessments.round_file (round_id, file_id);

select migration.protect('assessments.round_file');
grant select, insert, update on assessments.round_file to ikms_definer;
create policy definer_works on assessments.round_file for all to ikms_definer using (true) with check (true);

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- A file was sent: it is tried. Answers null, or why not: not_there, wrong_state (not open yet, or scaled), file_waits (another one is
-- not decided yet).
create function assessments.send_round_file(wanted uuid, file uuid, its_name text, size bigint) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  sender bigint := assessments.coordinator();
  found assessments.round;
  made bigint;
begin
  select r.* into found from assessments.round r where r.round_uuid = wanted for update;
  if found.round_id is null then
    return 'not_there';
  elsif found.state not in ('open', 'closed') or found.grade = 0 then
    return 'wrong_state';
  elsif exists (select from assessments.round_file f where f.round_id = found.round_id and f.state in ('checking', 'checked', 'applying')) then
    return 'file_waits';
  end if;
  insert into assessments.round_file (file_uuid, round_id, name, bytes, sent_by)
  values (file, found.round_id, its_name, size, sender) returning file_id into made;
  perform jobs.ask('round-file', jsonb_build_object('fileId', made), made::text);
  perform assessments.note_done('send_round_file', 'round ' || wanted);
  return null;
end $$;

-- Takes a file over that was tried and has no fault, or gives it up. Answers null, or why not: not_there, wrong_state.
create function assessments.decide_round_file(wanted uuid, file uuid, take boolean) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.round_file;
begin
  perform assessments.coordinator();
  select f.* into found from assessments.round_file f join assessments.round r using (round_id)
   where f.file_uuid = file and r.round_uuid = wanted for update of f;
  if found.file_id is null then
    return 'not_there';
  elsif found.state <> 'checked' and (take or found.state <> 'checking') then
    return 'wrong_state';
  elsif take then
    update assessments.round_file f set state = 'applying' where f.file_id = found.file_id;
    perform jobs.ask('round-file', jsonb_build_object('fileId', found.file_id), found.file_id::text);
  else
    update assessments.round_file f set state = 'removed', ended_at = now() where f.file_id = found.file_id;
  end if;
  perform assessments.note_done(case when take then 'take_round_file' else 'drop_round_file' end, 'round ' || wanted);
  return null;
end $$;

-- Files of a round, the latest first, for whoever has a duty.
create function assessments.round_files(wanted bigint)
returns table (file_uuid uuid, name text, bytes bigint, sent_by text, sent_at timestamptz, state text, report jsonb)
language sql stable security definer set search_path = '' as $$
  select f.file_uuid, f.name, f.bytes, p.display_name, f.sent_at, f.state, f.report
    from assessments.round_file f left join access.person p on p.person_id = f.sent_by
   where f.round_id = wanted and (select assessments.has_duty())
   order by f.file_id desc limit 20
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['assessments.send_round_file(uuid,uuid,text,bigint)', 'assessments.decide_round_file(uuid,uuid,boolean)',
                           'assessments.round_files(bigint)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to ikms_job, tier_teacher, tier_researcher, tier_analyst, tier_steward', f);
  end loop;
end $$;
reset role;
revoke create on schema assessments from ikms_definer;

select pgboss.create_queue('round-file', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));

-- Kept as uploads are.
alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['assessments.round_file'] where kind = 'upload';
alter table rights.retention force row level security;
