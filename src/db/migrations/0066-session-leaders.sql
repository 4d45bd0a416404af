-- Who leads a session of a monitoring test. As long as the head names nobody, every teacher of the institution may; where somebody is
-- named, only they may. The head always may.

create table assessments.session_leader (
  session_id bigint      not null references assessments.session on delete cascade,
  mandate_id bigint      not null references access.mandate on delete cascade,
  named_at   timestamptz not null default now(),
  primary key (session_id, mandate_id)
);
create index on assessments.session_leader (mandate_id);
select migration.protect('assessments.session_leader');
grant select, insert, delete on assessments.session_leader to ikms_definer;
create policy definer_works on assessments.session_leader for all to ikms_definer using (true) with check (true);

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Whether a mandate may lead a session of its institution. A name whose mandate has ended stays in the list: it does not open the door to all.
create function assessments.may_lead(session bigint, mandate access.mandate) returns boolean
language sql stable security definer set search_path = '' as $$
  select mandate.tier = 'school'
      or (mandate.tier = 'teacher'
          and (not exists (select from assessments.session_leader l where l.session_id = session)
               or exists (select from assessments.session_leader l where l.session_id = session and l.mandate_id = mandate.mandate_id)))
$$;

-- As before (migration 42), but for those who are not named.
create or replace function assessments.my_room(wanted uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select n.session_id
    from assessments.session n
    join access.my_mandate() m on m.institution_id = n.institution_id and assessments.may_lead(n.session_id, m)
   where n.session_uuid = wanted
$$;

create or replace function assessments.rooms()
returns table (id uuid, label text, state text, planned_at timestamptz, round_uuid uuid, name_lv text, name_en text, round_state text,
               opens_at timestamptz, closes_at timestamptz, minutes smallint, expected integer, present integer, done integer)
language sql stable security definer set search_path = '' as $$
  select n.session_uuid, n.label, n.state, n.planned_at, r.round_uuid, r.name_lv, r.name_en, r.state, r.opens_at, r.closes_at, r.minutes,
         count(p.participant_id) filter (where p.status <> 'exempt')::integer,
         count(p.participant_id) filter (where exists (select from assessments.sitting t where t.participant_id = p.participant_id))::integer,
         count(p.finished_at)::integer
    from assessments.session n
    join access.my_mandate() m on m.institution_id = n.institution_id and assessments.may_lead(n.session_id, m)
    join assessments.round r using (round_id)
    left join assessments.participant p on p.session_id = n.session_id
   where r.state in ('rostered', 'open', 'closed')
   group by n.session_id, r.round_id
   order by coalesce(n.planned_at, r.opens_at), r.round_id, n.label
$$;

-- Teachers of the institution of an own session, and who of them is named to lead it; for its head.
create function assessments.session_staff(wanted uuid) returns table (mandate uuid, name text, leads boolean)
language sql stable security definer set search_path = '' as $$
  select m.mandate_uuid, p.display_name,
         exists (select from assessments.session_leader l where l.session_id = n.session_id and l.mandate_id = m.mandate_id)
    from assessments.session n
    join access.mandate m on m.institution_id = n.institution_id and m.tier = 'teacher'
     and m.valid @> access.today() and m.revoked_at is null
    join access.person p using (person_id)
   where n.session_uuid = wanted and n.institution_id in (select access.my_schools())
$$;

-- The head names who leads a session, or with nobody in the list leaves it to all teachers again. Null, or why not: not_there, wrong_state
-- (it is over), not_staff.
create function assessments.set_leaders(wanted uuid, mandates uuid[]) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.session;
begin
  select s.* into found from assessments.session s
   where s.session_uuid = wanted and s.institution_id in (select access.my_schools()) for update;
  if found.session_id is null then
    return 'not_there';
  elsif not exists (select from assessments.round r where r.round_id = found.round_id and r.state in ('rostered', 'open')) then
    return 'wrong_state';
  elsif exists (select from unnest(mandates) x (mandate) where x.mandate not in (select t.mandate from assessments.session_staff(wanted) t)) then
    return 'not_staff';
  end if;
  delete from assessments.session_leader l where l.session_id = found.session_id;
  insert into assessments.session_leader (session_id, mandate_id)
  select found.session_id, m.mandate_id from access.mandate m where m.mandate_uuid = any (mandates);
  perform access.write_audit('set_leaders', 'session ' || wanted, 'done');
  return null;
end $$;

revoke execute on function assessments.may_lead(bigint, access.mandate), assessments.session_staff(uuid),
  assessments.set_leaders(uuid, uuid[]) from public;
grant execute on function assessments.session_staff(uuid), assessments.set_leaders(uuid, uuid[]) to tier_school;
reset role;
revoke create on schema assessments from ikms_definer;
