import { describe, expect, test } from 'vitest'
import { agreement } from '#test/setup/reference.ts'
import {
  calibrateAlone,
  linkingReference,
  madeUpForm,
  methodNames,
  referenceForm,
} from '#test/stats/forms.ts'
import type { KnownItem } from '../irt/index.ts'
import { cholesky } from '../numeric/matrix.ts'
import { philox, type Random } from '../numeric/random.ts'
import { calibratedForm } from './calibrated-form.ts'
import { itemsFromVector, itemVector } from './item-vector.ts'
import { linkChain } from './link-chain.ts'
import type { CalibratedForm } from './link-scales.ts'
import { linkedItem, type ScaleLink } from './scale-link.ts'
import { verticalScale } from './vertical-scale.ts'

/** Items of one true scale, as three grades meet them, each on the scale of its own population N(0, 1). */
function grades(links: readonly ScaleLink[]): KnownItem[][] {
  const pool = madeUpForm(philox(6), 18)
  return links.map((link, grade) => {
    const back = { stretch: 1 / link.stretch, shift: -link.shift / link.stretch }
    return pool.slice(4 * grade, 4 * grade + 8).map((item) => linkedItem(back, item))
  })
}

function withCovariance(items: readonly KnownItem[]): CalibratedForm {
  const size = itemVector(items).values.length
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) covariance[i * size + j] = i === j ? 0.003 : 0.0008
  }
  return { items, covariance }
}

function drawn({ items, covariance }: CalibratedForm, random: Random): CalibratedForm {
  const vector = itemVector(items)
  const size = vector.values.length
  const factor = cholesky(covariance!, size)
  const z = Float64Array.from({ length: size }, () => random.normal())
  const values = vector.values.map(
    (value, i) => value + z.reduce((t, x, k) => t + factor[i * size + k]! * x, 0),
  )
  return { items: itemsFromVector(items, vector, values) }
}

function spread(values: readonly number[]): number {
  const centre = values.reduce((a, b) => a + b) / values.length
  return Math.sqrt(values.reduce((t, x) => t + (x - centre) ** 2, 0) / (values.length - 1))
}

// From the scale of each grade to the common one: abler and more spread with the years.
const truth = [
  { stretch: 0.9, shift: -0.8 },
  { stretch: 1, shift: 0 },
  { stretch: 1.15, shift: 0.6 },
]

describe('chains of links', () => {
  for (const model of ['twoPL', 'threePL'] as const) {
    agreement(`agrees with equateIRT 2.5.1, ${model}: the chain T1–T2–T3 by five methods`, () => {
      const reference = linkingReference(model)
      const forms = [1, 2, 3].map((form) => ({ items: referenceForm(reference, form) }))
      for (const [name, { chain_T1_T2_T3: expected }] of Object.entries(reference.methods)) {
        const ours = linkChain(forms, { method: methodNames[name as keyof typeof methodNames] })
        const tolerance = name.startsWith('mean') ? 1e-10 : 1e-6
        expect(Math.abs(ours.stretch - expected.A)).toBeLessThan(tolerance)
        expect(Math.abs(ours.shift - expected.B)).toBeLessThan(tolerance)
        expect(ours.converged).toBe(true)
      }
    })
  }

  agreement(
    'agrees with equateIRT 2.5.1, twoPL: errors of the chain, within what other answers leave',
    () => {
      // Covariances from 2,000 of the 5,000 people, as in the test of single links; measured at most 0.5 % off.
      const reference = linkingReference('twoPL')
      const forms = [1, 2, 3].map((form) => ({
        items: referenceForm(reference, form),
        covariance: calibratedForm(calibrateAlone(form)).covariance!.map((v) => 0.4 * v),
      }))
      for (const [name, { chain_T1_T2_T3: expected }] of Object.entries(reference.methods)) {
        if (name === 'mean-sigma') continue // its derivative differs by (n − 1)/n, see the single links
        const { standardErrors } = linkChain(forms, { method: methodNames[name as keyof typeof methodNames] })
        expect(Math.abs(standardErrors!.stretch / expected.seA - 1)).toBeLessThan(0.015)
        expect(Math.abs(standardErrors!.shift / expected.seB - 1)).toBeLessThan(0.015)
      }
    },
  )

  test('errors of a chain are the spread of chains over drawn parameters', () => {
    const forms = grades(truth).map(withCovariance)
    const said = linkChain(forms, { method: 'mean-geometric' }).standardErrors!
    const random = philox(2)
    const chains = Array.from({ length: 400 }, () =>
      linkChain(
        forms.map((form) => drawn(form, random)),
        { method: 'mean-geometric' },
      ),
    )
    expect(said.stretch / spread(chains.map((c) => c.stretch))).toBeGreaterThan(0.88)
    expect(said.stretch / spread(chains.map((c) => c.stretch))).toBeLessThan(1.13)
    expect(said.shift / spread(chains.map((c) => c.shift))).toBeGreaterThan(0.88)
    expect(said.shift / spread(chains.map((c) => c.shift))).toBeLessThan(1.13)
  })

  test('a single form, and neighbours without common items, are refused', () => {
    const [one, , three] = grades(truth).map((items) => ({ items }))
    expect(() => linkChain([one!])).toThrow('two or more forms')
    expect(() => linkChain([one!, { items: madeUpForm(philox(1), 5, 'X') }])).toThrow('at least one item')
    expect(
      linkChain([one!, three!].map(({ items }) => ({ items: items.map((i, n) => ({ ...i, id: `${n}` })) })))
        .variance,
    ).toBeNull()
  })
})

