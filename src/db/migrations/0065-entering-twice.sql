-- A code that is sent twice, because nobody answered at once, is one entering: the device keeps its sitting, in whatever order the two are
-- worked at. An entering that was asked for before another one never ends what that one began.
-- Units: milliseconds; times are instants of the server's clock.

grant create on schema assessments to ikms_definer;
set local role ikms_definer;

-- As before (migration 42). `token` is the same where the same form of a page is sent again; `waited` is how long the request has waited
-- here for its turn. `assessments.sitting.opened_at` is when it was asked for.
drop function assessments.enter(bytea, bytea);
create function assessments.enter(entry bytea, token bytea, waited integer) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  who   assessments.participant;
  room  assessments.session;
  asked timestamptz := clock_timestamp() - make_interval(secs => least(greatest(waited, 0), 300000) / 1000.0);
  -- An entering of a later moment was worked at before this one: this one has nothing to say any more.
  is_overtaken boolean;
begin
  -- The session before the participant, as who starts the session does: then nobody waits in a circle, and nobody who enters in
  -- the moment of the start is left without one.
  select n.* into room from assessments.session n
   where n.session_id = (select p.session_id from assessments.participant p where p.entry_key = entry) for share;
  select p.* into who from assessments.participant p where p.entry_key = entry for update;
  if who.participant_id is null then
    return 'unknown';
  elsif room.session_id is null or room.state not in ('waiting', 'running') or who.form_id is null or not exists (
      select from assessments.round r where r.round_id = who.round_id and r.state = 'open' and r.opens_at <= now() and now() < r.closes_at) then
    return 'not_open';
  elsif who.status = 'exempt' then
    return 'exempt';
  elsif who.finished_at is not null then
    return 'finished';
  end if;
  is_overtaken := exists (select from assessments.sitting t
                           where t.participant_id = who.participant_id and t.token_hash <> token and t.opened_at > asked);
  if not is_overtaken then
    update assessments.sitting t set closed_at = now()
     where t.participant_id = who.participant_id and t.closed_at is null and t.token_hash <> token;
  end if;
  insert into assessments.sitting as t (participant_id, token_hash, opened_at, closed_at)
  values (who.participant_id, token, asked, case when is_overtaken then now() end)
  on conflict (token_hash) do update
    set opened_at = greatest(t.opened_at, excluded.opened_at),
        closed_at = case when is_overtaken then t.closed_at end;
  if room.state = 'running' and who.started_at is null then
    update assessments.participant p set started_at = now(), status = 'tested' where p.participant_id = who.participant_id;
  end if;
  perform assessments.tell_boards(array[room.session_id]);
  return 'entered';
end $$;

revoke execute on function assessments.enter(bytea, bytea, integer) from public;
grant execute on function assessments.enter(bytea, bytea, integer) to ikms_app;
reset role;
revoke create on schema assessments from ikms_definer;
