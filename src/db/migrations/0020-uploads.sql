-- Uploads: files that a steward sent and that wait to be imported, and mappings kept by name. The files lie in a folder
-- outside of the database, named by upload_uuid, until they are imported or thrown away; here is only what they are.

create table intake.mapping (
  mapping_id   bigint      generated always as identity primary key,
  mapping_uuid uuid        not null unique default gen_random_uuid(),
  name         text        not null,                  -- of the source, as the mapping says it
  version      integer     not null,                  -- 1, 2, …; what was kept once is never changed
  content      jsonb       not null,                  -- the mapping as it was declared
  kept_by      bigint,                                -- access.person; null: the command line
  kept_at      timestamptz not null default now(),
  unique (name, version)
);
select migration.protect('intake.mapping');
grant select on intake.mapping to tier_steward;
create policy steward_reads on intake.mapping for select to tier_steward using (true);

create table intake.upload (
  upload_id   bigint      generated always as identity primary key,
  upload_uuid uuid        not null unique,
  file_name   text        not null,                   -- as the sender calls it, without folder; no file of ours has this name
  file_bytes  bigint      not null,
  file_sha256 bytea       not null,
  format      text        not null check (format in ('csv', 'zip')),
  uploaded_by bigint      not null,                   -- access.person
  uploaded_at timestamptz not null default now(),
  state       text        not null default 'waiting' check (state in ('waiting', 'imported', 'removed')),
  ended_at    timestamptz,                            -- when it was imported or removed: from then on the file is destroyed
  job_id      uuid,                                   -- the latest job that was asked to check or import it
  dry_run     boolean,                                -- whether that job only checks
  import_id   bigint      references intake.import,   -- the report of the latest check or import
  problem     jsonb                                   -- why the latest job could not begin: code and detail, nothing of the file
);
create index on intake.upload (uploaded_at);
select migration.protect('intake.upload');
grant select on intake.upload to tier_steward;
create policy steward_reads on intake.upload for select to tier_steward using (true);

grant select, insert, update on intake.upload to ikms_definer;
grant select, insert on intake.mapping to ikms_definer;
create policy definer_works on intake.upload for all to ikms_definer using (true) with check (true);
create policy definer_keeps on intake.mapping for all to ikms_definer using (true) with check (true);

grant create on schema intake to ikms_definer;
set local role ikms_definer;

-- Notes a file that has arrived whole, as the steward of this transaction. False: too many wait already.
create function intake.add_upload(new_uuid uuid, name text, bytes bigint, sha256 bytea, its_format text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  steward bigint := jobs.asker();
begin
  if steward is null then
    raise insufficient_privilege using message = 'only a steward may do this';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('intake.add_upload', 0));
  if (select count(*) from intake.upload u where u.state = 'waiting') >= 20 then
    return false;
  end if;
  insert into intake.upload (upload_uuid, file_name, file_bytes, file_sha256, format, uploaded_by)
  values (new_uuid, name, bytes, sha256, its_format, steward);
  return true;
end $$;

-- Whether a job about the upload waits or runs. Its upload is locked until the end of the transaction.
create function intake.is_upload_free(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  its_job uuid;
begin
  select u.job_id into its_job from intake.upload u where u.upload_uuid = wanted and u.state = 'waiting' for update;
  return found and not exists (select from pgboss.job j where j.id = its_job and j.name = 'import' and j.state < 'completed');
end $$;

-- Asks for a check or an import of an upload through a kept mapping, or as a package. Null: it is not there, or busy.
create function intake.ask_import(wanted uuid, by_mapping uuid, only_check boolean) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  mapping bigint;
  asked uuid;
begin
  perform jobs.asker();
  select m.mapping_id into mapping from intake.mapping m where m.mapping_uuid = by_mapping;
  if by_mapping is not null and mapping is null or not intake.is_upload_free(wanted) then
    return null;
  end if;
  select jobs.ask('import', jsonb_build_object('uploadId', u.upload_id, 'mappingId', mapping, 'dryRun', only_check),
                  wanted::text)
    into asked from intake.upload u where u.upload_uuid = wanted;
  update intake.upload set job_id = asked, dry_run = only_check, import_id = null, problem = null
   where upload_uuid = wanted;
  return asked;
end $$;

-- Throws an upload away. False: it is not there, or busy.
create function intake.remove_upload(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform jobs.asker();
  if not intake.is_upload_free(wanted) then
    return false;
  end if;
  update intake.upload set state = 'removed', ended_at = now() where upload_uuid = wanted;
  return true;
end $$;

-- Keeps a mapping as the next version of its name; the one that is the latest already is not kept twice.
create function intake.keep_mapping(declared jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  keeper bigint := jobs.asker();
  latest intake.mapping;
  kept uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('intake.keep_mapping', 0));
  select * into latest from intake.mapping m where m.name = declared ->> 'name' order by m.version desc limit 1;
  if latest.content = declared then
    return latest.mapping_uuid;
  end if;
  insert into intake.mapping (name, version, content, kept_by)
  values (declared ->> 'name', coalesce(latest.version, 0) + 1, declared, keeper)
  returning mapping_uuid into kept;
  return kept;
end $$;

revoke execute on function intake.add_upload(uuid, text, bigint, bytea, text), intake.is_upload_free(uuid),
  intake.ask_import(uuid, uuid, boolean), intake.remove_upload(uuid), intake.keep_mapping(jsonb) from public;
grant execute on function intake.add_upload(uuid, text, bigint, bytea, text), intake.ask_import(uuid, uuid, boolean),
  intake.remove_upload(uuid), intake.keep_mapping(jsonb) to tier_steward, ikms_job;
reset role;
revoke create on schema intake from ikms_definer;

select pgboss.create_queue('import', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
