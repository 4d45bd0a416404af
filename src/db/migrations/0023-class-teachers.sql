-- Class teachers see the learners of their own classes. Who that is the register says: staff of it who sign in are known by their
-- code, and what they see follows the classes, not a list somebody keeps.

grant usage on schema identity to tier_teacher;
grant select on registry.class_group, registry.class_group_version, registry.employment to ikms_definer;
create policy definer_reads on registry.class_group for select to ikms_definer using (true);
create policy definer_reads on registry.class_group_version for select to ikms_definer using (true);
create policy definer_reads on registry.employment for select to ikms_definer using (true);

alter table access.mandate add check (tier <> 'teacher' or institution_id is not null) not valid;

grant create on schema access, identity to ikms_definer;
set local role ikms_definer;

-- Who of the staff the caller is: in the register under any of the caller's codes, and employed today where the mandate is for.
create function access.my_staff() returns setof bigint stable security definer
language sql set search_path = '' rows 1 as $$
  select s.staff_id
    from access.my_mandate() m
    join access.person_code c on c.person_id = m.person_id
    join identity.staff s on s.code_hash = c.code_hash
   where m.tier = 'teacher'
     and exists (select from registry.employment e
                  where e.staff_id = s.staff_id and e.institution_id = m.institution_id and e.superseded_by is null
                    and e.valid @> access.today())
$$;

-- Classes the caller is the class teacher of, in the latest school year of the school that has begun.
create function access.my_classes() returns setof bigint stable security definer
language sql set search_path = '' rows 2 as $$
  select v.class_group_id
    from access.my_mandate() m
    join registry.class_group_version v
      on v.institution_id = m.institution_id and v.superseded_by is null and v.class_teacher_id in (select access.my_staff())
   where v.school_year = (select max(latest.school_year) from registry.class_group_version latest
                           where latest.institution_id = m.institution_id and latest.superseded_by is null
                             and make_date(latest.school_year - 1, 9, 1) <= access.today())
$$;

-- Learners with an enrolment, now or ever, in an institution the caller answers for; of a class teacher, those who are in the
-- class, or were on its last day.
create or replace function access.my_learners() returns setof bigint stable security definer
language sql set search_path = '' rows 500 as $$
  select distinct e.learner_id from registry.enrolment e
   where e.superseded_by is null and e.institution_id in (select access.my_schools())
  union
  select e.learner_id -- by institution and year, as enrolments are indexed
    from registry.class_group_version v
    join registry.enrolment e on e.institution_id = v.institution_id and e.school_year = v.school_year
     and e.class_group_id = v.class_group_id and e.superseded_by is null
   where v.class_group_id in (select access.my_classes()) and v.superseded_by is null
     and upper(e.valid) > least(access.today(), make_date(e.school_year, 8, 31))
$$;

-- Sealed identity of the caller's own learners of one institution and year; every learner returned is written down.
create or replace function identity.read_learners(institution bigint, year smallint)
returns table (learner_id bigint, sealed_code bytea, sealed_name bytea)
language plpgsql volatile security definer set search_path = '' as $$
declare
  own bigint[];
  place uuid;
begin
  if institution in (select access.my_schools()) then
    select array_agg(distinct e.learner_id) into own from registry.enrolment e
     where e.superseded_by is null and e.institution_id = institution and e.school_year = year;
  elsif exists (select from access.my_classes()) then
    select array_agg(distinct e.learner_id) into own from registry.enrolment e
     where e.superseded_by is null and e.institution_id = institution and e.school_year = year
       and e.class_group_id in (select access.my_classes()) and e.learner_id in (select access.my_learners());
  else
    return;
  end if;
  select i.institution_uuid into place from registry.institution i where i.institution_id = institution;
  perform access.write_audit('read_learners', 'institution ' || place, 'shown', coalesce(own, '{}'));
  return query select p.learner_id, p.sealed_code, p.sealed_name from identity.person p where p.learner_id = any (own);
end $$;

-- Mandates of teachers that stand on the register follow it at every sign-in: made where somebody works, revoked where that
-- has ended. In between my_staff sees to it that an ended employment opens nothing.
create function access.settle_staff(who bigint) returns void
language sql volatile security definer set search_path = '' as $$
  with standing as (
    select distinct c.person_id, e.institution_id
      from access.person_code c
      join identity.staff s using (code_hash)
      join registry.employment e on e.staff_id = s.staff_id and e.superseded_by is null and e.valid @> access.today()
     where c.person_id = who
  ), revoked as (
    update access.mandate m set revoked_at = now()
     where m.source = 'staff register' and m.revoked_at is null and m.person_id = who
       and not exists (select from standing s
                        where s.person_id = m.person_id and s.institution_id = m.institution_id)
    returning m.mandate_id
  ), closed as (
    delete from access.session s using revoked r where s.mandate_id = r.mandate_id
  )
  insert into access.mandate (person_id, tier, institution_id, valid, source)
  select s.person_id, 'teacher', s.institution_id, daterange(access.today(), null), 'staff register' from standing s
   where not exists (select from access.mandate m
                      where m.person_id = s.person_id and m.tier = 'teacher' and m.institution_id = s.institution_id
                        and m.revoked_at is null and m.valid @> access.today())
