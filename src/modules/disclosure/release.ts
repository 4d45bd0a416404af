import type { CubeCell, Indicator } from '#modules/indicators/model.ts'
import type { AbsenceReason } from '#terms/cell.ts'
import type { Audience, ProtectedCell, Rule } from './model.ts'

/** A mark in the type alone. Protected, so that a changed copy (`{ ...cell, n: 3 }`) loses it. */
declare class PassedTheGate {
  protected readonly audience: Audience
}

/**
 * What may leave the system for an audience. The mark can be made only in this file: by `release`, and by
 * `fromFrozenRelease` for cells that went through `release` when they were frozen. Routes for an audience beyond the
 * duty of care accept nothing else.
 */
export type Released<T> = T & PassedTheGate

/** What decides, on one day, about one indicator: the disclosure rule of its topic and where it is public. */
export interface Policy {
  rule: Rule
  /** levels with a publication decision in force that says it is shown */
  publicLevels: ReadonlySet<string>
}

/**
 * The one gate. Applies the primary rules to the cells of one indicator; cells of one unit must come together.
 *
 * - level without a decision to publish: `not_public`
 * - fewer people than the rule's minimum: `too_few`
 * - everybody has the same value, where the rule minds: `same_for_all`
 * - one category of a breakdown hidden: its sisters are hidden too (`would_reveal`), because the total is known
 * - a distribution with a value that fewer people than the minimum have: the distribution is hidden
 *
 * A hidden school can still be narrowed down from a total and its shown neighbours; protection over linked totals is
 * work of the secondary rules.
 */
export function release(
  cells: readonly CubeCell[],
  audience: Audience,
  indicator: Pick<Indicator, 'kind'>,
  policy: Policy,
): Released<ProtectedCell>[] {
  const { rule, publicLevels } = policy
  if (rule.audience !== audience) throw new Error(`the rule is for ${rule.audience}, not for ${audience}`)
  const own = cells.map((cell): AbsenceReason | null => {
    if (!publicLevels.has(cell.level)) return 'not_public'
    if (cell.n < rule.minimum) return 'too_few'
    if (rule.groupDisclosure && isSameForAll(cell)) return 'same_for_all'
    if (indicator.kind === 'share' && rule.groupDisclosure && isAlmostAll(cell)) return 'same_for_all'
    return null
  })
  const broken = new Set<string>()
  cells.forEach((cell, at) => {
    if (own[at] !== null && cell.breakdown !== '-') broken.add(family(cell))
  })
  return cells.map((cell, at) => {
    const absent = own[at] ?? (broken.has(family(cell)) ? 'would_reveal' : null)
    return protect(cell, absent, rule.minimum) as Released<ProtectedCell>
  })
}

/** Cells read back from a frozen release: they went through the gate when it was made. */
export function fromFrozenRelease(cells: readonly ProtectedCell[]): Released<ProtectedCell>[] {
  return cells as Released<ProtectedCell>[]
}

function protect(cell: CubeCell, absent: AbsenceReason | null, minimum: number): ProtectedCell {
  if (absent !== null) {
    return {
      ...cell,
      n: null,
      sumY: null,
      sumYY: null,
      values: null,
      counts: null,
      absent,
      spreadAbsent: null,
    }
  }
  const spreadAbsent = cell.counts?.some((people) => people < minimum) ? 'too_few' : null
  if (spreadAbsent) return { ...cell, values: null, counts: null, absent, spreadAbsent }
  return { ...cell, absent, spreadAbsent }
}

/** Cells of one unit, subject and breakdown: they add up to a known total. */
function family(cell: CubeCell): string {
  return `${cell.schoolYear}|${cell.level}|${cell.unitId}|${cell.subject}|${cell.breakdown}`
}

function isSameForAll(cell: CubeCell): boolean {
  if (cell.values) return cell.values.length === 1
  if (cell.sumY === null || cell.sumYY === null) return false
  const spread = cell.sumYY - (cell.sumY * cell.sumY) / cell.n
  return spread <= 1e-9 * Math.max(1, Math.abs(cell.sumYY))
}

/** All but one: the one would know about everybody else. */
function isAlmostAll(cell: CubeCell): boolean {
  if (cell.sumY === null) return false
  return cell.sumY <= 1 || cell.n - cell.sumY <= 1
}
