-- Disclosure: rules per audience and topic, as dated data.

create schema disclosure;
grant usage on schema disclosure to ikms_public, ikms_job, ikms_backup,
  tier_school, tier_municipality, tier_analyst, tier_steward, tier_protection_officer;

create table disclosure.rule (
  rule_id          bigint generated always as identity primary key,
  audience         text      not null check (audience in ('public')),
  topic            text      not null,                    -- 'enrolment', 'results', …
  minimum          integer   not null check (minimum >= 1),   -- fewest people behind a shown figure
  group_disclosure boolean   not null,                    -- hide a figure when everybody in the cell has the same value
  valid            daterange not null check (not isempty(valid)),
  reason_lv        text      not null,
  reason_en        text      not null
);
insert into disclosure.rule (audience, topic, minimum, group_disclosure, valid, reason_lv, reason_en) values
  ('public', 'enrolment', 5, false, '[1990-01-01,)',
   'Skaitlis, kas attiecas uz mazāk nekā pieciem skolēniem, varētu atklāt atsevišķu bērnu.',
   'A figure about fewer than five pupils could reveal a single child.'),
  ('public', 'participation', 5, false, '[1990-01-01,)',
   'Skaitlis, kas attiecas uz mazāk nekā pieciem skolēniem, varētu atklāt atsevišķu bērnu.',
   'A figure about fewer than five pupils could reveal a single child.'),
  ('public', 'results', 10, true, '[1990-01-01,)',
   'Rezultātu rāda tikai tad, ja darbu rakstījuši vismaz desmit skolēni.',
   'A result is shown only when at least ten pupils sat the test.');
select migration.protect('disclosure.rule');

do $$
declare
  reader text;
begin
  foreach reader in array array['ikms_public', 'tier_school', 'tier_municipality', 'tier_analyst', 'tier_steward',
                                'tier_protection_officer'] loop
    execute format('grant select on disclosure.rule to %I', reader);
    execute format('create policy %I on disclosure.rule for select to %I using (true)', reader || '_reads', reader);
  end loop;
end $$;