describe('a vertical scale', () => {
  test('brings three grades with a planted growth onto the scale of any of them', () => {
    const forms = grades(truth).map((items, i) => ({ ...withCovariance(items), grade: 3 + 1.5 * i }))
    const scale = verticalScale(forms, 4.5)
    scale.grades.forEach(({ mean, sd }, i) => {
      expect(mean).toBeCloseTo(truth[i]!.shift, 5)
      expect(sd).toBeCloseTo(truth[i]!.stretch, 5)
    })
    expect(scale.grades[1]).toMatchObject({ mean: 0, sd: 1, meanError: 0 })
    expect(scale.steps.map(({ growth }) => growth)).toEqual([0.8, 0.6].map((x) => expect.closeTo(x, 5)))
    expect(scale.warnings).toEqual([
      'fewer than 10 anchors between grades 3 and 4.5',
      'fewer than 10 anchors between grades 4.5 and 6',
    ])
    // On the scale of the lowest grade everything is shrunk by its stretch; sizes of effects stay.
    const low = verticalScale(forms, 3)
    expect(low.steps[1]!.growth).toBeCloseTo(0.6 / 0.9, 4)
    expect(low.steps[1]!.effectSize).toBeCloseTo(scale.steps[1]!.effectSize, 4)
  })

  test('errors of growth are the spread of growth over drawn parameters, grades sharing a form included', () => {
    const forms = grades(truth).map((items, i) => ({ ...withCovariance(items), grade: i }))
    const random = philox(9)
    const draws = Array.from({ length: 400 }, () =>
      verticalScale(
        forms.map((form) => ({ grade: form.grade, ...drawn(form, random) })),
        0,
        { method: 'mean-mean' },
      ),
    )
    const said = verticalScale(forms, 0, { method: 'mean-mean' })
    said.steps.forEach(({ growthError }, i) => {
      const ratio = growthError! / spread(draws.map(({ steps }) => steps[i]!.growth))
      expect(ratio).toBeGreaterThan(0.87)
      expect(ratio).toBeLessThan(1.15)
    })
    expect(draws[0]!.steps[0]!.growthError).toBeNull()
  })

  test('falling means and jumping spreads are named', () => {
    const forms = grades([truth[0]!, { stretch: 2, shift: -1 }, truth[2]!]).map((items, grade) => ({
      items,
      grade,
    }))
    const { warnings } = verticalScale(forms, 1)
    expect(warnings).toContain('no growth between grades 0 and 1')
    expect(warnings).toContain('spread differs much between grades 1 and 2')
  })

  test('grades out of order, an unknown base and a population without spread are refused', () => {
    const forms = grades(truth).map((items, grade) => ({ items, grade }))
    expect(() => verticalScale(forms.toReversed(), 0)).toThrow('rising order')
    expect(() => verticalScale(forms, 7)).toThrow('base')
    expect(() => verticalScale([{ ...forms[0]!, population: { mean: 0, sd: 0 } }, forms[1]!], 0)).toThrow(
      'above 0',
    )
  })
})
