-- What checks found about a learner is held about the learner: the learner and the parents read it, and it goes with the identity.

alter table rights.retention no force row level security;
update rights.retention set tables = tables || array['checks.finding'] where kind = 'learner_identity';
alter table rights.retention force row level security;

grant usage on schema checks to tier_learner, tier_parent;
grant select (finding_id, check_code, institution_id, subject, subject_id, school_year, gone_run) on checks.finding
  to tier_learner, tier_parent;
create policy learner_reads_own on checks.finding for select to tier_learner
  using (subject = 'learner' and subject_id in (select access.my_learner()));
create policy parent_reads_own on checks.finding for select to tier_parent
  using (subject = 'learner' and subject_id in (select access.my_learner()));
