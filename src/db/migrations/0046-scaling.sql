-- Scaling: what the answers to a round say about its items and people, on which scale, and at which scores levels begin.
-- Units: abilities and parameters are in logits; scores, errors and cuts are points of the reporting scale.
--
-- A run is kept whole and never edited once it is made: what it read (as a hash), with what seed, settings and version of the
-- program, what came of it. One run of a round is in force: the latest that was made. Decisions and bookmarks are added, never edited.

create table assessments.scaling_run (
  run_id      bigint      generated always as identity primary key,
  run_uuid    uuid        not null unique default gen_random_uuid(),
  round_id    bigint      not null references assessments.round,
  number      smallint    not null check (number > 0),     -- of the round
  seed        integer     not null check (seed >= 0),
  reason      text        check (length(reason) between 1 and 1000),
  asked_by    bigint,                                      -- access.person; null: the operator
  asked_at    timestamptz not null default now(),
  made_at     timestamptz,                                 -- null: not made yet
  program     text,
  settings    jsonb,
  input_hash  bytea,                                       -- of everything that was read
  output_hash bytea,                                       -- of everything that came of it: same input, seed and program, same bytes
  calibration jsonb,                                       -- items in logits of the round, with covariance: later rounds are linked to it
  scale       jsonb,                                       -- name and kind of the scale, and the way from logits of the round to points
  report      jsonb,                                       -- for the psychometrician; figures of items and groups, nobody's own
  pupils      integer     generated always as ((report ->> 'pupils')::integer) stored,
  flags       integer     generated always as (jsonb_array_length(report -> 'flags')) stored,
  in_force    boolean     not null default false,
  unique (round_id, number),
  check (num_nulls(made_at, program, settings, input_hash, output_hash, calibration, scale, report) in (0, 8)),
  check (not in_force or made_at is not null)
);
create unique index on assessments.scaling_run (round_id) where in_force;

-- That an item is left out of a round, or an anchor no longer links; and that it counts again. The latest one holds.
create table assessments.scaling_decision (
  decision_id     bigint      generated always as identity primary key,
  round_id        bigint      not null references assessments.round,
  item_version_id bigint      not null references assessments.item_version,
  kind            text        not null check (kind in ('drop_item', 'keep_item', 'drop_anchor', 'keep_anchor')),
  reason          text        not null check (length(reason) between 1 and 1000),
  made_by         bigint,                                  -- access.person; null: the operator
  made_at         timestamptz not null default now()
);
create index on assessments.scaling_decision (round_id);

-- A panel sets a standard by bookmarks in a booklet that has the items in order of the ability with which they are mastered.
create table assessments.panel (
  panel_id     bigint      generated always as identity primary key,
  panel_uuid   uuid        not null unique default gen_random_uuid(),
  run_id       bigint      not null references assessments.scaling_run,
  name         text        not null check (length(name) between 1 and 200),
  state        text        not null default 'open' check (state in ('open', 'closed')),
  panel_round  smallint    not null default 1 check (panel_round between 1 and 3),
  mastery      real        not null check (mastery between 0.5 and 0.9),
  made_by      bigint,
  made_at      timestamptz not null default now()
);
create table assessments.panel_place (
  panel_id        bigint           not null references assessments.panel,
  place           smallint         not null check (place > 0),
  item_version_id bigint           not null references assessments.item_version,
  points          smallint         not null check (points > 0),  -- this many points of the item, or more
  location        double precision not null,                     -- points of the scale: mastered from there on
  primary key (panel_id, place)
);
create table assessments.bookmark (
  panel_id    bigint      not null references assessments.panel,
  panel_round smallint    not null check (panel_round between 1 and 3),
  person_id   bigint      not null,                              -- access.person
  cut         smallint    not null check (cut between 1 and 3),  -- where level cut + 1 begins
  place       smallint    not null,                              -- last place that a pupil who just reaches the level masters
  made_at     timestamptz not null default now(),
  primary key (panel_id, panel_round, person_id, cut),
  foreign key (panel_id, place) references assessments.panel_place
);

