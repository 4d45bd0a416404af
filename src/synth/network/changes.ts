import type { Chance } from '../chance.ts'
import { LAST_YEAR, type Plan } from '../size.ts'
import type { Sketch } from './sketch.ts'

/** What happens to a school within the years: it is closed, opened, merged into another, or loses its secondary grades. */
export interface Change {
  /** school years with learners */
  opens: number
  closes: number
  /** place in the list of the school that takes over; -1: none */
  successor: number
  /** last school year in which a basic school of today was a secondary school; 0: it never was */
  secondaryUntil: number
}

const CLOSED_A_YEAR = 0.008 // of all general schools
const LOWERED = 0.04 // of basic schools of municipalities, over all years

/**
 * Adds schools that are gone today, and says which of today's were opened or lowered. Schools of today keep their number: the
 * published one of 2025/26. Every fourth school that is closed is merged with a second one into a new institution.
 */
export function changesOf(
  plan: Plan,
  sketches: Sketch[],
  never: number,
  { happens, integer }: Chance,
): Change[] {
  const changes: Change[] = sketches.map(() => ({
    opens: 0,
    closes: never,
    successor: -1,
    secondaryUntil: 0,
  }))
  const years = LAST_YEAR - 1 - plan.firstYear
  if (years < 1) return changes
  const ownOf = (municipality: number) =>
    sketches.flatMap(({ group, municipality: where, to }, at) =>
      where === municipality && (group === 'basic' || group === 'secondary') && to >= 9 ? [at] : [],
    )
  const addGone = (municipality: number, closes: number, successor: number) => {
    const small = { ...sketches[successor]!, group: 'basic' as const, type: 'basic' as const }
    sketches.push({ ...small, municipality, from: 1, to: 9, size: 18 + integer(80) })
    changes.push({ opens: 0, closes, successor, secondaryUntil: 0 })
  }
  const general = sketches.filter(({ kind }) => kind === 'general').length
  const today = sketches.length
  const gone = Math.max(2, Math.round(general * CLOSED_A_YEAR * years))
  for (let n = 0; n < gone; n++) {
    const municipality = sketches[integer(today)]!.municipality
    const closes = plan.firstYear + integer(years)
    const heirs = ownOf(municipality).filter((at) => at < today && changes[at]!.opens === 0)
    if (heirs.length === 0) continue
    const heir = heirs[integer(heirs.length)]!
    addGone(municipality, closes, heir)
    const isMerger = n % 4 === 0 && sketches[heir]!.group === 'basic'
    if (!isMerger) continue
    changes[heir]!.opens = closes + 1
    addGone(municipality, closes, heir)
  }
  for (let at = 0; at < today; at++) {
    const { group } = sketches[at]!
    const change = changes[at]!
    if (change.opens > 0) continue
    if (group === 'private' && sketches[at]!.size > 60 && happens(0.15))
      change.opens = plan.firstYear + 1 + integer(years)
    if (group === 'basic' && happens(LOWERED)) change.secondaryUntil = plan.firstYear + integer(years)
  }
  // A few close at the end of the year that is over, so that the newest year has its closures too.
  for (let at = 0; at < today; at++) {
    const { group, municipality } = sketches[at]!
    if (group !== 'basic' || changes[at]!.opens > 0 || !happens(CLOSED_A_YEAR * 1.5)) continue
    const heir = ownOf(municipality).find((other) => other !== at && sketches[other]!.group === 'secondary')
    if (heir === undefined) continue
    changes[at]!.closes = LAST_YEAR - 1
    changes[at]!.successor = heir
  }
  return changes
}
