import type { CubeCell } from '#modules/indicators/model.ts'
import { type Figure, figureKey, newFigure, samePeople } from './figure.ts'
import type { Attacker } from './guard.ts'
import type { PlaceTree } from './linked.ts'
import type { AttackSummary, Audience, ProtectedCell } from './model.ts'
import { withoutNeverTold } from './never-told.ts'
import { type Policy, policyOf } from './primary.ts'
import { protectPeople } from './protect-people.ts'
import { type EarlierCell, roundedTo } from './revision.ts'
import { addUp, nothingAttacked } from './summary.ts'

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

/** What a release is made under. */
export interface Circumstances extends Attacker {
  /** by code */
  readonly indicators: ReadonlyMap<string, Figure['indicator']>
  /** by code, and by code and breakdown (`policyKey`) where the parts of a breakdown have a stricter one */
  readonly policies: ReadonlyMap<string, Policy>
  /** in which unit each unit lies, in every version of the country that is told of */
  readonly hierarchies: readonly PlaceTree[]
  /** what earlier releases told of the same years */
  readonly earlier: readonly EarlierCell[]
}

/**
 * The one gate: takes all cells that are told of the same years together, and gives each back with its figure or the
 * reason why it is absent.
 *
 * - level without a decision to publish: `not_public`
 * - fewer people than the rule's minimum: `too_few`
 * - everybody, or all but one, have the same value, where the rule minds: `same_for_all`
 * - few people hold nearly all of the sum, where the rule minds: `few_dominate`
 * - told, it would give away a hidden figure, through totals, earlier releases or other indicators: `would_reveal`
 *
 * Then the attack: from everything told together nobody may narrow a hidden count below the interval of its rule. Where that cannot be
 * proved, more is hidden, at last everything about these people: a release is never refused for it, and its report says so. The
 * answer depends on cells and rules only, not on any order.
 *
 * @returns  the cells in the order given, and what the attack found
 */
export function release(
  cells: readonly CubeCell[],
  audience: Audience,
  circumstances: Circumstances,
): { told: Released<ProtectedCell>[]; attack: AttackSummary } {
  const from = performance.now()
  const earlier = Map.groupBy(circumstances.earlier, figureKey)
  const figures = cells.map((cell): Figure => {
    const indicator = circumstances.indicators.get(cell.indicator)
    const policy = policyOf(circumstances.policies, cell)
    if (!indicator || !policy) throw new Error(`no rule says who may know ${cell.indicator}`)
    if (policy.rule.audience !== audience) {
      throw new Error(`the rule is for ${policy.rule.audience}, not for ${audience}`)
    }
    return newFigure(cell, indicator, policy, earlier.get(figureKey(cell)) ?? [])
  })
  let attack = nothingAttacked
  // amounts with nobody behind them tell of nobody
  const aboutPeople = figures.filter(({ indicator }) => indicator.ofPeople !== false)
  for (const everybody of samePeople(aboutPeople)) {
    const people = withoutNeverTold(everybody, circumstances.hierarchies)
    attack = addUp(attack, protectPeople(people, circumstances))
  }
  return {
    told: figures.map(tell),
    attack: { ...attack, seconds: (performance.now() - from) / 1000 },
  }
}

/** Cells read back from a frozen release: they went through the gate when it was made. */
export function fromFrozenRelease(cells: readonly ProtectedCell[]): Released<ProtectedCell>[] {
  return cells as Released<ProtectedCell>[]
}

function tell({ cell, indicator, policy, absent, spreadAbsent }: Figure): Released<ProtectedCell> {
  return (
    absent === null ? told() : { ...cell, ...nothing, absent, spreadAbsent: null }
  ) as Released<ProtectedCell>

  function told(): ProtectedCell {
    const isSpreadTold = spreadAbsent === null && cell.values !== null
    const isRounded = (indicator.kind === 'mean' && !isSpreadTold) || indicator.kind === 'ratio'
    const figure = isRounded ? roundedTo(cell, policy.rule) : cell
    return { ...figure, ...(isSpreadTold ? {} : { values: null, counts: null }), absent, spreadAbsent }
  }
}

const nothing = {
  n: null,
  sumY: null,
  sumYY: null,
  values: null,
  counts: null,
  plausible: null,
  facts: null,
  sumW: null,
  sumWW: null,
  sumWY: null,
}
