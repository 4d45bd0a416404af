-- Intake: what was imported when, from which file, and what was refused. Every fact names its import and line.
-- Staging tables are temporary (COPY refuses row-level security) and never seen by anybody else.

create schema intake;
grant usage on schema intake to ikms_job, ikms_backup, tier_analyst, tier_steward, tier_protection_officer;

create table intake.import (
  import_id      bigint generated always as identity primary key,
  import_uuid    uuid        not null unique default gen_random_uuid(),
  source         text        not null,                 -- name of the mapping, e.g. 'results-two-rounds'
  mapping        jsonb       not null,                 -- the mapping as it was declared
  data_kind      text        not null check (data_kind in ('made_up', 'reference', 'real')),
  file_name      text        not null,                 -- without folder
  file_sha256    bytea,                                -- null until the file was read to its end
  file_bytes     bigint,
  state          text        not null check (state in ('running', 'merged', 'unchanged', 'refused', 'failed')),
  started_at     timestamptz not null default now(),
  finished_at    timestamptz,
  started_by     bigint,                               -- access.person; null: the command line
  rows_read      bigint      not null default 0,
  rows_added     bigint      not null default 0,       -- facts new to the bank
  rows_changed   bigint      not null default 0,       -- facts that superseded an earlier one
  rows_unchanged bigint      not null default 0,       -- facts the bank already held, word for word
  rows_withdrawn bigint      not null default 0,       -- facts superseded because the source no longer says them
  rows_refused   bigint      not null default 0,       -- lines with at least one refusal
  refusals       bigint      not null default 0,       -- all of them, those beyond the listed 1,000 too
  counts         jsonb       not null default '{}',    -- the same, entity by entity
  failure        text                                  -- stable problem code, when state is refused or failed
);
select migration.protect('intake.import');
grant select on intake.import to tier_analyst, tier_steward, tier_protection_officer;
create policy analyst_traces on intake.import for select to tier_analyst using (true);
create policy steward_reads on intake.import for select to tier_steward using (true);
create policy officer_reads on intake.import for select to tier_protection_officer using (true);

create table intake.refusal (
  import_id   bigint not null references intake.import,
  refusal_no  integer not null,                        -- 1, 2, … in the order of lines; the list is cut at 1,000
  line        bigint not null,                         -- line of the file, the header is line 1; 0: the file as a whole
  column_name text,                                    -- null: the line as a whole
  rule        text   not null,                         -- stable code, e.g. 'value.not_a_number'
  value       text,                                    -- as it stood in the file, cut to 80 characters; null in identity columns
  detail      jsonb  not null default '{}',            -- what the sentence of the rule needs: expected, limit, other line
  primary key (import_id, refusal_no)
);
select migration.protect('intake.refusal');
grant select on intake.refusal to tier_steward;
create policy steward_reads on intake.refusal for select to tier_steward using (true);
