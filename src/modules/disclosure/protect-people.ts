import type { Figure } from './figure.ts'
import { NotProved } from './guard.ts'
import { unitOf } from './linked.ts'
import type { AttackSummary } from './model.ts'
import { protectFigures } from './protect-figures.ts'
import { protectSpreads } from './protect-spreads.ts'
import type { Circumstances } from './release.ts'
import { addUp, nothingAttacked, withoutIds } from './summary.ts'

/** Times that everything of the units without a proof is hidden; then everything about these people is. */
const TIMES = 2

/** Counts that a report names as examples. */
const EXAMPLES = 3

/**
 * Decides which figures about the same people are told, and never refuses: where counts cannot be proved safe although everything around
 * them is hidden, all figures of their units are hidden too, and at last all figures of these people. Where nothing is told there
 * is nothing to attack with.
 *
 * @returns  what the attack found; `withheld` says what was hidden for want of a proof
 */
export function protectPeople(figures: readonly Figure[], circumstances: Circumstances): AttackSummary {
  const own = figures.map(({ absent, spreadAbsent }) => ({ absent, spreadAbsent }))
  const units = new Set<string>()
  const keys = new Set<string>()
  const withhold = (isWithheld: (figure: Figure) => boolean): number => {
    let withheld = 0
    figures.forEach((figure, at) => {
      Object.assign(figure, own[at])
      if (figure.absent !== null || !isWithheld(figure)) return
      figure.absent = 'would_reveal'
      withheld++
    })
    return withheld
  }
  let withheld = 0
  for (let times = 0; times <= TIMES; times++) {
    try {
      const found = addUp(protectFigures(figures, circumstances), protectSpreads(figures, circumstances))
      return times === 0 ? found : { ...found, withheld: [reportOf(figures, units.size, withheld, keys)] }
    } catch (error) {
      if (!(error instanceof NotProved)) throw error
      for (const key of error.keys) {
        keys.add(withoutIds(key))
        units.add(unitIn(key))
      }
      withheld = withhold(({ cell }) => units.has(unitOf(cell)))
    }
  }
  withheld = withhold(() => true)
  return { ...nothingAttacked, withheld: [reportOf(figures, null, withheld, keys)] }
}

/** The unit in the key of a linked count, `… |school:17|sex=female`; that of a rest lies in the unit that it is a rest of. */
function unitIn(key: string): string {
  return key
    .split('|')
    .at(-2)!
    .replace(/ place \d+ not known$/, '')
}

function reportOf(
  figures: readonly Figure[],
  units: number | null,
  withheld: number,
  keys: ReadonlySet<string>,
): NonNullable<AttackSummary['withheld']>[number] {
  const { schoolYear, subject } = figures[0]!.cell
  return {
    indicators: [...new Set(figures.map(({ indicator }) => indicator.code))].sort(),
    schoolYear,
    subject,
    units,
    figures: withheld,
    counts: [...keys].sort().slice(0, EXAMPLES),
  }
}
