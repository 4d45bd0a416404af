/** What the register keeps in versions over time. */
type Kind = 'territory' | 'institution' | 'founder' | 'site'

/**
 * SQL of what holds today of one thing; where nothing does, of the latest that was or will be.
 *
 * @param id  the SQL of its internal id
 */
export function latest(kind: Kind, id: string): string {
  return `lateral (select * from registry.${kind}_version x
                    where x.${kind}_id = ${id} and x.superseded_by is null
                    order by x.valid @> access.today() desc, x.valid desc limit 1)`
}

/** SQL of the name of a place, in both languages and in the cases a sentence needs. */
export function placeName(of: string): string {
  return `jsonb_build_object('lv', ${of}.name_lv, 'en', ${of}.name_en, 'genitive', ${of}.genitive_lv, 'locative', ${of}.locative_lv)`
}
