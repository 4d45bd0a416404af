-- Identity: who a learner is. Apart from everything analysed; values are sealed with keys the database never holds.
-- Only tiers with a duty of care reach it, through a function that writes the audit trail in the same transaction.

create schema identity;
grant usage on schema identity to ikms_job, ikms_backup, ikms_definer, tier_school;

create table identity.person (
  learner_id  bigint primary key,
  code_hash   bytea  not null unique,      -- HMAC-SHA256 of the personal code under the key for look-ups
  sealed_code bytea  not null,             -- AES-256-GCM: key id, nonce, cipher text, tag
  sealed_name bytea,                       -- null where the source gives no name
  name_hash   bytea,                       -- HMAC-SHA256 of code and name: tells a new name without opening the old one
  import_id   bigint not null,             -- that last wrote this row; an earlier name is not kept
  line        bigint not null
);
select migration.protect('identity.person');
grant select on identity.person to ikms_definer;
create policy definer_reads on identity.person for select to ikms_definer using (true);

-- Sealed identity of the caller's own learners of one institution and year; every learner returned is written down.
create function identity.read_learners(institution bigint, year smallint)
returns table (learner_id bigint, sealed_code bytea, sealed_name bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
  place uuid;
begin
  if institution not in (select access.my_schools()) then
    return;
  end if;
  select array_agg(distinct e.learner_id) into own from registry.enrolment e
   where e.superseded_by is null and e.institution_id = institution and e.school_year = year;
  select i.institution_uuid into place from registry.institution i where i.institution_id = institution;
  perform access.write_audit('read_learners', 'institution ' || place, 'shown', coalesce(own, '{}'));
  return query select p.learner_id, p.sealed_code, p.sealed_name from identity.person p where p.learner_id = any (own);
end $$;
revoke execute on function identity.read_learners(bigint, smallint) from public;
grant execute on function identity.read_learners(bigint, smallint) to tier_school;
grant create on schema identity to ikms_definer;
alter function identity.read_learners(bigint, smallint) owner to ikms_definer;
revoke create on schema identity from ikms_definer;
