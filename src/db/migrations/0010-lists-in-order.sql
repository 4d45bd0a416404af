-- What pages and API ask for all day is found by index: the cells of a few units, and names in Latvian order.

alter table publications.release_cell
  drop constraint release_cell_pkey,
  add primary key (release_id, level, unit_id, school_year, code, subject, breakdown, category);

create index on registry.institution_version (name_lv collate public.latvian, institution_id) where superseded_by is null;
create index on registry.territory_version (name_lv collate public.latvian, territory_id) where superseded_by is null;
