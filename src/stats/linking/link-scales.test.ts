import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement } from '#test/setup/reference.ts'
import {
  calibrateAlone,
  formsOf,
  linkingReference,
  madeUpForm,
  methodNames,
  referenceForm,
} from '#test/stats/forms.ts'
import type { KnownItem } from '../irt/index.ts'
import { cholesky } from '../numeric/matrix.ts'
import { philox } from '../numeric/random.ts'
import { calibratedForm } from './calibrated-form.ts'
import { itemCurves, itemsFromVector, itemVector } from './item-vector.ts'
import { type CalibratedForm, linkScales } from './link-scales.ts'
import { linkedItem, reversed } from './scale-link.ts'

const methods = Object.values(methodNames)

describe('linking of scales', () => {
  for (const model of ['twoPL', 'threePL'] as const) {
    agreement(`agrees with equateIRT 2.5.1, ${model}: ten direct links by five methods`, () => {
      const reference = linkingReference(model)
      for (const [name, { direct }] of Object.entries(reference.methods)) {
        direct.pair.forEach((pair, i) => {
          const [from, to] = formsOf(pair).map((form) => ({ items: referenceForm(reference, form) }))
          const ours = linkScales(from!, to!, { method: methodNames[name as keyof typeof methodNames] })
          expect(ours.converged).toBe(true)
          expect(ours.anchors).toHaveLength(10)
          const tolerance = name.startsWith('mean') ? 1e-10 : 1e-6
          expect(Math.abs(ours.stretch - direct.A[i]!)).toBeLessThan(tolerance)
          expect(Math.abs(ours.shift - direct.B[i]!)).toBeLessThan(tolerance)
        })
      }
    })
  }

  agreement(
    'agrees with equateIRT 2.5.1, twoPL: standard errors, within what other answers of the same people leave',
    () => {
      // The reference gives no covariances. The published estimates are of 5,000 people a form, of whom the csv holds
      // 2,000: their covariance times 0.4 comes within sampling noise, measured at most 1.1 %.
      const reference = linkingReference('twoPL')
      const forms = [1, 2, 3, 4, 5].map((form): CalibratedForm => {
        const { covariance } = calibratedForm(calibrateAlone(form))
        return { items: referenceForm(reference, form), covariance: covariance!.map((v) => 0.4 * v) }
      })
      for (const [name, { direct }] of Object.entries(reference.methods)) {
        const method = methodNames[name as keyof typeof methodNames]
        direct.pair.forEach((pair, i) => {
          const [from, to] = formsOf(pair).map((form) => forms[form - 1]!)
          const { stretch, shift } = linkScales(from!, to!, { method }).standardErrors!
          // equateIRT's derivative of the standard deviation has n where its standard deviation has n − 1.
          const theirs = method === 'mean-sigma' ? (direct.seA[i]! * 10) / 9 : direct.seA[i]!
          expect(Math.abs(stretch / theirs - 1)).toBeLessThan(0.015)
          if (method !== 'mean-sigma') expect(Math.abs(shift / direct.seB[i]! - 1)).toBeLessThan(0.015)
        })
      }
    },
  )

  const planted = fc.record({
    stretch: fc.double({ min: 0.5, max: 2, noNaN: true }),
    shift: fc.double({ min: -2, max: 2, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })

  test('a planted link is found again by every method, with items of every model', () => {
    fc.assert(
      fc.property(planted, ({ stretch, shift, seed }) => {
        const from = madeUpForm(philox(seed), 8)
        const to = from.map((item) => linkedItem({ stretch, shift }, item))
        for (const method of methods) {
          const ours = linkScales({ items: from }, { items: to }, { method })
          expect(ours.stretch).toBeCloseTo(stretch, 6)
          expect(ours.shift).toBeCloseTo(shift, 6)
          expect(ours.standardErrors).toBeNull()
        }
      }),
      { numRuns: 30 },
    )
  })

  test('an item carried to the other scale is answered there as before, and comes back unchanged', () => {
    fc.assert(
      fc.property(
        planted,
        fc.double({ min: -3, max: 3, noNaN: true }),
        ({ stretch, shift, seed }, ability) => {
          const items = madeUpForm(philox(seed), 4)
          const linked = items.map((item) => linkedItem({ stretch, shift }, item))
          const back = linked.map((item) => linkedItem(reversed({ stretch, shift }), item))
          const at = (set: readonly KnownItem[], x: number) =>
            set.map((_, i) =>
              Array.from(itemCurves(itemVector(set), itemVector(set).values, i, Float64Array.of(x)).p),
            )
          expect(at(linked, stretch * ability + shift).flat()).toEqual(
            at(items, ability)
              .flat()
              .map((p) => expect.closeTo(p, 10)),
          )
          expect(back.map((i) => i.slope)).toEqual(items.map((i) => expect.closeTo(i.slope, 12)))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('the probabilities of an item change with ability as their differences say', () => {
    const form = itemVector(madeUpForm(philox(4), 8))
    form.curves.forEach((_, item) => {
      const at = (x: number) => itemCurves(form, form.values, item, Float64Array.of(x))
      const [up, down] = [at(0.3 + 1e-5).p, at(0.3 - 1e-5).p]
      at(0.3).slope.forEach((slope, c) => {
        expect(slope).toBeCloseTo((up[c]! - down[c]!) / 2e-5, 7)
      })
    })
  })

  test('standard errors are the spread of links over drawn parameters, for every method', () => {
    const random = philox(21)
    const form = (shift: number): CalibratedForm => {
      const items = madeUpForm(philox(8), 12).map((item) => linkedItem({ stretch: 1.2, shift }, item))
      const size = itemVector(items).values.length
      // A covariance of full rank, about as wide as 2,000 people give.
      const roots = Array.from({ length: size * size }, () => 0.01 * random.normal())
      const covariance = new Float64Array(size * size)
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          for (let k = 0; k < size; k++)
            covariance[i * size + j]! += roots[i * size + k]! * roots[j * size + k]!
        }
        covariance[i * size + i]! += 1e-4
      }
      return { items, covariance }
    }
    const [from, to] = [form(0), form(0.5)]
    const drawn = ({ items, covariance }: CalibratedForm): CalibratedForm => {
      const vector = itemVector(items)
      const size = vector.values.length
      const factor = cholesky(covariance!, size)
      const z = Float64Array.from({ length: size }, () => random.normal())
      const values = vector.values.map(
        (value, i) => value + z.reduce((t, x, k) => t + factor[i * size + k]! * x, 0),
      )
      return { items: itemsFromVector(items, vector, values) }
    }
    const draws = Array.from({ length: 250 }, () => [drawn(from), drawn(to)] as const)
    for (const method of methods) {
      const links = draws.map(([a, b]) => linkScales(a, b, { method }))
      const said = linkScales(from, to, { method }).standardErrors!
      for (const part of ['stretch', 'shift'] as const) {
        const centre = links.reduce((t, link) => t + link[part], 0) / links.length
        const spread = Math.sqrt(
          links.reduce((t, link) => t + (link[part] - centre) ** 2, 0) / (links.length - 1),
        )
        expect(said[part] / spread).toBeGreaterThan(0.86)
        expect(said[part] / spread).toBeLessThan(1.16)
      }
    }
  })

  test('a Rasch scale keeps its unit: only the shift is estimated', () => {
    const rasch = (shift: number): KnownItem[] =>
      [-1, 0, 0.5, 1].map((b, i) => ({
        id: `R${i}`,
        model: 'rasch',
        scores: [0, 1],
        slope: 1,
        intercepts: [-(b + shift + (i === 3 ? 0.4 : 0))],
        guessing: 0,
      }))
    for (const method of methods) {
      const ours = linkScales({ items: rasch(0) }, { items: rasch(1) }, { method })
      expect(ours.stretch).toBe(1)
      expect(ours.shift).toBeGreaterThan(0.5)
      expect(ours.shift).toBeLessThan(1.2)
    }
  })

  test('anchors that are steps determine no link by their curves: no error is told, and it is said', () => {
    const steps = [0, 1].map((b, i): KnownItem => {
      return {
        id: `S${i}`,
        model: '2pl',
        scores: [0, 1],
        slope: 5000,
        intercepts: [-5000 * (b + 0.3)],
        guessing: 0,
      }
    })
    const covariance = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 0.01 : 0))
    const ours = linkScales({ items: steps, covariance }, { items: steps, covariance })
    expect(ours).toMatchObject({ converged: false, variance: null, standardErrors: null })
    expect(
      linkScales({ items: steps, covariance }, { items: steps, covariance }, { method: 'mean-sigma' })
        .converged,
    ).toBe(true)
  })

  test('forms without common items, anchors that do not fit and numbers that are none are refused', () => {
    const items = madeUpForm(philox(1), 4)
    const others = madeUpForm(philox(2), 4, 'J')
    expect(() => linkScales({ items }, { items: others })).toThrow('at least one item')
    expect(() => linkScales({ items }, { items }, { anchors: ['I0', 'I9'] })).toThrow('both forms contain')
    expect(() => linkScales({ items }, { items }, { anchors: ['I0'], method: 'mean-sigma' })).toThrow(
      'different difficulty',
    )
    expect(() => linkScales({ items: [...items, items[0]!] }, { items })).toThrow('at most once')
    const changed = items.map((item) => (item.id === 'I2' ? { ...item, scores: [0, 1, 3] } : item))
    expect(() => linkScales({ items }, { items: changed })).toThrow('anchor I2')
    expect(() => linkScales({ items }, { items: items.map((item) => ({ ...item, slope: -1 })) })).toThrow(
      'above 0',
    )
    expect(() =>
      linkScales({ items: items.map((item) => ({ ...item, slope: Number.NaN })) }, { items }),
    ).toThrow(RangeError)
    expect(() => linkScales({ items, covariance: new Float64Array(4) }, { items })).toThrow('covariance')
    expect(() => linkedItem({ stretch: 0, shift: 1 }, items[0]!)).toThrow('above 0')
  })

  test('anchors that contradict each other still end in a link, and say whether it was found', () => {
    const from = madeUpForm(philox(3), 8)
    const to = from.map((item, i) => linkedItem({ stretch: i % 2 ? 3 : 0.4, shift: i % 3 ? 4 : -4 }, item))
    for (const method of methods) {
      const ours = linkScales({ items: from }, { items: to }, { method })
      expect(Number.isFinite(ours.stretch) && ours.stretch > 0 && Number.isFinite(ours.shift)).toBe(true)
    }
  })
})
