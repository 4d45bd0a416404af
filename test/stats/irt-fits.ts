import { expect } from 'vitest'
import type { Calibration, Item, ItemModel, KnownItem } from '#stats/irt/index.ts'
import { logistic } from '#stats/numeric/special.ts'
import { referenceColumns } from '#test/setup/reference.ts'

/** Reads responses and fits of other software, and compares ours with them. */

interface Estimate {
  readonly est: Readonly<Record<string, number>>
  readonly se: Readonly<Record<string, number | null>>
}

/** A model as R's mirt reports it: a1, d or d1 …, logit(g); a, b or b1 …; MEAN_1 and COV_11 of ability. */
export interface MirtFit {
  readonly logLik: number
  readonly npar: number
  readonly AIC: number
  readonly BIC: number
  readonly slope_intercept: Readonly<Record<string, Estimate>>
  readonly irt: Readonly<Record<string, Estimate>>
  readonly persons: Readonly<Record<string, { theta: (number | null)[]; se: (number | null)[] }>>
  readonly empirical_rxx: number
  readonly itemfit_S_X2: Readonly<Record<string, (number | null)[]>>
  readonly infit_outfit: Readonly<Record<string, number[]>>
  readonly M2: Readonly<Record<string, number>>
}

export interface Answers {
  readonly names: readonly string[]
  readonly responses: Int8Array
  readonly columns: Record<string, string[]>
}

/** The items of a reference CSV; `most` is the highest score, anything else counts as no answer. */
export function readAnswers(path: string, names?: (all: string[]) => string[], most = 9): Answers {
  const columns = referenceColumns(path)
  const chosen = names === undefined ? Object.keys(columns) : names(Object.keys(columns))
  const persons = columns[chosen[0]!]!.length
  const responses = new Int8Array(persons * chosen.length)
  chosen.forEach((name, j) => {
    columns[name]!.forEach((text, i) => {
      const score = text === '' ? -1 : Number(text)
      responses[i * chosen.length + j] = score >= 0 && score <= most ? score : -1
    })
  })
  return { names: chosen, responses, columns }
}

export function itemsOf(names: readonly string[], model: ItemModel, categories: number): Item[] {
  return names.map((id) => ({ id, model, categories }))
}

/** Largest absolute difference of two series of numbers, nulls and infinities left out. */
export function apart(ours: ArrayLike<number | null>, theirs: ArrayLike<number | null>): number {
  expect(ours.length).toBe(theirs.length)
  let most = 0
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i], theirs[i]]
    if (typeof a !== 'number' || typeof b !== 'number' || !Number.isFinite(a) || !Number.isFinite(b)) continue
    most = Math.max(most, Math.abs(a - b))
  }
  return most
}

/** The same relative to theirs. */
export function relativelyApart(ours: ArrayLike<number | null>, theirs: ArrayLike<number | null>): number {
  expect(ours.length).toBe(theirs.length)
  let most = 0
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i], theirs[i]]
    if (typeof b !== 'number' || !Number.isFinite(b)) continue
    expect(typeof a).toBe('number')
    most = Math.max(most, Math.abs(a! / b - 1))
  }
  return most
}

export interface Tolerance {
  /** absolute */
  readonly parameters: number
  readonly logLikelihood: number
  /** relative */
  readonly errors: number
}

/** Items, group, likelihood and information criteria of one group against mirt. */
export function expectFit(ours: Calibration, theirs: MirtFit, tolerance: Tolerance): void {
  expect(ours.converged).toBe(true)
  expect(Math.abs(ours.logLikelihood - theirs.logLik)).toBeLessThan(tolerance.logLikelihood)
  expect(ours.parameterCount).toBe(theirs.npar)
  expect(Math.abs(ours.aic - theirs.AIC)).toBeLessThan(2 * tolerance.logLikelihood)
  expect(Math.abs(ours.bic - theirs.BIC)).toBeLessThan(2 * tolerance.logLikelihood)
  expectItems(ours, theirs.slope_intercept, theirs.irt, tolerance)
  const group = theirs.slope_intercept.GroupPars!
  expect(Math.abs(ours.groups[0]!.mean - group.est.MEAN_1!)).toBeLessThan(tolerance.parameters)
  expect(Math.abs(ours.groups[0]!.variance - group.est.COV_11!)).toBeLessThan(tolerance.parameters)
  expect(relativelyApart([ours.groups[0]!.varianceError], [group.se.COV_11!])).toBeLessThan(tolerance.errors)
}

export function expectItems(
  ours: Calibration,
  slopeIntercept: MirtFit['slope_intercept'],
  irt: MirtFit['irt'] | undefined,
  tolerance: Tolerance,
): void {
  for (const item of ours.items) {
    const { est, se } = slopeIntercept[item.id]!
    const steps = item.intercepts.map((_, k) => (est.d === undefined ? `d${k + 1}` : 'd'))
    expect(apart([item.slope], [est.a1!])).toBeLessThan(tolerance.parameters)
    expect(
      apart(
        item.intercepts,
        steps.map((name) => est[name]!),
      ),
    ).toBeLessThan(tolerance.parameters)
    expect(relativelyApart([item.errors.slope], [se.a1!])).toBeLessThan(tolerance.errors)
    expect(
      relativelyApart(
        item.errors.intercepts,
        steps.map((name) => se[name]!),
      ),
    ).toBeLessThan(tolerance.errors)
    if (item.model === '3pl') {
      expect(relativelyApart([item.errors.logitGuessing], [se['logit(g)']!])).toBeLessThan(tolerance.errors)
    }
    if (irt === undefined) continue
    const marks = item.difficulties.map((_, k) => (irt[item.id]!.est.b === undefined ? `b${k + 1}` : 'b'))
    const { est: b, se: bSe } = irt[item.id]!
    if (item.model === '3pl') expect(apart([item.guessing], [b.g!])).toBeLessThan(tolerance.parameters)
    // A difficulty is an intercept divided by the slope: its tolerance grows as that falls.
    const furthest = Math.max(...marks.map((name) => Math.abs(b[name]!)))
    const width = (tolerance.parameters * (1 + furthest)) / Math.abs(est.a1!)
    const theirs = marks.map((name) => b[name]!)
    expect(apart(item.difficulties, theirs)).toBeLessThan(width)
    const theirErrors = marks.map((name) => bSe[name]!)
    // mirt's error of the first step of a GPCM item is not that of the delta method: docs/methods/item-response.md.
    if (item.model === 'gpcm' && marks.length > 1) theirErrors[0] = Number.NaN
    expect(relativelyApart(item.errors.difficulties, theirErrors)).toBeLessThan(tolerance.errors)
  }
}

/** The items of a fit of mirt as items with known parameters. */
export function knownFrom(
  { slope_intercept }: MirtFit,
  names: readonly string[],
  model: ItemModel,
): KnownItem[] {
  return names.map((id) => {
    const { est } = slope_intercept[id]!
    const intercepts = [est.d, est.d1, est.d2, est.d3].filter((d) => d !== undefined)
    return {
      id,
      model,
      scores: [0, ...intercepts.map((_, k) => k + 1)],
      slope: est.a1!,
      intercepts,
      guessing: model === '3pl' ? logistic(est['logit(g)']!) : 0,
    }
  })
}
