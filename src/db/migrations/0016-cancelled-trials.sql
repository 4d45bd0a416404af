-- A trial of a rule whose job is cancelled before it began would say for ever that it waits: it ends with its job.
-- Put back into the queue, the job takes the trial up again.

grant update on disclosure.trial to ikms_definer;
grant create on schema jobs to ikms_definer;
set local role ikms_definer;
create or replace function jobs.cancel(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  about text;
begin
  perform jobs.asker();
  update pgboss.job set state = 'cancelled', completed_on = now()
   where id = wanted and state < 'completed'
  returning case when name = 'rule-trial' then singleton_key end into about;
  if not found then
    return false;
  end if;
  update disclosure.trial set state = 'failed', finished_at = now()
   where trial_uuid::text = about and state = 'waiting';
  perform pg_notify('ikms_jobs', '');
  return true;
end $$;
reset role;
revoke create on schema jobs from ikms_definer;
