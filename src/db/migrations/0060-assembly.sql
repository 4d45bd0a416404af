-- From items to a form: what a form is to be like, what was chosen for it, changed by hand and saved.
-- Units: shares 0–1 of the points of a form; cuts are points of the reporting scale; parameters are in logits of the base of their scale.
--
-- An assembly keeps its plan and what the solver said as they were; only what is chosen changes, a step at a time, until it is saved
-- as a form.

alter table assessments.form add column minutes smallint check (minutes between 1 and 300);  -- to work; null: not said

create table assessments.assembly (
  assembly_id   bigint      generated always as identity primary key,
  assembly_uuid uuid        not null unique default gen_random_uuid(),
  domain        text        not null check (domain in ('reading', 'numeracy', 'science')),
  grade         smallint    not null check (grade between 0 and 9),
  plan          jsonb       not null,                  -- shape: assessments/assembly
  found         text        not null check (found in ('best', 'within_time', 'infeasible', 'gave_up')),
  broken        jsonb       not null default '[]',     -- demands the bank cannot meet together, where it cannot
  chosen        text[]      not null,                  -- codes of items, in order
  made_by       bigint,                                -- access.person; null: the operator
  made_at       timestamptz not null default now(),
  form_id       bigint      references assessments.form,
  saved_by      bigint,
  saved_at      timestamptz,
  reason        text        check (length(reason) between 1 and 1000),
  check (num_nulls(form_id, saved_at, reason) in (0, 3))
);
create index on assessments.assembly (form_id);

-- An item that was put in the place of another by hand.
create table assessments.assembly_step (
  assembly_id bigint      not null references assessments.assembly,
  number      smallint    not null check (number > 0),
  at          timestamptz not null default now(),
  person_id   bigint,
  taken_out   text        not null,
  put_in      text        not null,
  primary key (assembly_id, number)
);

select migration.protect(t::regclass) from unnest(array['assessments.assembly', 'assessments.assembly_step']) as t;
do $$
declare
  target text;
begin
  foreach target in array array['assembly', 'assembly_step'] loop
    execute format('grant select, insert, update on assessments.%I to ikms_definer', target);
    execute format('create policy definer_works on assessments.%I for all to ikms_definer using (true) with check (true)', target);
  end loop;
end $$;
create trigger never_edited before update or delete on assessments.assembly_step
  for each row execute function assessments.refuse_change();

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Lets the operator, jobs, coordinators and psychometricians through. Answers who it is; null: the operator.
create function assessments.form_maker() returns bigint stable security definer
language plpgsql set search_path = '' as $$
begin
  if session_user <> 'ikms_app' then
    return null;
  end if;
  if not assessments.my_duties() && array['coordinator', 'psychometrician'] then
    raise insufficient_privilege using message = 'only a coordinator or a psychometrician may do this';
  end if;
  return (select m.person_id from access.my_mandate() m);
end $$;

create function assessments.makes_forms() returns boolean stable security definer
language sql set search_path = '' as $$ select assessments.my_duties() && array['coordinator', 'psychometrician'] $$;

-- Puts a form together from the newest versions of items, given by code in order; a draft may be written again.
-- Answers null, or why not: form_fixed, no_items, item_unknown, item_twice, item_elsewhere (another domain; another grade, but
-- an anchor may be of another grade).
create or replace function assessments.write_form(wanted jsonb) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.form_maker();
  found assessments.form;
