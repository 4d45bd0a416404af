import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import { logistic } from '../numeric/special.ts'
import {
  atCapacity,
  averagePrecision,
  calibration,
  confusionRates,
  discrimination,
  fairness,
  netBenefit,
  recalibrate,
  reliabilityCurve,
} from './index.ts'

/** Predictions and outcomes drawn from them, or from something more or less extreme. */
function drawn(seed: number, n: number, slope = 1, shift = 0) {
  const random = philox(seed)
  const logits = Float64Array.from({ length: n }, () => 1.5 * random.normal() - 1)
  const y = Float64Array.from(logits, (x) => Number(random.uniform() < logistic(shift + slope * x)))
  return { p: logits.map(logistic), y }
}

const cases = fc
  .array(fc.tuple(fc.constantFrom(0.1, 0.2, 0.3, 0.5, 0.7, 0.9), fc.constantFrom(0, 1)), {
    minLength: 4,
    maxLength: 30,
  })
  .filter((rows) => rows.some(([, y]) => y === 1) && rows.some(([, y]) => y === 0))
  .map((rows) => ({ p: rows.map(([p]) => p), y: rows.map(([, y]) => y) }))

test('the area is the share of pairs ranked rightly, ties half', () => {
  fc.assert(
    fc.property(cases, ({ p, y }) => {
      let right = 0
      let pairs = 0
      p.forEach((a, i) => {
        p.forEach((b, j) => {
          if (y[i] !== 1 || y[j] !== 0) return
          pairs++
          right += a > b ? 1 : a === b ? 0.5 : 0
        })
      })
      const found = discrimination(p, y)
      expect(found.auc).toBeCloseTo(right / pairs, 12)
      expect(
        discrimination(
          p.map((value) => -value),
          y,
        ).auc,
      ).toBeCloseTo(1 - found.auc, 12)
      expect(
        discrimination(
          p.map((value) => value ** 3 + 5),
          y,
        ).auc,
      ).toBeCloseTo(found.auc, 12)
      expect(found.low >= 0 && found.high <= 1 && found.standardError >= 0).toBe(true)
    }),
  )
})

test('the error of the area is the spread of areas over new samples, to a tenth', () => {
  const areas = Array.from({ length: 400 }, (_, k) => {
    const { p, y } = drawn(100 + k, 300)
    return discrimination(p, y)
  })
  const mean = areas.reduce((total, { auc }) => total + auc, 0) / areas.length
  const spread = Math.sqrt(
    areas.reduce((total, { auc }) => total + (auc - mean) ** 2, 0) / (areas.length - 1),
  )
  const claimed = areas.reduce((total, { standardError }) => total + standardError, 0) / areas.length
  expect(Math.abs(claimed / spread - 1)).toBeLessThan(0.12)
})

test('a perfect list has average precision 1, a useless one the prevalence', () => {
  expect(averagePrecision([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])).toBe(1)
  expect(averagePrecision([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0])).toBe(0.25)
  expect(averagePrecision([4, 3, 2, 1], [1, 0, 1, 0])).toBeCloseTo((1 + 2 / 3) / 2, 14)
})

test('precision times places is recall times events, with ties drawn by lot', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 4 }), ({ p, y }, k) => {
      const events = y.reduce<number>((total, value) => total + value, 0)
      const { precision, recall } = atCapacity(p, y, k)
      expect(precision * k).toBeCloseTo(recall * events, 12)
      expect(precision >= 0 && precision <= 1 && recall <= 1).toBe(true)
    }),
  )
  expect(atCapacity([0.5, 0.5], [1, 0], 1)).toEqual({ k: 1, precision: 0.5, recall: 0.5 })
})

test('net benefit of selecting everybody is prevalence minus the odds of the threshold times the rest', () => {
  expect(netBenefit([0.6, 0.7, 0.8, 0.9], [1, 0, 0, 1], 0.2)).toBeCloseTo(0.5 - 0.5 * 0.25, 14)
  expect(netBenefit([0.1, 0.1], [1, 0], 0.5)).toBe(0)
})

test('predictions that are right have intercept 0 and slope 1; too extreme ones a slope below 1', () => {
  const right = drawn(1, 40_000)
  const found = calibration(right.p, right.y)
  expect(Math.abs(found.slope! - 1)).toBeLessThan(4 * found.slopeStandardError!)
  expect(Math.abs(found.inTheLarge!)).toBeLessThan(0.06)
  expect(Math.abs(found.observedOverExpected! - 1)).toBeLessThan(0.04)
  const extreme = drawn(2, 40_000, 0.6, 0.3)
  const off = calibration(extreme.p, extreme.y)
  expect(Math.abs(off.slope! - 0.6)).toBeLessThan(4 * off.slopeStandardError!)
  const mended = calibration(
    recalibrate({ intercept: off.intercept!, slope: off.slope! }, extreme.p),
    extreme.y,
  )
  expect(mended.slope!).toBeCloseTo(1, 6)
  expect(mended.intercept!).toBeCloseTo(0, 6)
  expect(mended.brier).toBeLessThan(off.brier)
})

