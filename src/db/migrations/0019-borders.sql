-- Borders: the same school year in the territories of its time and in those of today.
--
-- A territory that was joined, split or moved has two figures of an earlier year: of the schools that lay in it then, and of
-- the schools that lie in it today. Where both are the same schools there is one cell ('both'), so that nothing doubles.
--   both   of its time and of today: the same institutions
--   then   of the territory as it was on 1 October of that school year
--   today  of the territory as it is on the day the cube was made for (cube.borders_on)

alter table indicators.cell
  add column borders text not null default 'both' check (borders in ('both', 'then', 'today')),
  drop constraint cell_pkey,
  add primary key (part_id, level, unit_id, subject, breakdown, category, borders);

alter table indicators.cube add column borders_on date;   -- null: made before there were two kinds of borders

alter table publications.release_cell
  add column borders text not null default 'both' check (borders in ('both', 'then', 'today')),
  drop constraint release_cell_pkey,
  add primary key (release_id, level, unit_id, school_year, code, subject, breakdown, category, borders);

-- Counted as before, cell by cell. A figure of its time is the same one whether or not today's borders differ from it.
create or replace function publications.count_release(counted bigint, before bigint) returns void
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
    from (select *, borders = 'today' as of_today from publications.release_cell
           where release_id = counted and absent is null) a
    full join (select *, borders = 'today' as of_today from publications.release_cell
                where release_id = before and absent is null) b
      using (code, school_year, level, unit_id, subject, breakdown, category, of_today)
  having before is not null
  on conflict do nothing
$$;