$$;

-- As before, and staff of the register are made known at their first sign-in. The name of staff stands open in the audit trail:
-- whoever reads named learners in the course of duty is named there.
drop function access.begin_session(bytea, bytea, bytea, text, interval, bytea, bytea);
create function access.begin_session(token bytea, code bytea, name bytea, open_name text, csrf_token text, lasts interval,
                                     of_session bytea, of_subject bytea)
returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  who    bigint;
  self   bigint;
  chosen access.mandate;
  told   text;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(code, 'hex'), 0));
  select c.person_id into who from access.person_code c where c.code_hash = code;
  if who is null and (
    exists (select from identity.person p where p.code_hash = code)
    or exists (select from access.representation r
                where r.code_hash = code and r.ended_on is null and r.valid @> access.today())
    or exists (select from identity.staff s
                 join registry.employment e on e.staff_id = s.staff_id and e.superseded_by is null
                  and e.valid @> access.today()
                where s.code_hash = begin_session.code)
  ) then
    insert into access.person (display_name) values (null) returning person_id into who;
    insert into access.person_code (code_hash, person_id) values (code, who);
  end if;
  if who is not null then
    select p.learner_id into self
      from identity.person p join access.person_code c using (code_hash) where c.person_id = who limit 1;
    if self is not null and not exists (select from access.mandate m
        where m.person_id = who and m.tier = 'learner' and m.learner_id = self and m.revoked_at is null) then
      insert into access.mandate (person_id, tier, learner_id, valid, source)
      values (who, 'learner', self, daterange(access.today(), null), 'registry');
    end if;
    perform access.settle_representations(who);
    perform access.settle_staff(who);
    select m.* into chosen from access.mandate m
     where m.person_id = who and m.valid @> access.today() and m.revoked_at is null
     order by m.mandate_id limit 1;
    if chosen.mandate_id is not null then
      if exists (select from access.mandate m where m.person_id = who and m.source = 'staff register'
                    and m.revoked_at is null) then
        update access.person p set display_name = coalesce(p.display_name, open_name) where p.person_id = who;
      end if;
      update access.person p set sealed_name = name
       where p.person_id = who and p.display_name is null and name is not null;
      insert into access.session (token_hash, person_id, mandate_id, csrf, expires_at, signed_in_by, provider_session,
                                  provider_subject)
      values (token, who, chosen.mandate_id, csrf_token, now() + lasts, 'provider', of_session, of_subject);
    end if;
  end if;
  told := case when who is null then 'unknown' when chosen.mandate_id is null then 'no_mandate' else 'begun' end;
  insert into access.audit (person_id, mandate_id, tier, request_id, action, object, outcome)
  values (who, chosen.mandate_id, coalesce(chosen.tier, 'public'),
          coalesce(nullif(current_setting('app.request_id', true), ''), '-'), 'sign_in', 'session',
          case told when 'begun' then 'done' else 'refused' end);
  return told;
end $$;

revoke execute on function access.my_staff(), access.my_classes(), access.settle_staff(bigint),
  access.begin_session(bytea, bytea, bytea, text, text, interval, bytea, bytea) from public;
grant execute on function access.my_classes() to tier_school, tier_teacher;
grant execute on function access.my_schools(), access.my_learners(), identity.read_learners(bigint, smallint) to tier_teacher;
grant execute on function access.begin_session(bytea, bytea, bytea, text, text, interval, bytea, bytea) to ikms_app;
reset role;
revoke create on schema access, identity from ikms_definer;

-- Rows: the learners of the own classes, their place in the class, and their results.
grant select on registry.learner, registry.learner_version, registry.enrolment, records.result to tier_teacher;
create policy teacher_reads_own on registry.learner for select to tier_teacher
  using (learner_id in (select access.my_learners()));
create policy teacher_reads_own on registry.learner_version for select to tier_teacher
  using (learner_id in (select access.my_learners()));
create policy teacher_reads_own on registry.enrolment for select to tier_teacher
  using (class_group_id in (select access.my_classes()));
create policy teacher_reads_own on records.result for select to tier_teacher
  using (learner_id in (select access.my_learners()));