test('the reliability curve counts everybody once, rises with predictions and keeps ties together', () => {
  const { p, y } = drawn(3, 1000)
  const curve = reliabilityCurve(p, y)
  expect(curve.length).toBe(10)
  expect(curve.reduce((total, bin) => total + bin.n, 0)).toBe(1000)
  for (let k = 1; k < curve.length; k++)
    expect(curve[k]!.meanPredicted).toBeGreaterThan(curve[k - 1]!.meanPredicted)
  expect(curve.every((bin) => bin.low <= bin.observed && bin.observed <= bin.high)).toBe(true)
  expect(reliabilityCurve([0.2, 0.2, 0.2, 0.2], [0, 1, 0, 0])).toHaveLength(1)
})

test('outcomes that are all the same leave out what cannot be had', () => {
  expect(calibration([0.2, 0.4], [0, 0])).toMatchObject({
    brierSkill: null,
    slope: null,
    inTheLarge: null,
    events: 0,
  })
  expect(calibration([0, 0.4], [1, 0]).logLoss).toBeNull()
  expect(calibration([0.3, 0.3], [1, 0]).slope).toBeNull()
})

test('rates of a rule worked by hand; where nobody is, there is no rate', () => {
  expect(confusionRates({ tp: 3, fp: 1, fn: 1, tn: 5 })).toMatchObject({
    n: 10,
    prevalence: 0.4,
    selectionRate: 0.4,
    truePositiveRate: 0.75,
    falsePositiveRate: 1 / 6,
    positivePredictiveValue: 0.75,
    negativePredictiveValue: 5 / 6,
  })
  expect(confusionRates({ tp: 0, fp: 0, fn: 0, tn: 4 })).toMatchObject({
    truePositiveRate: null,
    prevalence: 0,
  })
})

test('a rule that treats two groups alike raises no alert; one that misses a group does, with its interval', () => {
  const a = drawn(11, 20_000)
  const b = drawn(12, 10_000)
  const groups = [...Array.from(a.y, () => 'a'), ...Array.from(b.y, () => 'b')]
  const y = [...a.y, ...b.y]
  const alike = fairness([...a.p, ...b.p], y, groups, { threshold: 0.4, draws: 200 })
  expect(alike.reference).toBe('a')
  expect(alike.groups.map((row) => row.alerts)).toEqual([[], []])
  const gap = alike.groups[1]!.falseNegativeRateDifference!
  expect(gap.low < 0 && gap.high > 0).toBe(true)
  const lowered = fairness([...a.p, ...b.p.map((p) => p / 2)], y, groups, { threshold: 0.4, draws: 200 })
  expect(lowered.groups[1]!.alerts).toEqual(['missed', 'calibration'])
  expect(lowered.groups[1]!.falseNegativeRateDifference!.low).toBeGreaterThan(0.05)
  expect(lowered.groups[0]!.falseNegativeRateDifference).toBeNull()
  expect(lowered.groups[1]!.selectionRatio!).toBeLessThan(1)
})

test('the same seed gives the same intervals', () => {
  const { p, y } = drawn(13, 400)
  const groups = Array.from(y, (_, i) => (i % 3 === 0 ? 'x' : 'y'))
  const audit = (seed: number) => fairness(p, y, groups, { threshold: 0.3, seed, draws: 100 })
  expect(audit(5)).toEqual(audit(5))
  expect(audit(5)).not.toEqual(audit(6))
})

test('predictions without outcomes, outcomes of one kind and thresholds at the ends are refused', () => {
  expect(() => discrimination([0.5], [1])).toThrow('events as well as non-events')
  expect(() => discrimination([0.5], [])).toThrow('one prediction')
  expect(() => discrimination([0.5, Number.NaN], [0, 1])).toThrow('finite')
  expect(() => calibration([1.5, 0.5], [0, 1])).toThrow('0 to 1')
  expect(() => calibration([], [])).toThrow(RangeError)
  expect(() => averagePrecision([0.5], [0])).toThrow('at least one event')
  expect(() => atCapacity([0.5], [1], 2)).toThrow('k from 1')
  expect(() => netBenefit([0.5], [1], 1)).toThrow('threshold')
  expect(() => reliabilityCurve([0.5], [1], 0)).toThrow('bins')
  expect(() => confusionRates({ tp: -1, fp: 0, fn: 0, tn: 0 })).toThrow('whole counts')
  expect(() => fairness([0.5], [1], [], { threshold: 0.5 })).toThrow('one group')
  expect(() => fairness([0.5], [1], ['a'], { threshold: 0.5, reference: 'b' })).toThrow('one of the groups')
})