begin
  select f.* into found from assessments.form f where f.code = wanted ->> 'code' for update;
  if found.state = 'fixed' then
    return 'form_fixed';
  elsif jsonb_array_length(wanted -> 'items') = 0 then
    return 'no_items';
  elsif (select count(*) <> count(distinct i ->> 'code') from jsonb_array_elements(wanted -> 'items') i) then
    return 'item_twice';
  elsif exists (select from jsonb_array_elements(wanted -> 'items') i
                 where not exists (select from assessments.item x where x.code = i ->> 'code')) then
    return 'item_unknown';
  elsif exists (select from jsonb_array_elements(wanted -> 'items') i
                  join assessments.item x on x.code = i ->> 'code'
                  join lateral (select w.* from assessments.item_version w where w.item_id = x.item_id order by w.number desc limit 1) v on true
                 where v.domain <> wanted ->> 'domain'
                    or (v.grade <> (wanted ->> 'grade')::smallint and not coalesce((i ->> 'anchor')::boolean, false))) then
    return 'item_elsewhere';
  end if;
  if found.form_id is null then
    insert into assessments.form (code, domain, grade, minutes, made_by)
    values (wanted ->> 'code', wanted ->> 'domain', (wanted ->> 'grade')::smallint, (wanted ->> 'minutes')::smallint, maker) returning * into found;
  else
    update assessments.form f
       set domain = wanted ->> 'domain', grade = (wanted ->> 'grade')::smallint, minutes = (wanted ->> 'minutes')::smallint
     where f.form_id = found.form_id returning * into found;
    delete from assessments.form_item x where x.form_id = found.form_id;
  end if;
  insert into assessments.form_item (form_id, position, item_version_id, is_anchor)
  select found.form_id, i.at, v.item_version_id, coalesce((i.said ->> 'anchor')::boolean, false)
    from jsonb_array_elements(wanted -> 'items') with ordinality i (said, at)
    join assessments.item x on x.code = i.said ->> 'code'
    join lateral (select w.* from assessments.item_version w where w.item_id = x.item_id order by w.number desc limit 1) v on true;
  perform assessments.note_done('write_form', 'form ' || found.form_uuid);
  return null;
end $$;

-- Items in use that a form of a domain and grade could have, with how they measured in the last scaled round that has them. An item
-- of another grade only where it stands in the form that is to be linked to.
create function assessments.assembly_bank(wanted_domain text, wanted_grade smallint, anchor_form uuid)
returns table (item uuid, code text, state text, grade smallint, strand text, process text, points smallint, interactions text[],
               stimulus text, is_anchor boolean, forms integer, measured jsonb)
stable security definer language sql set search_path = '' as $$
  select i.item_uuid, i.code, i.state, v.grade, v.strand, v.process, v.points, v.interactions, t.content -> 'stimulus' ->> 'code',
         a.item_id is not null,
         (select count(distinct f.form_id)::integer from assessments.form f
            join assessments.form_item x using (form_id) join assessments.item_version w using (item_version_id)
           where w.item_id = i.item_id and f.state = 'fixed' and f.domain = wanted_domain and f.grade = wanted_grade),
         (select jsonb_build_object('round', p.round, 'model', p.model, 'slope', p.slope, 'intercepts', p.intercepts,
                                    'guessing', p.guessing, 'scale', s.scale)
            from assessments.item_parameter p
            join assessments.round r on r.code = p.round
            join assessments.scaling_run s on s.round_id = r.round_id and s.in_force
           where p.item_version_id = v.item_version_id order by p.calibrated_at desc limit 1)
    from assessments.item i
    join lateral (select w.* from assessments.item_version w where w.item_id = i.item_id order by w.number desc limit 1) v on true
    join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
    left join lateral (select w.item_id from assessments.form f join assessments.form_item x using (form_id)
                         join assessments.item_version w using (item_version_id)
                        where f.form_uuid = anchor_form and w.item_id = i.item_id limit 1) a on true
   where v.domain = wanted_domain and i.state in ('pilot', 'calibrated', 'live')
     and (v.grade = wanted_grade or a.item_id is not null) and (select assessments.makes_forms())
   order by i.code
$$;

-- How many fixed forms there are of a domain and grade, and where its levels begin (null: no standard).
create function assessments.assembly_aims(wanted_domain text, wanted_grade smallint)
returns table (forms integer, scale text, cuts double precision[])
stable security definer language sql set search_path = '' as $$
  select (select count(*)::integer from assessments.form f where f.state = 'fixed' and f.domain = wanted_domain and f.grade = wanted_grade),
         s.scale, s.cuts
    from (select) one
    left join lateral (select x.scale, x.cuts from assessments.standard x
                        where x.domain = wanted_domain and x.grade = wanted_grade order by x.version desc limit 1) s on true
   where (select assessments.makes_forms())
$$;

-- Keeps what was put together. Answers its id.
create function assessments.keep_assembly(said jsonb, what text, not_met jsonb, items text[]) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.form_maker();
  made  uuid;
begin
  insert into assessments.assembly (domain, grade, plan, found, broken, chosen, made_by)
  values (said ->> 'domain', (said ->> 'grade')::smallint, said, what, not_met, items, maker)
  returning assembly_uuid into made;
  return made;
end $$;