-- Where levels begin, by version; the highest version that holds in a school year is in force there.
create table assessments.standard (
  standard_id bigint             generated always as identity primary key,
  domain      text               not null check (domain in ('reading', 'numeracy', 'science')),
  grade       smallint           not null check (grade between 0 and 9),
  version     smallint           not null check (version > 0),
  scale       text               not null,                       -- name of the scale its cuts are points of
  from_year   smallint           not null check (from_year between 2000 and 2100),
  cuts        double precision[] not null check (cardinality(cuts) = 3 and cuts[1] < cuts[2] and cuts[2] < cuts[3]),
  errors      double precision[] not null check (cardinality(errors) = 3),  -- of the panel's median
  panel_id    bigint             references assessments.panel,
  basis       text               not null check (length(basis) between 1 and 1000),
  made_by     bigint,
  made_at     timestamptz        not null default now(),
  unique (domain, grade, version)
);

select migration.protect(t::regclass) from unnest(array['assessments.scaling_run', 'assessments.scaling_decision', 'assessments.panel',
  'assessments.panel_place', 'assessments.bookmark', 'assessments.standard']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['scaling_run', 'scaling_decision', 'panel', 'panel_place', 'bookmark', 'standard'] loop
    execute format('grant select, insert, update on assessments.%I to ikms_definer', target);
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
  foreach target in array array['scaling_decision', 'panel_place', 'standard'] loop
    execute format('create trigger never_edited before update or delete on assessments.%I
      for each row execute function assessments.refuse_change()', target);
  end loop;
end $$;
grant delete on assessments.bookmark to ikms_definer;

-- What a run made stays; only whether it is in force changes.
create function assessments.refuse_other_run() returns trigger language plpgsql as $$
begin
  if old.made_at is not null and to_jsonb(new) - array['in_force', 'pupils', 'flags'] <> to_jsonb(old) - array['in_force', 'pupils', 'flags'] then
    raise exception using errcode = 'restrict_violation', message = 'a run that was made is never edited';
  end if;
  return new;
end $$;
create trigger never_edited before update on assessments.scaling_run for each row execute function assessments.refuse_other_run();

-- On which scale the results of a round are: results of rounds whose scale has the same name may be subtracted, others not.
-- Its linking error does not shrink with the number of pupils. Read by jobs and functions.
create view assessments.round_scale with (security_invoker = true) as
  select r.round_id, r.code, r.domain, r.grade, r.school_year, x.run_uuid, x.scale ->> 'name' as scale, x.scale ->> 'kind' as kind,
         (x.scale ->> 'linkError')::double precision as link_error
    from assessments.scaling_run x join assessments.round r using (round_id)
   where x.in_force;
grant select on assessments.round_scale to ikms_job, ikms_definer;

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Whether the caller scales rounds; whether the caller sits on panels.
create function assessments.has_duty_of(wanted text[]) returns boolean stable security definer
language sql set search_path = '' as $$ select assessments.my_duties() && wanted $$;

-- Lets the operator, jobs and psychometricians through. Answers who it is; null: the operator.
create function assessments.psychometrician() returns bigint stable security definer
language plpgsql set search_path = '' as $$
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  if not 'psychometrician' = any (assessments.my_duties()) then
    raise insufficient_privilege using message = 'only a psychometrician may do this';
  end if;
  return (select m.person_id from access.my_mandate() m);
end $$;

-- Why a round cannot be scaled now: not_there, round_not_closed, nobody_tested, answers_wait (for a marker), reason_missing (once
-- results were released, every new run corrects somebody's); null: it can.
create function assessments.scaling_hindrance(wanted text, reason text) returns text stable security definer
language plpgsql set search_path = '' as $$
declare
  found assessments.round;
begin
  select r.* into found from assessments.round r where r.code = wanted;
  if found.round_id is null then
    return 'not_there';
  elsif found.state not in ('closed', 'scaled', 'preliminary', 'official') then
    return 'round_not_closed';
  elsif not exists (select from assessments.participant p join assessments.item_score s using (participant_id)
                     where p.round_id = found.round_id and p.status = 'tested' and p.form_id is not null) then
    return 'nobody_tested';
  elsif exists (select from assessments.participant p join assessments.item_score s using (participant_id)
                 where p.round_id = found.round_id and p.status = 'tested' and s.state = 'waits') then
    return 'answers_wait';
  elsif found.state in ('preliminary', 'official') and nullif(btrim(reason), '') is null then
    return 'reason_missing';
  end if;
  return null;
end $$;

-- Puts down a run that is to be made. Answers its id and number.
create function assessments.new_run(wanted text, seed integer, reason text) returns assessments.scaling_run
language plpgsql volatile security definer set search_path = '' as $$
declare
  asker bigint := assessments.psychometrician();
  found assessments.round;
  made assessments.scaling_run;
begin
  select r.* into found from assessments.round r where r.code = wanted for update;
  insert into assessments.scaling_run (round_id, number, seed, reason, asked_by)
  select found.round_id, coalesce(max(x.number), 0) + 1, new_run.seed, nullif(btrim(new_run.reason), ''), asker
    from assessments.scaling_run x where x.round_id = found.round_id
  returning * into made;
  perform assessments.note_done('scale_round', 'round ' || found.round_uuid || ' run ' || made.number);
  return made;
end $$;

-- Asks for a round to be scaled, which a job does. Answers null, or why not (scaling_hindrance).
create function assessments.ask_scaling(wanted text, seed integer, reason text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  hindrance text;
  made assessments.scaling_run;
begin
  perform assessments.psychometrician();
  hindrance := assessments.scaling_hindrance(wanted, reason);
  if hindrance is not null then
    return hindrance;
  end if;
  made := assessments.new_run(wanted, seed, reason);
  perform jobs.ask('scale', jsonb_build_object('runId', made.run_id), made.run_uuid::text);
  return null;
end $$;

-- Leaves an item out of a round, or an anchor out of its link, or counts it again, from the next run on. False: the round has no
-- such item, or it is not an anchor, or it is so already.
create function assessments.decide_scaling(wanted text, item text, what text, reason text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  person bigint := assessments.psychometrician();
  round assessments.round;
  version bigint;
  latest text;
begin
  select r.* into round from assessments.round r where r.code = wanted for update;
  select x.item_version_id into version
    from assessments.round_form f join assessments.form_item x using (form_id)
    join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
   where f.round_id = round.round_id and i.code = item and (what not like '%\_anchor' or x.is_anchor) limit 1;
  if version is null or what is null or what not in ('drop_item', 'keep_item', 'drop_anchor', 'keep_anchor') then
    return false;
  end if;
  select d.kind into latest from assessments.scaling_decision d
   where d.round_id = round.round_id and d.item_version_id = version and split_part(d.kind, '_', 2) = split_part(what, '_', 2)
   order by d.decision_id desc limit 1;
  if coalesce(latest, 'keep_' || split_part(what, '_', 2)) = what then
    return false;
  end if;
  insert into assessments.scaling_decision (round_id, item_version_id, kind, reason, made_by)
  values (round.round_id, version, what, reason, person);
  perform assessments.note_done(what, 'round ' || round.round_uuid || ' item ' || item);
  return true;
end $$;

-- Opens a panel over the booklet of the run in force. Answers its id; null: the round has no run in force, or it has a panel open.
create function assessments.open_panel(wanted text, called text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  person bigint := assessments.psychometrician();
  run assessments.scaling_run;
  made assessments.panel;
begin
  select x.* into run from assessments.scaling_run x join assessments.round r using (round_id)
   where r.code = wanted and x.in_force for update;
  if run.run_id is null or exists (select from assessments.panel p join assessments.scaling_run x using (run_id)
                                    where x.round_id = run.round_id and p.state = 'open') then
    return null;
  end if;
  insert into assessments.panel (run_id, name, mastery, made_by)
  values (run.run_id, called, (run.settings ->> 'mastery')::real, person) returning * into made;
  insert into assessments.panel_place (panel_id, place, item_version_id, points, location)
  select made.panel_id, b.at, (b.said ->> 'versionId')::bigint, (b.said ->> 'points')::smallint, (b.said ->> 'location')::double precision
    from jsonb_array_elements(run.report -> 'booklet') with ordinality b (said, at);
  perform assessments.note_done('open_panel', 'panel ' || made.panel_uuid);
  return made.panel_uuid;
end $$;

-- Puts the caller's three bookmarks of this round of the panel; again until the round ends. Answers null, or why not: not_there,
-- closed, not_rising, no_such_place.
create function assessments.put_bookmarks(wanted uuid, places smallint[]) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  person bigint := (select m.person_id from access.my_mandate() m);
  found assessments.panel;
begin
  if session_user <> 'ikms_app' or not 'panellist' = any (assessments.my_duties()) then
    raise insufficient_privilege using message = 'only a panellist may do this';
  end if;
  select p.* into found from assessments.panel p where p.panel_uuid = wanted for update;
  if found.panel_id is null then
    return 'not_there';
  elsif found.state <> 'open' then
    return 'closed';
  elsif cardinality(places) <> 3 or not (places[1] < places[2] and places[2] < places[3]) then
    return 'not_rising';
  elsif (select count(*) from assessments.panel_place x where x.panel_id = found.panel_id and x.place = any (places)) <> 3 then
    return 'no_such_place';
  end if;
  delete from assessments.bookmark b
   where b.panel_id = found.panel_id and b.panel_round = found.panel_round and b.person_id = person;
  insert into assessments.bookmark (panel_id, panel_round, person_id, cut, place)
  select found.panel_id, found.panel_round, person, n, places[n] from generate_series(1, 3) n;
  perform assessments.note_done('put_bookmarks', 'panel ' || found.panel_uuid || ' round ' || found.panel_round);
  return null;
end $$;

-- What a round of a panel came to: median of the places' locations, spread and number of panellists, by cut. Of rounds that ended;
-- the psychometrician sees the one under way too.
create function assessments.panel_medians(wanted uuid)
returns table (panel_round smallint, cut smallint, median double precision, spread double precision, panellists integer)
stable security definer language sql set search_path = '' as $$
  select b.panel_round, b.cut, percentile_cont(0.5) within group (order by x.location), stddev_samp(x.location), count(*)::integer
    from assessments.panel p join assessments.bookmark b using (panel_id)
    join assessments.panel_place x on x.panel_id = b.panel_id and x.place = b.place
   where p.panel_uuid = wanted and assessments.has_duty_of(array['psychometrician', 'panellist'])
     and (b.panel_round < p.panel_round or p.state = 'closed' or assessments.has_duty_of(array['psychometrician']))
   group by 1, 2 order by 1, 2
$$;

-- Ends the round of a panel: the next begins, or after the third (or where it is wanted) the panel is closed. False: it was closed, or
-- nobody has put bookmarks in this round.
create function assessments.end_panel_round(wanted uuid, closes boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.panel;
begin
  perform assessments.psychometrician();
  select p.* into found from assessments.panel p where p.panel_uuid = wanted for update;
  if found.panel_id is null or found.state = 'closed'
     or not exists (select from assessments.bookmark b where b.panel_id = found.panel_id and b.panel_round = found.panel_round) then
    return false;
  end if;
  update assessments.panel p
     set state = case when closes or p.panel_round = 3 then 'closed' else 'open' end,
         panel_round = case when closes or p.panel_round = 3 then p.panel_round else p.panel_round + 1 end
   where p.panel_id = found.panel_id;
  perform assessments.note_done('end_panel_round', 'panel ' || found.panel_uuid || ' round ' || found.panel_round);
  return true;
end $$;

-- Makes what the last round of a closed panel came to the standard from a school year on. Answers null, or why not: not_there,
-- panel_open, few_panellists (one alone says nothing of how sure the panel is), not_rising (the medians).
create function assessments.adopt_standard(wanted uuid, since smallint, basis text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  person bigint := assessments.psychometrician();
  found assessments.panel;
  round assessments.round;
  cuts double precision[];
  errors double precision[];
  sat integer;
begin
  select p.* into found from assessments.panel p where p.panel_uuid = wanted for update;
  if found.panel_id is null then
    return 'not_there';
  elsif found.state <> 'closed' then
    return 'panel_open';
  end if;
  select r.* into round from assessments.round r join assessments.scaling_run x using (round_id) where x.run_id = found.run_id;
  -- The error of a median of n normal numbers is about √(π/2)·s/√n.
  select array_agg(m.median order by m.cut),
         array_agg(1.2533 * m.spread / sqrt(m.panellists) order by m.cut), min(m.panellists)
    into cuts, errors, sat
    from (select b.cut, percentile_cont(0.5) within group (order by x.location) as median, stddev_samp(x.location) as spread,
                 count(*) as panellists
            from assessments.bookmark b join assessments.panel_place x on x.panel_id = b.panel_id and x.place = b.place
           where b.panel_id = found.panel_id and b.panel_round = found.panel_round group by b.cut) m;
  if sat < 2 then
    return 'few_panellists';
  elsif not (cuts[1] < cuts[2] and cuts[2] < cuts[3]) then
    return 'not_rising';
  end if;
  insert into assessments.standard (domain, grade, version, scale, from_year, cuts, errors, panel_id, basis, made_by)
  select round.domain, round.grade,
         (select coalesce(max(s.version), 0) + 1 from assessments.standard s where s.domain = round.domain and s.grade = round.grade),
         x.scale ->> 'name', since, cuts, errors, found.panel_id, basis, person
    from assessments.scaling_run x where x.run_id = found.run_id;
  perform assessments.note_done('adopt_standard', 'panel ' || found.panel_uuid);
  return null;
end $$;

-- Words of the item at a place of the booklet, without keys, for whoever sits on the panel; every reading is written down.
create function assessments.read_panel_item(wanted uuid, at_place smallint)
returns table (item uuid, code text, version smallint, points smallint, content jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  version_id bigint;
begin
  select x.item_version_id into version_id from assessments.panel p join assessments.panel_place x using (panel_id)
   where p.panel_uuid = wanted and x.place = at_place and p.state = 'open'
     and assessments.has_duty_of(array['psychometrician', 'panellist']);
  if version_id is null then
    perform access.write_audit('read_item', 'panel ' || wanted || ' place ' || at_place, 'refused');
    return;
  end if;
  perform access.write_audit('read_item', 'panel ' || wanted || ' place ' || at_place, 'shown');
  return query
    select i.item_uuid, i.code, v.number, v.points, t.content
      from assessments.item_version v join assessments.item i using (item_id)
      join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
     where v.item_version_id = version_id;
end $$;

-- A picture of that item; the reading of the item was written down.
create function assessments.read_panel_media(wanted uuid, at_place smallint, file text) returns table (media_type text, bytes bytea)
stable security definer language sql set search_path = '' as $$
  select m.media_type, m.bytes
    from assessments.panel p join assessments.panel_place x using (panel_id)
    join assessments.item_media i using (item_version_id) join assessments.media m using (sha256)
   where p.panel_uuid = wanted and x.place = at_place and p.state = 'open' and i.name = file
     and assessments.has_duty_of(array['psychometrician', 'panellist'])
$$;

-- How scores are spread over the country, for a panel that has set its first bookmarks: without, nobody knows what cuts would mean.
create function assessments.panel_impact(wanted uuid) returns jsonb stable security definer
language sql set search_path = '' as $$
  select jsonb_build_object('bandwidth', x.report -> 'bandwidth', 'histogram', x.report -> 'histogram')
    from assessments.panel p join assessments.scaling_run x using (run_id)
   where p.panel_uuid = wanted
     and (assessments.has_duty_of(array['psychometrician'])
          or (assessments.has_duty_of(array['panellist']) and (p.panel_round > 1 or p.state = 'closed')))
$$;

-- Panels the caller leads or sits on, with the round they are about.
create function assessments.my_panels()
returns table (panel_uuid uuid, name text, round text, domain text, grade smallint, state text, panel_round smallint, made_at timestamptz)
stable security definer language sql set search_path = '' as $$
  select p.panel_uuid, p.name, r.code, r.domain, r.grade, p.state, p.panel_round, p.made_at
    from assessments.panel p join assessments.scaling_run x using (run_id) join assessments.round r using (round_id)
   where assessments.has_duty_of(array['psychometrician', 'panellist'])
$$;

-- The report of a run that was made; every reading is written down, because it tells which choice of a secret item is right.
create function assessments.read_run(wanted text, wanted_number smallint) returns table (settings jsonb, scale jsonb, report jsonb)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not assessments.has_duty_of(array['psychometrician']) then
    perform access.write_audit('read_scaling', 'round ' || wanted || ' run ' || wanted_number, 'refused');
    return;
  end if;
  return query
    select x.settings, x.scale, x.report from assessments.scaling_run x join assessments.round r using (round_id)
     where r.code = wanted and x.number = wanted_number and x.made_at is not null;
  perform access.write_audit('read_scaling', 'round ' || wanted || ' run ' || wanted_number, case when found then 'shown' else 'not_found' end);
end $$;

-- Names of those who asked for runs of a round and decided about it.
create function assessments.scaling_names(wanted text) returns table (person_id bigint, name text) stable security definer
language sql set search_path = '' as $$
  select p.person_id, p.display_name from access.person p
   where assessments.has_duty_of(array['psychometrician'])
     and p.person_id in (
       select x.asked_by from assessments.scaling_run x join assessments.round r using (round_id) where r.code = wanted
       union select d.made_by from assessments.scaling_decision d join assessments.round r using (round_id) where r.code = wanted)
$$;

do $$
declare
  f text;
begin
  foreach f in array array['has_duty_of(text[])', 'panel_impact(uuid)', 'scaling_names(text)', 'my_panels()', 'read_run(text, smallint)', 'read_panel_media(uuid, smallint, text)',
    'psychometrician()', 'scaling_hindrance(text, text)', 'new_run(text, integer, text)',
    'ask_scaling(text, integer, text)', 'decide_scaling(text, text, text, text)', 'open_panel(text, text)',
    'put_bookmarks(uuid, smallint[])', 'panel_medians(uuid)', 'end_panel_round(uuid, boolean)',
    'adopt_standard(uuid, smallint, text)', 'read_panel_item(uuid, smallint)'] loop
    execute format('revoke execute on function assessments.%s from public', f);
  end loop;
end $$;
grant execute on function assessments.scaling_hindrance(text, text), assessments.new_run(text, integer, text),
  assessments.ask_scaling(text, integer, text), assessments.decide_scaling(text, text, text, text),
  assessments.open_panel(text, text), assessments.end_panel_round(uuid, boolean), assessments.adopt_standard(uuid, smallint, text)
  to ikms_job;
grant execute on function assessments.has_duty_of(text[]), assessments.panel_impact(uuid), assessments.scaling_names(text),
  assessments.my_panels(), assessments.read_run(text, smallint),
  assessments.read_panel_media(uuid, smallint, text),
   assessments.scaling_hindrance(text, text),
  assessments.ask_scaling(text, integer, text), assessments.decide_scaling(text, text, text, text), assessments.open_panel(text, text),
  assessments.put_bookmarks(uuid, smallint[]), assessments.panel_medians(uuid), assessments.end_panel_round(uuid, boolean),
  assessments.adopt_standard(uuid, smallint, text), assessments.read_panel_item(uuid, smallint)
  to tier_teacher, tier_researcher, tier_analyst, tier_steward;
reset role;
revoke create on schema assessments from ikms_definer;

-- Who scales rounds reads all of it; who sits on a panel the panel, its booklet and the own bookmarks.
do $$
declare
  reader text;
  target text;
begin
  foreach reader in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
    foreach target in array array['scaling_run', 'scaling_decision', 'standard', 'bookmark'] loop
      execute format('grant select%s on assessments.%I to %I', case when target = 'scaling_run' then
        ' (run_id, run_uuid, round_id, number, seed, reason, asked_by, asked_at, made_at, program, input_hash, output_hash, scale, pupils, flags, in_force)'
        else '' end, target, reader);
      execute format('create policy %I on assessments.%I for select to %I using ((select assessments.has_duty_of(array[''psychometrician''])))',
        reader || '_scales', target, reader);
    end loop;
    foreach target in array array['panel', 'panel_place'] loop
      execute format('grant select on assessments.%I to %I', target, reader);
      execute format('create policy %I on assessments.%I for select to %I
        using ((select assessments.has_duty_of(array[''psychometrician'', ''panellist''])))', reader || '_sets', target, reader);
    end loop;
    execute format('create policy %I on assessments.bookmark for select to %I
      using (person_id = (select m.person_id from access.my_mandate() m))', reader || '_reads_own', reader);
  end loop;
end $$;

select pgboss.create_queue('scale', jsonb_build_object(
         'policy', 'stately', 'retryLimit', 3, 'retryDelay', 10, 'retryBackoff', true, 'retryDelayMax', 600,
         'expireInSeconds', 6 * 3600, 'retentionSeconds', 30 * 86400, 'deleteAfterSeconds', 90 * 86400));
