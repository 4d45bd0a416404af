import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Day } from '#terms/day.ts'
import { addMandate, findPlace, revokeMandate } from './mandate-store.ts'
import type { Tier } from './model.ts'

/** Tiers an operator gives by hand. Learners and parents come from registers, never from typing. */
export const givenTiers = [
  'school',
  'municipality',
  'inspector',
  'teacher',
  'support',
  'analyst',
  'researcher',
  'steward',
  'protection_officer',
] as const satisfies readonly Tier[]
export type GivenTier = (typeof givenTiers)[number]

/** A mandate that cannot be given as asked. */
export class MandateRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MandateRefused'
  }
}

/** Which place a tier is given for. */
const placeOf: Partial<Record<GivenTier, 'institution' | 'municipality'>> = {
  school: 'institution',
  inspector: 'institution',
  teacher: 'institution',
  municipality: 'municipality',
}

export interface NewMandate {
  /** keyed hash of the personal code */
  codeHash: Buffer
  /** as colleagues know the person; stands in the audit trail */
  name: string
  tier: GivenTier
  /** registration number of an institution or ATVK code of a municipality */
  place: string | null
  /** first day on which it no longer holds */
  until: Day | null
}

/**
 * Gives a person a mandate from today on. A person is known by the code, so that a second mandate comes to the same person.
 *
 * @returns  the mandate's uuid
 * @throws   MandateRefused when the place is missing or unknown, or a review has no end
 */
export async function giveMandate(db: Database, { place, ...mandate }: NewMandate): Promise<string> {
  const kind = placeOf[mandate.tier]
  if (kind && !place) throw new MandateRefused(`${mandate.tier} is given for a place: name its code`)
  if (!kind && place) throw new MandateRefused(`${mandate.tier} is not given for a place`)
  if (mandate.tier === 'inspector' && !mandate.until) {
    throw new MandateRefused('A review has an end: name the first day on which the mandate no longer holds')
  }
  return asJob(db, async (tx) => {
    const id = kind && place ? await findPlace(tx, kind, place) : null
    if (kind && id === null) throw new MandateRefused(`There is no ${kind} ${place} today`)
    return addMandate(tx, {
      ...mandate,
      institutionId: kind === 'institution' ? id : null,
      territoryId: kind === 'municipality' ? id : null,
    })
  })
}

/**
 * Ends a mandate now, with every session that acts under it.
 *
 * @returns  false when there is none with this uuid that has not ended yet
 */
export function endMandate(db: Database, mandate: string): Promise<boolean> {
  return asJob(db, (tx) => revokeMandate(tx, mandate))
}
