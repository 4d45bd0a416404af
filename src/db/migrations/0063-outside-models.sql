-- Models elsewhere: every call of one, drafts of items they were asked for, and what people decided about those.
-- Units: milliseconds; bytes of bodies.
--
-- A draft a model suggested is no item: it becomes one when the author who asked accepts it, unchanged and under a code that is new.
-- From then on it is an item like any other, written by that author; where it came from stays with it.

-- Calls, without a word of what was asked or answered.
create table assessments.model_call (
  call_id      bigint      generated always as identity primary key,
  at           timestamptz not null default now(),
  person_id    bigint      not null,                    -- access.person for whom
  task         text        not null check (task in ('points', 'item')),
  host         text        not null check (length(host) between 1 and 255),
  outcome      text        not null check (outcome in ('answered', 'timeout', 'unreachable', 'refused', 'busy', 'failed',
                           'redirected', 'too_long', 'cut_short', 'not_json', 'wrong_shape', 'resting')),
  milliseconds integer     not null check (milliseconds >= 0),
  sent_bytes   integer     not null check (sent_bytes >= 0),
  got_bytes    integer     not null check (got_bytes >= 0)
);

-- What an author asked a model for, and what came, as it came. Neither is about anybody.
create table assessments.item_ask (
  ask_id      bigint      generated always as identity primary key,
  ask_uuid    uuid        not null unique default gen_random_uuid(),
  asked_by    bigint      not null,                     -- access.person
  asked_at    timestamptz not null default now(),
  host        text        not null check (length(host) between 1 and 255),
  request     jsonb       not null,                     -- shape: assessments/drafting
  outcome     text,                                     -- as of the call; null: no answer yet
  model       text        check (length(model) between 1 and 100),  -- as it names itself
  said        text,                                     -- the answer as it came
  answered_at timestamptz,
  check ((outcome is null) = (answered_at is null))
);
create index on assessments.item_ask (asked_by, ask_id);

-- Items in an answer. What is not in order has faults instead of words.
create table assessments.item_draft (
  draft_id        bigint      generated always as identity primary key,
  draft_uuid      uuid        not null unique default gen_random_uuid(),
  ask_id          bigint      not null references assessments.item_ask,
  number          smallint    not null check (number > 0),
  content         jsonb,                                -- accessibility and texts of an item
  faults          jsonb       not null default '[]',
  decision        text        check (decision in ('accepted', 'declined')),
  decided_at      timestamptz,
  reason          text        check (length(reason) between 1 and 4000),
  item_version_id bigint      unique references assessments.item_version,
  unique (ask_id, number),
  check ((content is null) = (faults <> '[]')),
  check ((decision is null) = (decided_at is null)),
  check (content is not null or decision is null),
  check ((decision is not distinct from 'accepted') = (item_version_id is not null))
);

