-- Tile map: where each municipality's square stands when the country is drawn as squares of one size.
--
-- A map comes whole, with its source, and the newest one holds; maps before it stay, so that it is known what was shown when.
-- `valid` says when a square is on the map, as territories come and go (half-open; open ends: always so).

create table registry.tile_map (
  tile_map_id   bigint      generated always as identity primary key,
  source        text        not null check (source <> ''),   -- who drew it, and under which licence
  tiles_sha256  text        not null,                        -- of its squares, to know the same map when it comes again
  added_at      timestamptz not null default now()
);
create table registry.tile (
  tile_map_id   bigint    not null references registry.tile_map,
  territory_id  bigint    not null references registry.territory,
  grid_column   smallint  not null check (grid_column between 0 and 39),   -- from the west, the first is 0
  grid_row      smallint  not null check (grid_row between 0 and 39),      -- from the north, the first is 0
  short         text      not null check (length(short) between 1 and 6),  -- what stands in the square
  valid         daterange not null check (not isempty(valid)),
  primary key (tile_map_id, territory_id, valid)
);

select migration.protect(t::regclass) from unnest(array['registry.tile_map', 'registry.tile']) as t;

-- Public as the register is: every tier reads what the public reads.
do $$
declare
  reader text;
  target text;
begin
  foreach target in array array['tile_map', 'tile'] loop
    for reader in select rolname from pg_roles where rolname = 'ikms_public' or rolname like 'tier\_%' loop
      execute format('grant select on registry.%I to %I', target, reader);
      execute format('create policy %I on registry.%I for select to %I using (true)',
        reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;
