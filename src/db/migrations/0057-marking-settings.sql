-- Whoever leads the marking of a round says how it is done, until the first answer lies before a marker.

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- Whether anybody has marked, or has an answer to mark before them.
create function assessments.marking_has_begun(wanted bigint) returns boolean stable security definer
language sql set search_path = '' as $$
  select exists (select from assessments.mark m join assessments.mark_task t using (task_id) where t.round_id = wanted)
      or exists (select from assessments.mark_lease l where l.round_id = wanted and l.until > now())
$$;

-- How a round is marked: shares 0–1, minutes. For whoever has a duty; no row: nobody marks in it.
create function assessments.marking_settings(wanted bigint)
returns table (double_share real, control_share real, lease_minutes real, hints boolean, may_change boolean)
language sql stable security definer set search_path = '' as $$
  select coalesce(m.double_share, 0.1), coalesce(m.control_share, 0.05), coalesce(extract(epoch from m.lease)::real / 60, 15),
         coalesce(m.hints, true),
         'coordinator' = any (assessments.my_duties()) and r.state in ('planned', 'rostered', 'open', 'closed')
           and not assessments.marking_has_begun(r.round_id)
    from assessments.round r left join assessments.marking m using (round_id)
   where r.round_id = wanted and r.grade > 0 and r.state <> 'cancelled' and (select assessments.has_duty())
$$;

-- Says it. Where answers are laid out already, which of them are marked twice is drawn anew, by the same seed. Null, or why not:
-- not_there, wrong_state (over, or marking has begun), wrong_number.
create function assessments.set_marking(wanted uuid, twice real, controls real, minutes integer, may_hint boolean) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found assessments.round;
begin
  perform assessments.coordinator();
  select r.* into found from assessments.round r where r.round_uuid = wanted;
  if found.round_id is null or found.grade = 0 then
    return 'not_there';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('assessments.mark_task', found.round_id)); -- nobody is given an answer meanwhile
  if found.state not in ('planned', 'rostered', 'open', 'closed') or assessments.marking_has_begun(found.round_id) then
    return 'wrong_state';
  elsif not coalesce(twice between 0 and 1 and controls between 0 and 0.5 and minutes between 2 and 120, false) then
    return 'wrong_number';
  end if;
  insert into assessments.marking as m (round_id, seed, double_share, control_share, lease, hints)
  values (found.round_id, hashtext(found.code), twice, controls, make_interval(mins => minutes), may_hint)
  on conflict (round_id) do update
     set double_share = excluded.double_share, control_share = excluded.control_share, lease = excluded.lease, hints = excluded.hints;
  update assessments.mark_task t set twice = drawn.twice, needed = case when drawn.twice then 2 else 1 end
    from (select k.task_id, (hashtextextended(k.participant_id || ' ' || k.position || ' ' || k.response, m.seed) & 65535)
                            < m.double_share * 65536 as twice
            from assessments.mark_task k join assessments.marking m using (round_id)
           where k.round_id = found.round_id and k.appeal_id is null) drawn
   where drawn.task_id = t.task_id and t.twice is distinct from drawn.twice;
  perform assessments.note_done('set_marking', 'round ' || wanted);
  return null;
end $$;

revoke execute on function assessments.marking_has_begun(bigint), assessments.marking_settings(bigint),
  assessments.set_marking(uuid, real, real, integer, boolean) from public;
grant execute on function assessments.marking_settings(bigint), assessments.set_marking(uuid, real, real, integer, boolean)
  to ikms_job, tier_teacher, tier_researcher, tier_analyst, tier_steward;
reset role;
revoke create on schema assessments from ikms_definer;
