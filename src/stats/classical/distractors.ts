import { correlation } from './item-statistics.ts'

/** One answer option of a multiple-choice item. */
export interface Option<Code> {
  readonly option: Code
  readonly isKey: boolean
  readonly persons: number
  /** of all persons who met the item, no answer included, 0–1 */
  readonly share: number
  /** mean criterion of those who chose it; null if nobody did */
  readonly meanCriterion: number | null
  /** correlation of choosing it with the criterion; null where one of the two does not vary */
  readonly pointBiserial: number | null
  /** share of each criterion group that chose it, lowest group first; null for an empty group */
  readonly shareByGroup: readonly (number | null)[]
}

export interface DistractorTable<Code> {
  readonly persons: number
  /** persons in each criterion group, lowest first */
  readonly groupSizes: readonly number[]
  /** the key first, then in order of share */
  readonly options: readonly Option<Code>[]
  /** options that mislead: not the key, yet chosen rather by the able (correlation above 0.05) */
  readonly suspects: readonly Code[]
  /** offered options (the key aside) that fewer than one person in twenty chose */
  readonly unused: readonly Code[]
}

/**
 * Who chose what: each option against a criterion, usually the score on the rest of the test.
 *
 * @param choices    the option each person chose; null = no answer (counts in the shares as an option of its own)
 * @param criterion  one finite number per person, higher is better
 * @param key        the right option
 * @param offered    all options, so that one nobody chose is listed; default: those chosen, and the key
 * @param groups     into how many groups of about equal size the criterion is cut; equal criteria stay together
 * @throws           RangeError if lengths differ, nobody met the item, the criterion is not finite, or groups < 2
 */
export function distractorTable<Code extends string | number>(
  choices: readonly (Code | null)[],
  criterion: ArrayLike<number>,
  key: Code,
  offered: readonly Code[] = [],
  groups = 3,
): DistractorTable<Code | null> {
  const persons = choices.length
  if (persons === 0 || criterion.length !== persons) {
    throw new RangeError('distractorTable requires a criterion for each of one or more choices')
  }
  if (!(Number.isInteger(groups) && groups >= 2))
    throw new RangeError('distractorTable requires two or more groups')
  for (let i = 0; i < persons; i++) {
    if (!Number.isFinite(criterion[i]!)) throw new RangeError('distractorTable requires a finite criterion')
  }
  const group = groupsOf(criterion, groups)
  const groupSizes = new Array<number>(groups).fill(0)
  for (const g of group) groupSizes[g]! += 1

  const codes = new Set<Code | null>([key, ...offered, ...choices])
  const options = [...codes].map((option) => {
    const chosen = Float64Array.from({ length: persons }, (_, i) => (choices[i] === option ? 1 : 0))
    const counts = new Array<number>(groups).fill(0)
    let total = 0
    let count = 0
    for (let i = 0; i < persons; i++) {
      if (chosen[i] === 0) continue
      count += 1
      total += criterion[i]!
      counts[group[i]!]! += 1
    }
    return {
      option,
      isKey: option === key,
      persons: count,
      share: count / persons,
      meanCriterion: count === 0 ? null : total / count,
      pointBiserial: correlation(chosen, criterion),
      shareByGroup: counts.map((n, g) => (groupSizes[g] === 0 ? null : n / groupSizes[g]!)),
    }
  })
  options.sort((a, b) => Number(b.isKey) - Number(a.isKey) || b.share - a.share || order(a.option, b.option))
  const distractors = options.filter(({ isKey, option }) => !isKey && option !== null)
  return {
    persons,
    groupSizes,
    options,
    suspects: distractors.filter((o) => (o.pointBiserial ?? 0) > 0.05).map((o) => o.option),
    unused: distractors.filter((o) => o.share < 0.05).map((o) => o.option),
  }
}

/** Group of each person, 0 = lowest, by the middle rank of his criterion: ties fall into one group. */
function groupsOf(criterion: ArrayLike<number>, groups: number): number[] {
  const sorted = Float64Array.from(criterion).sort()
  const middle = new Map<number, number>()
  for (let start = 0; start < sorted.length; ) {
    let end = start
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1
    middle.set(sorted[start]!, (start + end) / 2 / sorted.length)
    start = end
  }
  return Array.from(criterion, (x) => Math.min(groups - 1, Math.floor(middle.get(x)! * groups)))
}

function order(a: string | number | null, b: string | number | null): number {
  return String(a) < String(b) ? -1 : 1
}
