import { current } from '#modules/indicators/define.ts'
import { isOfGeneral, october } from '#modules/registry/index.ts'
import { gradesOf } from './indicators-grades.ts'

/** Great-circle distance over a sphere of the mean radius of the Earth, in kilometres (haversine). */
const apart = `2 * 6371.0088 * asin(sqrt(power(sin(radians(o.lat - s.lat) / 2), 2)
                 + cos(radians(s.lat)) * cos(radians(o.lat)) * power(sin(radians(o.lon - s.lon) / 2), 2)))`

/**
 * Institutions with pupils of general education in a group of grades (`subject`, `pupils`), and how far the nearest other institution with
 * pupils of the same group stands (`km`). Those without a neighbour or without coordinates are left out.
 */
export const nearestOther = `
    with group_of as materialized (
      select e.institution_id, ${gradesOf('e.grade')} as subject, count(*) as pupils
        from registry.enrolment e
       where e.school_year = $2 and e.main and ${isOfGeneral('e.programme_code')} and e.grade between 1 and 12
         and e.valid @> ${october()} and ${current('e')}
       group by 1, 2
    ), stands as materialized (
      select v.institution_id, v.lat, v.lon from registry.site_version v
       where v.lat is not null and v.lon is not null and v.valid @> ${october()} and ${current('v')}
    ), far as (
      select g.institution_id, g.subject, g.pupils, min(${apart}) as km
        from group_of g
        join stands s using (institution_id)
        join group_of h on h.subject = g.subject and h.institution_id <> g.institution_id
        join stands o on o.institution_id = h.institution_id
       group by 1, 2, 3
    )`
