-- Keys: by which key a value is sealed, and which keys may never seal again. No key is ever in the database.

-- The key id at the head of a sealed value (length in one byte, then the id).
create function identity.seal_key(sealed bytea) returns text
language sql immutable strict parallel safe as $$
  select pg_catalog.convert_from(pg_catalog.substr(sealed, 2, pg_catalog.get_byte(sealed, 0)), 'UTF8')
$$;
revoke execute on function identity.seal_key(bytea) from public;
grant execute on function identity.seal_key(bytea) to ikms_job, ikms_definer;

-- Keys taken out of the key file. A process that still holds one must not seal with it: nobody could open that again.
create table identity.forgotten_key (
  key_id       text        primary key,
  forgotten_at timestamptz not null default now()
);
select migration.protect('identity.forgotten_key');
grant select on identity.forgotten_key to ikms_definer;
create policy definer_reads on identity.forgotten_key for select to ikms_definer using (true);

create function identity.refuse_forgotten_key() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  forgotten text[] := array(select k.key_id from identity.forgotten_key k);
  is_sealed boolean := false;
begin
  if cardinality(forgotten) = 0 then
    return null;
  end if;
  if tg_relid = 'identity.person'::regclass then
    is_sealed := exists (select from fresh f where identity.seal_key(f.sealed_code) = any (forgotten)
                                                or identity.seal_key(f.sealed_name) = any (forgotten));
  else
    is_sealed := exists (select from fresh f where identity.seal_key(f.sealed_name) = any (forgotten));
  end if;
  if is_sealed then
    raise exception 'a value was sealed with a key that is forgotten' using errcode = 'check_violation';
  end if;
  return null;
end $$;
grant create on schema identity to ikms_definer;
alter function identity.refuse_forgotten_key() owner to ikms_definer;
revoke create on schema identity from ikms_definer;

create trigger no_forgotten_key_in after insert on identity.person
  referencing new table as fresh for each statement execute function identity.refuse_forgotten_key();
create trigger no_forgotten_key_again after update on identity.person
  referencing new table as fresh for each statement execute function identity.refuse_forgotten_key();
create trigger no_forgotten_key_in after insert on access.person
  referencing new table as fresh for each statement execute function identity.refuse_forgotten_key();
create trigger no_forgotten_key_again after update on access.person
  referencing new table as fresh for each statement execute function identity.refuse_forgotten_key();
