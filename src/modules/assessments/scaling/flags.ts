import type { Calibration } from '#stats/irt/index.ts'
import type { Flag, FormReport, ItemReport, LinkTryReport, RunReport } from './model.ts'

/** Beyond these a figure is flagged; sources in docs/assessments/scaling.md. */
export const limits = {
  difficulty: [0.2, 0.9],
  itemRest: 0.2,
  reliability: 0.8,
  meanSquare: [0.8, 1.2],
  misfit: 0.08,
  dependence: 0.2,
  delta: 1.5,
  misleads: 0.05,
  unused: 0.05,
  participation: 0.9,
  accuracy: 0.8,
  fewest: 250,
} as const

/** Fewest people behind a flag of a pair of items. */
export const FEWEST_OF_PAIR = 100

type Looked = Pick<RunReport, 'items' | 'forms' | 'links' | 'dependent' | 'pupils' | 'expected' | 'standard'>

/** What somebody has to look at, in the order of the report. */
export function flagsOf(report: Looked, calibration: Calibration, isLinked: boolean): Flag[] {
  const { items, forms, links, dependent, pupils, expected, standard } = report
  return [
    ...(expected > 0 && pupils / expected < limits.participation
      ? [flag('participationLow', [], pupils / expected)]
      : []),
    ...(calibration.converged ? [] : [flag('notConverged', [])]),
    ...(calibration.warnings.some(({ code }) => code === 'items-not-linked')
      ? [flag('formsNotLinked', [])]
      : []),
    ...(items.some((item) => !item.isDropped && item.pupils < limits.fewest) ? [flag('fewPeople', [])] : []),
    ...(isLinked ? [] : linkFlags(links)),
    ...driftFlags(links),
    ...forms.flatMap(reliabilityFlags),
    ...items.filter(({ isDropped }) => !isDropped).flatMap(itemFlags),
    ...dependent.map(({ a, b, q3 }) => flag('dependent', [a, b], q3)),
    ...(standard && standard.accuracy < limits.accuracy ? [flag('accuracyLow', [], standard.accuracy)] : []),
  ]
}

function flag(
  code: Flag['code'],
  items: string[],
  value: number | null = null,
  group: string | null = null,
): Flag {
  return { code, items, value, group }
}

function linkFlags(links: readonly LinkTryReport[]): Flag[] {
  return links.map(({ round, kept }) => flag('notLinked', [], kept, round))
}

function driftFlags(links: readonly LinkTryReport[]): Flag[] {
  return links.flatMap(({ round, drift }) =>
    drift.filter(({ stable }) => !stable).map(({ code, shift }) => flag('anchorDrift', [code], shift, round)),
  )
}

function reliabilityFlags({ code, alpha, omega }: FormReport): Flag[] {
  const value = omega ?? alpha
  return value !== null && value < limits.reliability ? [flag('reliabilityLow', [], value, code)] : []
}

function itemFlags(item: ItemReport): Flag[] {
  const { code, difficulty, itemRest, infit, outfit, misfit, counts, dif, options, pupils } = item
  const found: Flag[] = []
  const say = (what: Flag['code'], value: number | null, group: string | null = null) =>
    found.push(flag(what, [code], value, group))
  if (pupils === 0 || counts.filter((n) => n > 0).length < 2) {
    say('itemWithoutScores', null)
    return found
  }
  if (difficulty !== null && difficulty < limits.difficulty[0]) say('tooHard', difficulty)
  if (difficulty !== null && difficulty > limits.difficulty[1]) say('tooEasy', difficulty)
  if (itemRest !== null && itemRest < limits.itemRest) say(itemRest < 0 ? 'negative' : 'weak', itemRest)
  for (const square of [infit, outfit]) {
    if (square !== null && (square < limits.meanSquare[0] || square > limits.meanSquare[1])) {
      say('misfit', square)
      break
    }
  }
  if (misfit !== null && misfit >= limits.misfit) say('scoresUnlike', misfit)
  for (const { by, group, delta, ets } of dif) {
    const what = ({ sex: 'difSex', language: 'difLanguage', region: 'difRegion' } as const)[by]
    if (delta !== null ? Math.abs(delta) >= limits.delta && ets === 'C' : ets === 'C') say(what, delta, group)
  }
  for (const { option, isKey, share, correlation } of options ?? []) {
    if (option === null || isKey) continue
    if (correlation !== null && correlation > limits.misleads) say('distractorMisleads', correlation, option)
    else if (share < limits.unused) say('distractorUnused', share, option)
  }
  return found
}
