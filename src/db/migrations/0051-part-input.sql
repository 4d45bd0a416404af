-- What every part of the current cube was made from, so that the next compute makes anew only what may have changed.
-- `inputs` is a hash of the formula, of the versions of rows in the tables it reads, of who is not counted and of where schools lie.
-- Another hash: the part is made again. The same: it stays. A part that is made again from the same facts is the same part.

create table indicators.part_input (
  code        text     not null,                     -- of the indicator; 'similar': which schools are alike
  school_year smallint not null,
  inputs      bytea    not null,                     -- SHA-256
  part_id     bigint   references indicators.part on delete cascade,   -- null: there were no figures
  primary key (code, school_year)
);
create index on indicators.part_input (part_id);
select migration.protect('indicators.part_input');
