-- Item bank: items of tests, their versions with words and keys, what was said and decided about them, and how they measured.
-- Unit: points of an item are whole; parameters are in logits.
--
-- Versions and events are added and never edited. Words and keys are read through functions only, which write down every
-- reading of an item that is in use. Who may do what is a duty of a mandate (docs/decisions/0010-who-writes-items.md).

create schema assessments;

-- What a mandate allows in the item bank, besides what its tier allows elsewhere.
create table assessments.duty (
  duty_id    bigint    generated always as identity primary key,
  mandate_id bigint    not null references access.mandate on delete cascade,
  duty       text      not null check (duty in ('author', 'reviewer', 'keeper')),
  valid      daterange not null check (not isempty(valid)),
  source     text      not null,                     -- where it comes from: 'demo', 'operator'
  unique (mandate_id, duty, valid)
);

create table assessments.framework (
  framework_id bigint    generated always as identity primary key,
  version      text      not null unique,            -- e.g. '2026'
  valid        daterange not null check (not isempty(valid)),
  content      jsonb     not null,                   -- domains with strands, processes, expected outcomes, in both languages
  exclude using gist (valid with &&)
);

create table assessments.item (
  item_id       bigint      generated always as identity primary key,
  item_uuid     uuid        not null unique default gen_random_uuid(),
  code          text        not null unique,         -- e.g. 'RP3-014'
  framework_id  bigint      not null references assessments.framework,
  state         text        not null check (state in ('draft', 'review', 'pilot', 'calibrated', 'live', 'released', 'retired')),
  changed_at    timestamptz not null default now()
);

-- A version of an item: where it stands in the framework, and what it is like, without words.
create table assessments.item_version (
  item_version_id bigint      generated always as identity primary key,
  item_id         bigint      not null references assessments.item,
  number          smallint    not null check (number > 0),
  made_by         bigint,                             -- access.person; null: the operator
  made_at         timestamptz not null default now(),
  domain          text        not null check (domain in ('reading', 'numeracy', 'science')),
  grade           smallint    not null check (grade between 0 and 9),  -- 0: preschool
  strand          text        not null,
  process         text        not null,
  outcome         text,
  points          smallint    not null check (points > 0),
  languages       text[]      not null,               -- the original first
  interactions    text[]      not null,
  accessibility   text        not null,
  unique (item_id, number)
);