-- Puts an item in the place of another. Answers null, or why not: not_there, assembly_saved, assembly_changed.
create function assessments.change_assembly(wanted uuid, out_code text, in_code text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.form_maker();
  found assessments.assembly;
begin
  select a.* into found from assessments.assembly a where a.assembly_uuid = wanted for update;
  if found.assembly_id is null then
    return 'not_there';
  elsif found.saved_at is not null then
    return 'assembly_saved';
  elsif not out_code = any (found.chosen) or in_code = any (found.chosen) then
    return 'assembly_changed';
  end if;
  update assessments.assembly a set chosen = array_replace(found.chosen, out_code, in_code) where a.assembly_id = found.assembly_id;
  insert into assessments.assembly_step (assembly_id, number, person_id, taken_out, put_in)
  select found.assembly_id, coalesce(max(s.number), 0) + 1, maker, out_code, in_code
    from assessments.assembly_step s where s.assembly_id = found.assembly_id;
  return null;
end $$;

-- Saves what was chosen as a draft of a form, where it still is what the caller looked at. Answers null, or why not: not_there,
-- assembly_saved, assembly_changed, code_taken, reason_missing, or what write_form says.
create function assessments.save_assembly(wanted uuid, form jsonb, why text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  maker bigint := assessments.form_maker();
  found assessments.assembly;
  fault text;
begin
  select a.* into found from assessments.assembly a where a.assembly_uuid = wanted for update;
  if found.assembly_id is null then
    return 'not_there';
  elsif found.saved_at is not null then
    return 'assembly_saved';
  elsif found.chosen <> array(select i ->> 'code' from jsonb_array_elements(form -> 'items') i) then
    return 'assembly_changed';
  elsif nullif(btrim(why), '') is null then
    return 'reason_missing';
  elsif exists (select from assessments.form f where f.code = form ->> 'code') then
    return 'code_taken';
  end if;
  fault := assessments.write_form(form || jsonb_build_object('domain', found.domain, 'grade', found.grade));
  if fault is not null then
    return fault;
  end if;
  update assessments.assembly a
     set form_id = (select f.form_id from assessments.form f where f.code = form ->> 'code'),
         saved_by = maker, saved_at = now(), reason = btrim(why)
   where a.assembly_id = found.assembly_id;
  return null;
end $$;

-- Names of those who made, changed or saved an assembly.
create function assessments.assembly_names(wanted bigint) returns table (person_id bigint, name text) stable security definer
language sql set search_path = '' as $$
  select p.person_id, p.display_name from access.person p
   where (select assessments.makes_forms())
     and p.person_id in (
       select unnest(array[a.made_by, a.saved_by]) from assessments.assembly a where a.assembly_id = wanted
       union select s.person_id from assessments.assembly_step s where s.assembly_id = wanted)
$$;

do $$
declare
  f text;
begin
  foreach f in array array['form_maker()', 'makes_forms()', 'assembly_bank(text, smallint, uuid)', 'assembly_aims(text, smallint)',
    'keep_assembly(jsonb, text, jsonb, text[])', 'change_assembly(uuid, text, text)', 'save_assembly(uuid, jsonb, text)',
    'assembly_names(bigint)'] loop
    execute format('revoke execute on function assessments.%s from public', f);
  end loop;
  foreach f in array array['makes_forms()', 'assembly_bank(text, smallint, uuid)', 'assembly_aims(text, smallint)',
    'keep_assembly(jsonb, text, jsonb, text[])', 'change_assembly(uuid, text, text)', 'save_assembly(uuid, jsonb, text)',
    'assembly_names(bigint)'] loop
    execute format('grant execute on function assessments.%s to tier_teacher, tier_researcher, tier_analyst, tier_steward', f);
  end loop;
end $$;
reset role;
revoke create on schema assessments from ikms_definer;

-- Who makes forms reads how they were put together.
do $$
declare
  reader text;
begin
  foreach reader in array array['tier_teacher', 'tier_researcher', 'tier_analyst', 'tier_steward'] loop
    execute format('grant select on assessments.assembly, assessments.assembly_step to %I', reader);
    execute format('create policy %I on assessments.assembly for select to %I using ((select assessments.makes_forms()))', reader || '_makes', reader);
    execute format('create policy %I on assessments.assembly_step for select to %I using ((select assessments.makes_forms()))', reader || '_makes', reader);
  end loop;
end $$;
