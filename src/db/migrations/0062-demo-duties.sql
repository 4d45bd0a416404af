-- Made-up people to sign in as say what they are there for: many have a tier that opens nothing but its duty.

grant create on schema access to ikms_definer;
set local role ikms_definer;

drop function access.demo_people();
create function access.demo_people()
returns table (person_uuid uuid, display_name text, tier text, place_lv text, place_en text, duties text[])
language sql stable security definer set search_path = '' as $$
  select p.person_uuid, p.display_name, m.tier, coalesce(i.name_lv, t.name_lv), coalesce(i.name_en, t.name_en),
         array(select d.duty from assessments.duty d
                where d.mandate_id = m.mandate_id and d.valid @> access.today() order by d.duty_id)
    from access.person p
    join access.mandate m on m.person_id = p.person_id and m.valid @> access.today() and m.revoked_at is null
    left join lateral (select e.institution_id from registry.enrolment e
                        where e.learner_id = m.learner_id and e.superseded_by is null
                        order by e.school_year desc, e.main desc, e.valid desc limit 1) e on true
    left join registry.institution_version i
      on i.institution_id = coalesce(m.institution_id, e.institution_id) and i.superseded_by is null
     and i.valid @> access.today()
    left join registry.territory_version t
      on t.territory_id = m.territory_id and t.superseded_by is null and t.valid @> access.today()
   where p.demo and not exists (select from intake.import x where x.data_kind = 'real')
   order by p.person_id, m.mandate_id
$$;

revoke execute on function access.demo_people() from public;
grant execute on function access.demo_people() to ikms_app;

reset role;
revoke create on schema access from ikms_definer;