select migration.protect(t::regclass) from unnest(array['assessments.model_call', 'assessments.item_ask', 'assessments.item_draft']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['model_call', 'item_ask', 'item_draft'] loop
    execute format('grant select, insert on assessments.%I to ikms_definer', target);
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
end $$;
grant update on assessments.item_ask, assessments.item_draft to ikms_definer;
create trigger never_edited before update or delete on assessments.model_call
  for each row execute function assessments.refuse_change();

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Writes a call down, for a marker or an author.
create function assessments.note_model_call(task text, host text, outcome text, milliseconds integer, sent integer, got integer)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if not assessments.my_duties() && array['marker', 'author'] then
    raise insufficient_privilege using message = 'only a marker or an author may do this';
  end if;
  insert into assessments.model_call (person_id, task, host, outcome, milliseconds, sent_bytes, got_bytes)
  select m.person_id, task, host, outcome, milliseconds, sent, got from access.my_mandate() m;
end $$;

-- The author of this transaction.
create function assessments.asking_author() returns bigint stable security definer
language plpgsql set search_path = '' as $$
begin
  if not 'author' = any (assessments.my_duties()) then
    raise insufficient_privilege using message = 'only an author may do this';
  end if;
  return (select m.person_id from access.my_mandate() m);
end $$;

-- Writes down what is asked of a model. Null: the author waits for an answer already, or has asked a hundred times in a day.
create function assessments.ask_item(wanted jsonb, asked_host text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  who  bigint := assessments.asking_author();
  made uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('assessments.item_ask', who));
  if exists (select from assessments.item_ask a where a.asked_by = who and a.outcome is null
               and a.asked_at > now() - interval '5 minutes')
     or (select count(*) from assessments.item_ask a where a.asked_by = who and a.asked_at > now() - interval '1 day') >= 100 then
    return null;
  end if;
  insert into assessments.item_ask (asked_by, host, request) values (who, asked_host, wanted) returning ask_uuid into made;
  return made;
end $$;

-- Keeps what came of what the caller asked. False: it is not the caller's, or was answered already.
create function assessments.answer_ask(wanted uuid, ending text, named text, words text, drafts jsonb) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  who   bigint := assessments.asking_author();
  found bigint;
begin
  update assessments.item_ask a set outcome = ending, model = named, said = words, answered_at = clock_timestamp()
   where a.ask_uuid = wanted and a.asked_by = who and a.outcome is null
  returning a.ask_id into found;
  if found is null then
    return false;
  end if;
  insert into assessments.item_draft (ask_id, number, content, faults)
  select found, d.number, nullif(d.said -> 'content', 'null'), d.said -> 'faults'
    from jsonb_array_elements(drafts) with ordinality as d (said, number);
  return true;
end $$;

-- The author who asked accepts a draft, which is now the first version of the item `made`, word by word; or declines it. False: there
-- is no such draft of the caller to decide about, or the item is another.
create function assessments.decide_draft(wanted uuid, verdict text, words text, made uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  who     bigint := assessments.asking_author();
  draft   assessments.item_draft;
  version bigint;
begin
  select d.* into draft
    from assessments.item_draft d join assessments.item_ask a using (ask_id)
   where d.draft_uuid = wanted and a.asked_by = who and d.decision is null and d.content is not null for update of d;
  if draft.draft_id is null then
    return false;
  end if;
  if verdict = 'accepted' then
    select v.item_version_id into version
      from assessments.item i
      join assessments.item_version v using (item_id)
      join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
     where i.item_uuid = made and i.state = 'draft' and v.made_by = who and v.number = 1
       and t.content = (draft.content -> 'texts' -> 0) - 'keys'
       and not exists (select from assessments.item_version w where w.item_id = i.item_id and w.number > 1);
    if version is null then
      return false;
    end if;
  end if;
  update assessments.item_draft d
     set decision = verdict, decided_at = now(), reason = nullif(words, ''), item_version_id = version
   where d.draft_id = draft.draft_id;
  return true;
end $$;

-- What was asked, newest first: one's own for an author, everything for a keeper.
create function assessments.item_asks(only_one uuid, most integer)
returns table (id uuid, asked_at timestamptz, asked_by text, is_own boolean, host text, model text, request jsonb, outcome text,
               drafts integer, faulty integer, accepted integer, declined integer)
language sql stable security definer set search_path = '' as $$
  with me as (select m.person_id, assessments.my_duties() as duties from access.my_mandate() m)
  select a.ask_uuid, a.asked_at, p.display_name, a.asked_by = me.person_id, a.host, a.model, a.request,
         coalesce(a.outcome, case when a.asked_at > now() - interval '5 minutes' then 'waiting' else 'lost' end),
         n.drafts, n.faulty, n.accepted, n.declined
    from me
    join assessments.item_ask a on ('author' = any (me.duties) and a.asked_by = me.person_id) or 'keeper' = any (me.duties)
    left join access.person p on p.person_id = a.asked_by
    cross join lateral (
      select count(*)::integer as drafts, (count(*) filter (where d.content is null))::integer as faulty,
             (count(*) filter (where d.decision = 'accepted'))::integer as accepted,
             (count(*) filter (where d.decision = 'declined'))::integer as declined
        from assessments.item_draft d where d.ask_id = a.ask_id) n
   where only_one is null or a.ask_uuid = only_one
   order by a.ask_id desc limit most
$$;

-- Drafts of an answer the caller may see. Of an accepted one the item is the place to look: who may read it there is said there.
create function assessments.ask_drafts(wanted uuid)
returns table (id uuid, number smallint, content jsonb, faults jsonb, decision text, decided_at timestamptz, reason text,
               item_id uuid, item_code text)
language sql stable security definer set search_path = '' as $$
  select d.draft_uuid, d.number, case when d.decision is distinct from 'accepted' then d.content end, d.faults, d.decision, d.decided_at,
         d.reason, i.item_uuid, i.code
    from assessments.item_asks(wanted, 1) seen
    join assessments.item_ask a on a.ask_uuid = seen.id
    join assessments.item_draft d using (ask_id)
    left join assessments.item_version v using (item_version_id)
    left join assessments.item i using (item_id)
   order by d.number
$$;

-- The draft a caller may accept, with what was asked.
create function assessments.draft_to_decide(wanted uuid) returns table (content jsonb, request jsonb)
language sql stable security definer set search_path = '' as $$
  select d.content, a.request
    from assessments.item_draft d join assessments.item_ask a using (ask_id)
   where d.draft_uuid = wanted and a.asked_by = assessments.asking_author() and d.decision is null and d.content is not null
$$;

-- Where an item came from a model: which version, which model, who asked when, and what for (not while the item is secret, but for
-- its keeper). Nothing for an item people wrote.
create function assessments.suggested(wanted uuid)
returns table (version smallint, host text, model text, asked_at timestamptz, asked_by text, request jsonb)
language sql stable security definer set search_path = '' as $$
  select v.number, a.host, a.model, a.asked_at, p.display_name,
         case when assessments.readable_version(wanted) is not null then a.request end
    from assessments.item i
    join assessments.item_version v using (item_id)
    join assessments.item_draft d using (item_version_id)
    join assessments.item_ask a using (ask_id)
    left join access.person p on p.person_id = a.asked_by
   where i.item_uuid = wanted and (select assessments.has_duty())
$$;

do $$
declare
  f text;
begin
  foreach f in array array['note_model_call(text, text, text, integer, integer, integer)', 'asking_author()', 'ask_item(jsonb, text)',
    'answer_ask(uuid, text, text, text, jsonb)', 'decide_draft(uuid, text, text, uuid)', 'item_asks(uuid, integer)', 'ask_drafts(uuid)',
    'draft_to_decide(uuid)', 'suggested(uuid)'] loop
    execute format('revoke execute on function assessments.%s from public', f);
    if f <> 'asking_author()' then
      execute format('grant execute on function assessments.%s to tier_teacher, tier_researcher, tier_analyst, tier_steward', f);
    end if;
  end loop;
end $$;
reset role;
revoke create on schema assessments from ikms_definer;