-- Words, and apart from them what is right. No tier reads these tables.
create table assessments.item_text (
  item_version_id bigint not null references assessments.item_version,
  language        text   not null,
  content         jsonb  not null,
  primary key (item_version_id, language)
);
create table assessments.item_key (
  item_version_id bigint not null,
  language        text   not null,
  keys            jsonb  not null,
  primary key (item_version_id, language),
  foreign key (item_version_id, language) references assessments.item_text
);
create table assessments.media (
  sha256     bytea primary key,
  media_type text  not null check (media_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml')),
  bytes      bytea not null check (length(bytes) <= 2000000)
);
create table assessments.item_media (
  item_version_id bigint not null references assessments.item_version,
  name            text   not null,
  sha256          bytea  not null references assessments.media,
  primary key (item_version_id, name)
);

-- What was said and decided: history, comments and sign-off are one list, in order.
create table assessments.item_event (
  event_id        bigint      generated always as identity primary key,
  item_version_id bigint      not null references assessments.item_version,
  at              timestamptz not null default now(),
  person_id       bigint,                             -- access.person; null: the operator, or a job
  kind            text        not null check (kind in ('version', 'moved', 'comment', 'signed_off')),
  state           text        check (state in ('draft', 'review', 'pilot', 'calibrated', 'live', 'released', 'retired')),
  text            text        check (length(text) between 1 and 4000),
  check ((kind in ('version', 'moved')) = (state is not null)),
  check (kind <> 'comment' or text is not null)
);
create index on assessments.item_event (item_version_id);
create unique index on assessments.item_event (item_version_id, person_id) where kind = 'signed_off';

-- What a calibration found, one row a round; written by jobs.
create table assessments.item_parameter (
  item_version_id bigint      not null references assessments.item_version,
  round           text        not null,
  model           text        not null check (model in ('rasch', '2pl', '3pl', 'pcm', 'gpcm', 'graded')),
  slope           real        not null,
  intercepts      real[]      not null,
  guessing        real        not null default 0 check (guessing between 0 and 1),
  errors          jsonb       not null default '{}',      -- standard errors, by parameter
  pupils          integer     not null check (pupils > 0),
  calibrated_at   timestamptz not null default now(),
  primary key (item_version_id, round)
);

select migration.protect(t::regclass) from unnest(array['assessments.duty', 'assessments.framework', 'assessments.item',
  'assessments.item_version', 'assessments.item_text', 'assessments.item_key', 'assessments.media', 'assessments.item_media',
  'assessments.item_event', 'assessments.item_parameter']) as t;

-- What was once written stays, whoever asks: a job too.
create function assessments.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'restrict_violation', message = 'versions and events of items are never edited';
end $$;
do $$
declare
  fixed text;
begin
  foreach fixed in array array['item_version', 'item_text', 'item_key', 'media', 'item_media', 'item_event'] loop
    execute format('create trigger never_edited before update or delete on assessments.%I
      for each row execute function assessments.refuse_change()', fixed);
  end loop;
end $$;

-- The functions below run as the definer role.
grant usage on schema assessments to ikms_definer, ikms_job, ikms_backup, tier_teacher, tier_researcher, tier_analyst, tier_steward;
grant select on assessments.duty, assessments.framework, assessments.item_text, assessments.item_key, assessments.media,
  assessments.item_media, assessments.item_parameter, assessments.item, assessments.item_version, assessments.item_event to ikms_definer;
grant insert on assessments.item, assessments.item_version, assessments.item_text, assessments.item_key, assessments.media,
  assessments.item_media, assessments.item_event to ikms_definer;
grant update on assessments.item to ikms_definer;
do $$
declare
  target text;
begin
  foreach target in array array['duty', 'framework', 'item', 'item_version', 'item_text', 'item_key', 'media', 'item_media',
                                'item_event', 'item_parameter'] loop
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
end $$;

-- Duties of the mandate of this transaction, today.
create function assessments.my_duties() returns text[] stable security definer
language sql set search_path = '' as $$
  select coalesce(array_agg(d.duty order by d.duty), '{}')
    from access.my_mandate() m
    join assessments.duty d on d.mandate_id = m.mandate_id and d.valid @> access.today()
   where m.tier in ('teacher', 'researcher', 'analyst', 'steward')
$$;

create function assessments.has_duty() returns boolean stable security definer
language sql set search_path = '' as $$ select assessments.my_duties() <> '{}' $$;

-- Who holds a duty sees which items there are, what was said of them and how they measured.
do $$
declare
  reader text;
  target text;
begin
  foreach reader in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
    foreach target in array array['framework', 'item', 'item_version', 'item_event', 'item_parameter'] loop
      execute format('grant select on assessments.%I to %I', target, reader);
      execute format('create policy %I on assessments.%I for select to %I using ((select assessments.has_duty()))',
        reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;

create function assessments.is_secret(state text) returns boolean immutable
language sql as $$ select state in ('pilot', 'calibrated', 'live') $$;

-- The newest version of an item; nothing where the caller has no duty, or the item is secret and the caller not its keeper.
create function assessments.readable_version(wanted uuid) returns bigint stable security definer
language sql set search_path = '' as $$
  select v.item_version_id
    from assessments.item i join assessments.item_version v using (item_id)
   where i.item_uuid = wanted and (select assessments.has_duty())
     and (not assessments.is_secret(i.state) or 'keeper' = any ((select assessments.my_duties())::text[]))
   order by v.number desc limit 1
$$;

-- Titles of items the caller may read, for lists.
create function assessments.titles(wanted bigint[]) returns table (item_version_id bigint, title text)
stable security definer language sql set search_path = '' as $$
  select t.item_version_id, t.content ->> 'title'
    from assessments.item_text t
    join assessments.item_version v using (item_version_id)
    join assessments.item i using (item_id)
   where t.item_version_id = any (wanted) and t.language = v.languages[1] and (select assessments.has_duty())
     and (not assessments.is_secret(i.state) or 'keeper' = any ((select assessments.my_duties())::text[]))
$$;

-- Words of an item in a language, and its keys where they are asked for. Reading an item in use is written down; so is
-- an attempt to.
create function assessments.read_item(wanted uuid, wanted_language text, with_keys boolean)
returns table (number smallint, content jsonb, keys jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_version bigint := assessments.readable_version(wanted);
  found_state   text;
begin
  select i.state into found_state from assessments.item i where i.item_uuid = wanted;
  if found_version is null then
    perform access.write_audit('read_item', 'item ' || wanted, case when found_state is null then 'not_found' else 'refused' end);
    return;
  end if;
  if assessments.is_secret(found_state) then
    perform access.write_audit(case when with_keys then 'read_item_key' else 'read_item' end, 'item ' || wanted, 'shown');
  end if;
  return query
    select v.number, t.content, case when with_keys then k.keys end
      from assessments.item_version v
      join assessments.item_text t using (item_version_id)
      join assessments.item_key k on k.item_version_id = t.item_version_id and k.language = t.language
     where v.item_version_id = found_version and (wanted_language is null or t.language = wanted_language)
     order by array_position(v.languages, t.language);
end $$;

create function assessments.read_media(wanted uuid, file text) returns table (media_type text, bytes bytea)
language sql stable security definer set search_path = '' as $$
  select m.media_type, m.bytes
    from assessments.item_media i join assessments.media m using (sha256)
   where i.item_version_id = assessments.readable_version(wanted) and i.name = file
$$;

-- Writes an item, or a new version of a draft. Only an author may, or the operator. Answers the id of the item; null: there is
-- such a code already and it is no draft.
create function assessments.write_version(item jsonb, files jsonb, note text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  author     bigint;
  found_item assessments.item;
  version    bigint;
  place      jsonb := item -> 'place';
begin
  if session_user = 'ikms_app' then
    if not 'author' = any (assessments.my_duties()) then
      raise insufficient_privilege using message = 'only an author may do this';
    end if;
    select m.person_id into author from access.my_mandate() m;
  end if;
  insert into assessments.item (code, framework_id, state)
  select item ->> 'code', f.framework_id, 'draft' from assessments.framework f where f.valid @> access.today()
  on conflict (code) do nothing;
  select i.* into found_item from assessments.item i where i.code = item ->> 'code' for update;
  if found_item.item_id is null or found_item.state <> 'draft' then
    return null;
  end if;
  insert into assessments.item_version (item_id, number, made_by, domain, grade, strand, process, outcome, points, languages,
                                        interactions, accessibility)
  select found_item.item_id, coalesce(max(v.number), 0) + 1, author, place ->> 'domain', (place ->> 'grade')::smallint,
         place ->> 'strand', place ->> 'process', place ->> 'outcome', (item ->> 'points')::smallint,
         array(select jsonb_array_elements(item -> 'texts') ->> 'language'),
         array(select jsonb_array_elements_text(item -> 'interactions')), item ->> 'accessibility'
    from assessments.item_version v where v.item_id = found_item.item_id
  returning item_version_id into version;
  insert into assessments.item_text (item_version_id, language, content)
  select version, text ->> 'language', text - 'keys' from jsonb_array_elements(item -> 'texts') as text;
  insert into assessments.item_key (item_version_id, language, keys)
  select version, text ->> 'language', text -> 'keys' from jsonb_array_elements(item -> 'texts') as text;
  insert into assessments.media (sha256, media_type, bytes)
  select sha256(decode(f ->> 'base64', 'base64')), f ->> 'type', decode(f ->> 'base64', 'base64')
    from jsonb_array_elements(files) as f
  on conflict do nothing;
  insert into assessments.item_media (item_version_id, name, sha256)
  select version, f ->> 'name', sha256(decode(f ->> 'base64', 'base64')) from jsonb_array_elements(files) as f;
  insert into assessments.item_event (item_version_id, person_id, kind, state, text)
  values (version, author, 'version', 'draft', nullif(note, ''));
  update assessments.item set changed_at = now() where item_id = found_item.item_id;
  return found_item.item_uuid;
end $$;

-- Names of those who said or did something about an item, for whoever has a duty.
create function assessments.names(wanted uuid) returns table (person_id bigint, name text)
stable security definer language sql set search_path = '' as $$
  select distinct p.person_id, p.display_name
    from assessments.item i
    join assessments.item_version v using (item_id)
    join assessments.item_event e using (item_version_id)
    join access.person p using (person_id)
   where i.item_uuid = wanted and (select assessments.has_duty())
$$;

-- Everybody who made a version of an item.
create function assessments.authors(wanted bigint) returns setof bigint stable security definer
language sql set search_path = '' as $$
  select distinct v.made_by from assessments.item_version v where v.item_id = wanted and v.made_by is not null
$$;

-- A comment ('comment') or a sign-off ('signed_off') on the newest version. False: there is no such item, it is not under
-- review, the caller is one of its authors or signed off already.
create function assessments.say(wanted uuid, what text, words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_item assessments.item;
  version    bigint;
  duties     text[] := assessments.my_duties();
  who        bigint;
begin
  if duties = '{}' or (what = 'signed_off' and not 'reviewer' = any (duties)) or what not in ('comment', 'signed_off') then
    raise insufficient_privilege using message = 'this is not the duty of the caller';
  end if;
  select m.person_id into who from access.my_mandate() m;
  select i.* into found_item from assessments.item i where i.item_uuid = wanted for update;
  select v.item_version_id into version from assessments.item_version v
   where v.item_id = found_item.item_id order by v.number desc limit 1;
  if version is null or (what = 'signed_off' and (found_item.state <> 'review'
      or who in (select assessments.authors(found_item.item_id)))) then
    return false;
  end if;
  insert into assessments.item_event (item_version_id, person_id, kind, text)
  values (version, who, what, nullif(words, ''))
  on conflict do nothing;
  return found;
end $$;

-- Moves an item on. False: there is no such item, or it may not go there from where it stands: review ends with the sign-off of two
-- people who did not write it, and nothing is calibrated without parameters.
create function assessments.move(wanted uuid, onward text, words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_item assessments.item;
  version    bigint;
  duties     text[] := assessments.my_duties();
  who        bigint;
begin
  select m.person_id into who from access.my_mandate() m;
  select i.* into found_item from assessments.item i where i.item_uuid = wanted for update;
  select v.item_version_id into version from assessments.item_version v
   where v.item_id = found_item.item_id order by v.number desc limit 1;
  if version is null or not exists (
    select from (values ('draft', 'review', 'author'), ('draft', 'retired', 'author'), ('review', 'draft', 'author'),
                        ('review', 'draft', 'reviewer'), ('review', 'pilot', 'keeper'), ('pilot', 'draft', 'keeper'),
                        ('pilot', 'calibrated', 'keeper'), ('pilot', 'retired', 'keeper'), ('calibrated', 'live', 'keeper'),
                        ('calibrated', 'retired', 'keeper'), ('live', 'released', 'keeper'), ('live', 'retired', 'keeper'),
                        ('released', 'retired', 'keeper')) as allowed (here, there, duty)
     where allowed.here = found_item.state and allowed.there = onward and allowed.duty = any (duties))
  then
    return false;
  end if;
  if onward = 'pilot' and (select count(distinct e.person_id) from assessments.item_event e
                            where e.item_version_id = version and e.kind = 'signed_off'
                              and e.person_id not in (select assessments.authors(found_item.item_id))) < 2 then
    return false;
  end if;
  if onward = 'calibrated' and not exists (select from assessments.item_parameter p where p.item_version_id = version) then
    return false;
  end if;
  update assessments.item set state = onward, changed_at = now() where item_id = found_item.item_id;
  insert into assessments.item_event (item_version_id, person_id, kind, state, text)
  values (version, who, 'moved', onward, nullif(words, ''));
  return true;
end $$;

revoke execute on all functions in schema assessments from public;
grant execute on function assessments.my_duties(), assessments.has_duty(), assessments.is_secret(text), assessments.titles(bigint[]), assessments.names(uuid),
  assessments.read_item(uuid, text, boolean), assessments.read_media(uuid, text), assessments.write_version(jsonb, jsonb, text),
  assessments.say(uuid, text, text), assessments.move(uuid, text, text) to tier_teacher, tier_researcher, tier_analyst, tier_steward;
grant execute on function assessments.write_version(jsonb, jsonb, text) to ikms_job;
grant execute on function assessments.is_secret(text) to ikms_definer;
grant create on schema assessments to ikms_definer;
do $$
declare
  f regprocedure;
begin
  foreach f in array array['assessments.my_duties()', 'assessments.has_duty()', 'assessments.readable_version(uuid)',
    'assessments.titles(bigint[])', 'assessments.names(uuid)', 'assessments.read_item(uuid,text,boolean)', 'assessments.read_media(uuid,text)',
    'assessments.write_version(jsonb,jsonb,text)', 'assessments.authors(bigint)', 'assessments.say(uuid,text,text)',
    'assessments.move(uuid,text,text)']::regprocedure[] loop
    execute format('alter function %s owner to ikms_definer', f);
  end loop;
end $$;
revoke create on schema assessments from ikms_definer;
