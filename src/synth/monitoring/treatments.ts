import { chance } from '../chance.ts'
import type { Network } from '../network/network.ts'
import { NEVER } from '../network/school.ts'
import { LAST_YEAR, type Plan } from '../size.ts'
import type { Subject } from './rounds.ts'

/** An initiative that some schools take part in, and what it truly adds to their results, in points. */
export interface Treatment {
  school: number
  initiative: string
  subject: Subject
  since: number
  effect: number
}

/**
 * Two initiatives. The reading programme goes mostly to schools with low results, so that before and after tells too much of it; numeracy
 * coaching was given by lot.
 */
export function treatments({ seed, firstYear }: Plan, { schools }: Network): Treatment[] {
  const { happens } = chance(seed, 'treatments')
  const found: Treatment[] = []
  for (const { at, kind, from, effect, closes } of schools) {
    const isWeak = effect.literacy < -0.1
    const reads = happens(isWeak ? 0.2 : 0.04)
    const counts = happens(0.15)
    if (kind !== 'general' || from > 3 || closes !== NEVER) continue
    if (reads && firstYear < 2024) {
      found.push({
        school: at,
        initiative: 'reading_programme',
        subject: 'literacy',
        since: 2024,
        effect: 12,
      })
    }
    if (counts && firstYear < LAST_YEAR - 2) {
      found.push({ school: at, initiative: 'numeracy_coaching', subject: 'numeracy', since: 2025, effect: 8 })
    }
  }
  return found
}
