-- What every later migration stands on: one way to protect a table, one notion of today, Latvian sorting.

-- Every table is protected the same way: row-level security, forced on its owner too, a policy for jobs (they
-- write the bank) and one for backups. Who else may read it stands, tier by tier, right after the table.
create function migration.protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('grant select, insert, update, delete on %s to ikms_job', target);
  execute format('create policy job_works on %s for all to ikms_job using (true) with check (true)', target);
  execute format('grant select, insert on %s to ikms_backup', target);
  execute format('create policy backup_copies on %s for all to ikms_backup using (true) with check (true)', target);
end $$;

-- Latvian order for everything that is listed by name; numbers inside names count as numbers: 49. vidusskola before 110.
create collation if not exists public.latvian (provider = icu, locale = 'lv-u-kn-true');
