import type { CubeCell, Indicator } from '#modules/indicators/model.ts'
import { type RatioSums, residualSquares } from '#stats/describe/index.ts'
import { isGroupDisclosure } from '#stats/disclosure/index.ts'
import type { AbsenceReason } from '#terms/cell.ts'
import type { Rule } from './model.ts'

/** What decides, on one day, about one indicator: the disclosure rule of its topic and where it is public. */
export interface Policy {
  rule: Rule
  /** levels with a publication decision in force that says it is shown */
  publicLevels: ReadonlySet<string>
}

/** Under which key the policy of the parts of a breakdown stands beside that of the indicator. */
export function policyKey(code: string, breakdown: string): string {
  return `${code} ${breakdown}`
}

/** What decides about a cell: the policy of its breakdown where there is one, else that of its indicator. */
export function policyOf(
  policies: ReadonlyMap<string, Policy>,
  { indicator, breakdown }: Pick<CubeCell, 'indicator' | 'breakdown'>,
): Policy | undefined {
  return policies.get(policyKey(indicator, breakdown)) ?? policies.get(indicator)
}

/** A rule that asks for whatever the stricter of the two asks for: one figure is about both topics. */
export function stricterOf(of: Rule, also: Rule): Rule {
  const decimals = [of.decimals, also.decimals].filter((each) => each !== null)
  return {
    ...also,
    minimum: Math.max(of.minimum, also.minimum),
    groupDisclosure: of.groupDisclosure || also.groupDisclosure,
    sensitive: of.sensitive || also.sensitive,
    protectBelow: Math.max(of.protectBelow, also.protectBelow),
    protectAbove: Math.max(of.protectAbove, also.protectAbove),
    dominance: of.dominance ?? also.dominance,
    decimals: decimals.length > 0 ? Math.min(...decimals) : null,
  }
}

/** Why a figure is hidden for what it tells by itself; null: by itself it may be told. */
export function ownReason(
  cell: CubeCell,
  { kind, ofPeople }: Pick<Indicator, 'kind' | 'ofPeople'>,
  { rule, publicLevels }: Policy,
): AbsenceReason | null {
  if (!publicLevels.has(cell.level)) return 'not_public'
  if (kind === 'ratio' && !(cell.sumW! > 0)) return 'not_applicable'
  if (ofPeople === false) return null
  if (cell.n < rule.minimum) return 'too_few'
  if (kind === 'ratio') return rule.groupDisclosure && isAlikeForAll(cell) ? 'same_for_all' : null
  if (rule.groupDisclosure && kind !== 'count') {
    if (isSameForAll(cell)) return 'same_for_all'
    if (kind === 'share' && isGroupDisclosure(cell.sumY!, cell.n)) return 'same_for_all'
  }
  if (rule.dominance && kind === 'mean' && isHeldByFew(cell, rule.dominance)) return 'few_dominate'
  return null
}

/** Why a distribution is hidden for what it tells by itself: a value that few people have. */
export function ownSpreadReason({ counts }: CubeCell, { minimum }: Rule): AbsenceReason | null {
  return counts?.some((people) => people < minimum) ? 'too_few' : null
}

function isSameForAll(cell: CubeCell): boolean {
  if (cell.values) return cell.values.length === 1
  if (cell.sumY === null || cell.sumYY === null) return false
  const spread = cell.sumYY - (cell.sumY * cell.sumY) / cell.n
  return spread <= 1e-9 * Math.max(1, Math.abs(cell.sumYY))
}

/** Where every row of a ratio is a person: whether all of them have the same ratio. */
function isAlikeForAll(cell: CubeCell): boolean {
  return cell.facts === cell.n && residualSquares(ratioSumsOf(cell)) === 0
}

/** What a ratio's cell carries. */
export function ratioSumsOf({ facts, sumY, sumW, sumYY, sumWW, sumWY }: CubeCell): RatioSums {
  return { rows: facts!, y: sumY!, w: sumW!, yy: sumYY!, ww: sumWW!, wy: sumWY! }
}

/** (n, k) dominance, from the count per value; it asks who holds the sum, so no value may be below zero. */
function isHeldByFew({ values, counts }: CubeCell, { people, share }: { people: number; share: number }) {
  if (!values || !counts || values[0]! < 0) return false
  let sum = 0
  let held = 0
  let left = people
  for (let at = values.length - 1; at >= 0; at--) {
    sum += values[at]! * counts[at]!
    held += values[at]! * Math.min(left, counts[at]!)
    left -= Math.min(left, counts[at]!)
  }
  return held > share * sum
}
