import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { GroupProfile, OwnGroup } from './model.ts'
import { inWords } from './profile-store.ts'
import { placeOf } from './store.ts'

type Row = Omit<OwnGroup, 'place'> & { placeId: string; placeName: PlaceName }

/** Preschool groups of the own school (head), or own ones (teacher), the latest year first; nobody is named. */
export async function ownGroups(tx: Tx): Promise<OwnGroup[]> {
  const { rows } = await tx.query<Row>(
    `select place.place_id as "placeId", place.place_name as "placeName", g.school_year as "schoolYear", g.label, g.children, g.done,
            g.absent, g.exempt, g.is_told as "isTold"
       from assessments.own_preschool_groups() g ${placeOf('g.institution_id')}
      order by g.school_year desc, place.place_name ->> 'lv', g.label`,
  )
  return rows.map(({ placeId, placeName, ...group }) => ({
    ...group,
    place: { id: placeId, name: placeName },
  }))
}

/** Children of one such group by name, with what was seen in words; the database writes every child down. Empty: not the caller's. */
export async function groupProfiles(
  tx: Tx,
  keys: Keys,
  { place, year, label }: { place: string; year: number; label: string },
): Promise<GroupProfile[]> {
  const { rows } = await tx.query<
    Pick<GroupProfile, 'id' | 'status' | 'observedOn'> & {
      sealed: Buffer | null
      steps: Record<string, number | null>
    }
  >(
    `select learner as id, sealed_name as sealed, status, observed_on as "observedOn", steps
       from assessments.preschool_group($1, $2::smallint, $3)`,
    [place, year, label],
  )
  const { open } = sealer(keys)
  const order = new Intl.Collator('lv')
  return rows
    .map(({ sealed, steps, ...child }) => ({
      ...child,
      name: sealed && open('name', sealed),
      domains: inWords(steps),
    }))
    .sort((a, b) => order.compare(a.name ?? '', b.name ?? '') || a.id.localeCompare(b.id))
}
