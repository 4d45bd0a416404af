-- A notice that a result appeared says of which round, so that it leads to that very result.

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- As before (migration 44), and beside it the code of the round.
drop function assessments.fresh_results(integer);
create function assessments.fresh_results(days integer)
returns table (round text, name_lv text, name_en text, appeared_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.code, r.name_lv, r.name_en, s.made_at
    from access.my_learner() mine
    join assessments.outcome o on o.learner_id = mine and o.ended_at is null
    join assessments.round r on r.round_id = o.round_id and r.state = 'official'
    join assessments.release_step s on s.round_id = r.round_id and s.step = 'official'
   where s.made_at > now() - make_interval(days => days)
   order by s.made_at desc, r.code
$$;

revoke execute on function assessments.fresh_results(integer) from public;
grant execute on function assessments.fresh_results(integer) to tier_learner, tier_parent;
reset role;
revoke create on schema assessments from ikms_definer;
