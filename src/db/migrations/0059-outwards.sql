-- What VIIS and VPS are told besides corrections: levels of monitoring tests and links to pages. Off until its basis is entered.

-- Of levels and links the receiver is to hold one state each: `about` names it, and the latest message about it is the one that counts.
alter table feeds.message
  add column about text,                              -- 'level' and uuid of the participation, 'link', kind and uuid; null: a correction
  drop constraint message_state_check,
  add constraint message_state_check check (state in ('waiting', 'sent', 'dead', 'overtaken'));   -- overtaken: a later one counts
create index on feeds.message (feed_id, about, message_id desc) where about is not null;

-- Passing results on is one more use of them, with a switch of its own.
alter table rights.linkage no force row level security;
alter table rights.linkage_switch no force row level security;
insert into rights.linkage (code, place, name_lv, name_en, purpose_lv, purpose_en, basis_lv, basis_en) values
  ('results-outwards', 6, 'Monitoringa darbu līmeņi × VIIS un VPS', 'Levels of monitoring tests × VIIS and VPS',
   'Skola redz skolēna līmeni sistēmā, kurā tā strādā; kamēr izslēgts, saņēmējam lūdz nodoto dzēst',
   'A school sees the level of a learner in the system it works in; while it is off, the receiver is asked to delete what it was given',
   'Pieņēmums: Datu regulas (ES) 2016/679 6. panta 1. punkta e) apakšpunkts. Kamēr datu pārzinis normu nav ierakstījis, nodošana ir izslēgta.',
   'Assumption: Regulation (EU) 2016/679, Article 6(1)(e). Off until the controller enters the provision.');
insert into rights.linkage_switch (linkage, is_on) values ('results-outwards', false);
alter table rights.linkage force row level security;
alter table rights.linkage_switch force row level security;

alter table rights.processing no force row level security;
insert into rights.processing (code, place, purpose_lv, purpose_en, basis_lv, basis_en, people_lv, people_en, data_lv, data_en,
  recipients_lv, recipients_en, retention, valid)
select 'outwards', 7, 'Monitoringa darbu līmeņu nodošana sistēmām, kurās strādā skolas',
       'Giving levels of monitoring tests to the systems schools work in',
       p.basis_lv, p.basis_en, 'Skolēni', 'Learners',
       'Personas kods, skola, monitoringa darbs, līmenis un, ja tā norunāts, punkti ar kļūdu; tikai oficiāli rezultāti',
       'Personal code, school, monitoring test, level and, where agreed, score with its error; official results only',
       'VIIS un VPS, ja sasaiste ir ieslēgta', 'VIIS and VPS, where the linkage is switched on',
       array['learner_record'], '(,)'
  from rights.processing p where p.code = 'monitoring';
alter table rights.processing force row level security;

grant create on schema feeds to ikms_definer;
set local role ikms_definer;

-- Writes into the audit trail whose levels a system is told, in the transaction that takes them to be sent.
create function feeds.note_told(feed uuid, learners bigint[]) returns void
language sql volatile security definer set search_path = '' as $$
  with line as (
    insert into access.audit (tier, request_id, action, object, outcome, learners)
    values ('operator', '-', 'tell_levels', 'feed ' || feed, 'done', cardinality(learners))
    returning audit_id
  )
  insert into access.audit_learner (audit_id, learner_id)
  select line.audit_id, learner from line, unnest(learners) as learner
$$;

-- Tells a message again that was given up or sent; of levels and links the latest about each only. False: it is not there, waits
-- already, or a later one counts.
create or replace function feeds.replay(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform jobs.asker();
  update feeds.message m set state = 'waiting', tries = 0, ended_at = null, receipt = null, problem = null
   where m.message_uuid = wanted and m.state in ('sent', 'dead')
     and not exists (select from feeds.message l
                      where l.feed_id = m.feed_id and l.about = m.about and l.message_id > m.message_id);
  return found;
end $$;

-- Tells again whatever a feed told or gave up since a day, of one kind or of all: a receiver that lost it gets it once more, under the
-- same numbers. Null: there is no such feed; else how many.
create function feeds.replay_since(wanted uuid, its_kind text, since date) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  told integer;
begin
  perform jobs.asker();
  if not exists (select from feeds.feed f where f.feed_uuid = wanted) then
    return null;
  end if;
  update feeds.message m set state = 'waiting', tries = 0, ended_at = null, receipt = null, problem = null
    from feeds.feed f
   where f.feed_uuid = wanted and m.feed_id = f.feed_id and m.state in ('sent', 'dead')
     and (its_kind is null or m.kind = its_kind) and m.ended_at >= since::timestamp at time zone 'Europe/Riga'
     and not exists (select from feeds.message l
                      where l.feed_id = m.feed_id and l.about = m.about and l.message_id > m.message_id);
  get diagnostics told = row_count;
  return told;
end $$;

revoke execute on function feeds.note_told(uuid, bigint[]), feeds.replay_since(uuid, text, date) from public;
grant execute on function feeds.note_told(uuid, bigint[]) to ikms_job;
grant execute on function feeds.replay_since(uuid, text, date) to tier_steward, ikms_job;
reset role;
revoke create on schema feeds from ikms_definer;

-- Official results of one learner, for the own school or class, or for the family itself; the reading is written down. No row: the
-- learner is not the caller's.
grant create on schema assessments to ikms_definer;
set local role ikms_definer;
create function assessments.read_learner_results(wanted uuid)
returns table (learner_uuid uuid, sealed_name bytea, results jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  who bigint;
begin
  select l.learner_id into who from registry.learner l
   where l.learner_uuid = wanted
     and (l.learner_id in (select access.my_learners()) or l.learner_id in (select access.my_learner()));
  perform access.write_audit('read_results', 'learner ' || wanted, case when who is null then 'not_found' else 'shown' end,
    array_remove(array[who], null));
  return query
    select wanted, p.sealed_name, assessments.readable_results(who, true, null)
      from registry.learner l left join identity.person p using (learner_id) where l.learner_id = who;
end $$;
revoke execute on function assessments.read_learner_results(uuid) from public;
grant execute on function assessments.read_learner_results(uuid) to tier_school, tier_teacher, tier_learner, tier_parent;
reset role;
revoke create on schema assessments from ikms_definer;
