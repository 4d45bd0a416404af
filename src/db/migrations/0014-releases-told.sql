-- Releases as everybody may ask about them: how many figures each one tells and hides, and how it differs from the one
-- before. Counted once, when a release comes into force: it is frozen, so the counts are too.

create table publications.release_count (
  release_id bigint not null references publications.release,
  code       text   not null,                       -- indicator
  level      text   not null,
  absent     text   not null,                       -- reason why these figures are not shown; 'told': they are
  figures    bigint not null check (figures > 0),
  primary key (release_id, code, level, absent)
);
create table publications.release_change (          -- no row: the first release
  release_id bigint primary key references publications.release,
  before_id  bigint not null references publications.release,
  added      bigint not null,                       -- figures told that the release before did not tell
  changed    bigint not null,                       -- told by both, and not the same
  withdrawn  bigint not null                        -- told by the release before and not any more
);

create function publications.count_release(counted bigint, before bigint) returns void
language sql volatile set search_path = '' as $$
  insert into publications.release_count (release_id, code, level, absent, figures)
  select release_id, code, level, coalesce(absent, 'told'), count(*)
    from publications.release_cell where release_id = counted
   group by release_id, code, level, coalesce(absent, 'told')
  on conflict do nothing;

  insert into publications.release_change (release_id, before_id, added, changed, withdrawn)
  select counted, before,
         count(*) filter (where b.release_id is null),
         count(*) filter (where (a.n, a.sum_y, a.sum_yy, a.vals, a.counts) is distinct from
                                (b.n, b.sum_y, b.sum_yy, b.vals, b.counts)
                            and a.release_id is not null and b.release_id is not null),
         count(*) filter (where a.release_id is null)
    from (select * from publications.release_cell where release_id = counted and absent is null) a
    full join (select * from publications.release_cell where release_id = before and absent is null) b
      using (code, school_year, level, unit_id, subject, breakdown, category)
  having before is not null
  on conflict do nothing
$$;
revoke execute on function publications.count_release(bigint, bigint) from public;
grant execute on function publications.count_release(bigint, bigint) to ikms_job;

-- Releases that were made before this migration. The owner may read them only while row-level security is not forced.
alter table publications.release no force row level security;
alter table publications.release_cell no force row level security;
select publications.count_release(release_id, lag(release_id) over (partition by audience order by release_id))
  from publications.release;
alter table publications.release force row level security;
alter table publications.release_cell force row level security;

select migration.protect('publications.release_count');
select migration.protect('publications.release_change');

-- A release comes into force when the pointer of its audience moves to it.
create function publications.count_pointed() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform publications.count_release(new.release_id, case when tg_op = 'UPDATE' then old.release_id end);
  return null;
end $$;
revoke execute on function publications.count_pointed() from public;
create trigger count_pointed after insert or update on publications.pointer
  for each row execute function publications.count_pointed();

grant select on publications.release_count, publications.release_change to ikms_public;
create policy ikms_public_reads on publications.release_count for select to ikms_public using (true);
create policy ikms_public_reads on publications.release_change for select to ikms_public using (true);
select migration.open_to_tiers();
