-- Borders of municipalities as they lie: for the map that can be chosen beside the squares of the tile map.
--
-- A set of borders comes whole, with its source and licence, and holds from a day on; the newest of the latest such day on or before
-- a day is the one of that day. Sets before it stay, so that it is known what was shown when.

create table registry.boundary_map (
  boundary_map_id  bigint      generated always as identity primary key,
  valid_from       date        not null,                         -- the first day on which these borders held
  source           text        not null check (source <> ''),    -- who surveyed or drew them
  licence          text        not null check (licence <> ''),   -- under which they may be shown
  file_sha256      text        not null,                         -- of the file, to know the same borders when they come again
  added_at         timestamptz not null default now()
);
create table registry.boundary (
  boundary_map_id  bigint not null references registry.boundary_map,
  territory_id     bigint not null references registry.territory,
  -- polygons of rings of [longitude, latitude] in degrees (WGS 84), as in a GeoJSON MultiPolygon; simplified for the screen
  polygons         jsonb  not null,
  primary key (boundary_map_id, territory_id)
);

select migration.protect(t::regclass) from unnest(array['registry.boundary_map', 'registry.boundary']) as t;

-- Public as the register is: every tier reads what the public reads.
do $$
declare
  reader text;
  target text;
begin
  foreach target in array array['boundary_map', 'boundary'] loop
    for reader in select rolname from pg_roles where rolname = 'ikms_public' or rolname like 'tier\_%' loop
      execute format('grant select on registry.%I to %I', target, reader);
      execute format('create policy %I on registry.%I for select to %I using (true)',
        reader || '_reads', target, reader);
    end loop;
  end loop;
end $$;
