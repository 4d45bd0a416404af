-- Indicators: ratios of two sums, beside counts, shares and means.
-- A ratio is Σy / Σw over rows of facts. To add cells up exactly and to derive its error by linearisation, a cell carries the sums
-- of both and of their products. Its n is the people the rows stand for; 0 where the rows are amounts that stand for nobody.

alter table indicators.cell
  add column facts  bigint,                          -- rows added up; null where the figure is no ratio
  add column sum_w  double precision,                -- of what y is divided by
  add column sum_ww double precision,                -- of its square
  add column sum_wy double precision;                -- of the products

alter table publications.release_cell
  add column facts  bigint,
  add column sum_w  double precision,
  add column sum_ww double precision,
  add column sum_wy double precision,
  add check (absent is null or (facts is null and sum_w is null and sum_ww is null and sum_wy is null));

-- Counted as before; a ratio has changed where what it is divided by has.
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
         count(*) filter (where (a.n, a.sum_y, a.sum_yy, a.vals, a.counts, a.sum_w) is distinct from
                                (b.n, b.sum_y, b.sum_yy, b.vals, b.counts, b.sum_w)
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
