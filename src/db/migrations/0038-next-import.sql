-- Whoever corrects something at the source wants to know when it will be seen here: the time of the next delivery that is due by itself.
-- Nothing else of the feeds is told.

grant create on schema checks to ikms_definer;
set local role ikms_definer;
create function checks.next_arrival() returns timestamptz
language sql stable security definer set search_path = '' as $$
  select min(f.next_at) from feeds.feed f where not f.is_paused
$$;
revoke execute on function checks.next_arrival() from public;
grant execute on function checks.next_arrival() to tier_school, tier_municipality;
reset role;
revoke create on schema checks from ikms_definer;
