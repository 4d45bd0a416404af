import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { calibrate } from './calibrate.ts'
import type { Calibration, CalibrationInput } from './calibration.ts'
import type { Item, ItemModel } from './item.ts'

const known = madeUpItems(['2pl', '2pl', '2pl', '2pl'])
const items = toCalibrate(known)
const responses = madeUpAnswers(known, madeUpAbilities(120))
const good: CalibrationInput = { responses, items }

const codes = ({ warnings }: Calibration) => warnings.map(({ code }) => code)

/** Every number of a result, so that none can be NaN. */
function expectNumbers(result: Calibration): void {
  const look = (x: unknown): void => {
    if (typeof x === 'number') expect(x).not.toBeNaN()
    else if (ArrayBuffer.isView(x)) for (const y of x as Float64Array) expect(y).not.toBeNaN()
    else if (x !== null && typeof x === 'object') for (const y of Object.values(x)) look(y)
  }
  look(result)
}

test('what nothing can be estimated from is refused with what is required', () => {
  const bad: [string, Partial<CalibrationInput>][] = [
    ['at least one item', { items: [] }],
    ['responses of persons × items', { responses: new Int8Array(0) }],
    ['responses of persons × items', { responses: new Int8Array(7) }],
    ['two or more people', { responses: responses.slice(0, 4) }],
    ['different ids', { items: items.map((item) => ({ ...item, id: 'same' })) }],
    ['2–100 scores', { items: items.map((item) => ({ ...item, categories: 1 })) }],
    ['two scores of item', { items: items.map((item) => ({ ...item, categories: 3 })) }],
    ['scores 0 … 1 or −1', { responses: responses.map((x, at) => (at === 9 ? 2 : x)) }],
    ['scores 0 … 1 or −1', { responses: responses.map((x, at) => (at === 9 ? -2 : x)) }],
    ['one group for each person', { groups: [0, 1] }],
    ['groups 0, 1, 2', { groups: new Float64Array(120).fill(0.5) }],
    [
      'two or more people with answers in group 1',
      { groups: Array.from({ length: 120 }, (_, i) => (i === 0 ? 1 : 0)) },
    ],
    [
      'two or more people with answers in group 1',
      { groups: Array.from({ length: 120 }, (_, i) => (i % 2) * 2) },
    ],
    ['one weight for each person', { weights: [1, 2] }],
    ['finite weights of at least 0', { weights: Array.from({ length: 120 }, (_, i) => (i === 5 ? -1 : 1)) }],
    ['finite weights of at least 0', { weights: new Float64Array(120).fill(Number.NaN) }],
    ['not all 0', { weights: new Float64Array(120) }],
    ['finite value of every covariate', { covariates: { names: ['x'], values: new Float64Array(3) } }],
    [
      'finite value of every covariate',
      { covariates: { names: ['x'], values: new Float64Array(120).fill(Infinity) } },
    ],
    ['covariates that vary', { covariates: { names: ['x'], values: new Float64Array(120).fill(7) } }],
    [
      'follow from each other',
      {
        covariates: { names: ['x', 'y'], values: Float64Array.from({ length: 240 }, (_, k) => (k >> 1) % 5) },
      },
    ],
    [
      'rising quadrature nodes',
      { quadrature: { nodes: Float64Array.of(0, 0, 1), weights: Float64Array.of(0.3, 0.3, 0.4) } },
    ],
    ['a weight for each node', { quadrature: { ...normalGrid(5, -2, 2), weights: Float64Array.of(1) } }],
    ['a fixed item where the mean', { reference: { mean: 'free', variance: 'fixed' } }],
    ['a fixed slope where the variance', { reference: { mean: 'fixed', variance: 'free' } }],
  ]
  for (const [what, change] of bad) {
    expect(() => calibrate({ ...good, ...change }), what).toThrow(RangeError)
    expect(() => calibrate({ ...good, ...change }), what).toThrow(what)
  }
})

test('broken anchors and priors are refused', () => {
  const withFirst = (change: Partial<Item>) => [{ ...items[0]!, ...change }, ...items.slice(1)]
  const fixed = { scores: [0, 1], slope: 1, intercepts: [0], guessing: 0 }
  const bad: [string, Item[]][] = [
    ['finite parameters', withFirst({ fixed: { ...fixed, slope: Number.NaN } })],
    ['one intercept per step', withFirst({ fixed: { ...fixed, intercepts: [] } })],
    ['rising scores', withFirst({ fixed: { ...fixed, scores: [1, 0] } })],
    ['guessing between 0 and 1', withFirst({ fixed: { ...fixed, guessing: 0.2 } })],
    [
      'falling intercepts',
      withFirst({
        model: 'graded',
        categories: 3,
        fixed: { ...fixed, scores: [0, 1, 2], intercepts: [0, 1] },
      }),
    ],
    ['only for 3pl', withFirst({ guessingPrior: { kind: 'beta', alpha: 5, beta: 17 } })],
    ['a proper prior', withFirst({ model: '3pl', guessingPrior: { kind: 'beta', alpha: 0.5, beta: 17 } })],
    ['a proper prior', withFirst({ model: '3pl', guessingPrior: { kind: 'normal', mean: 0, sd: 0 } })],
  ]
  for (const [what, changed] of bad) expect(() => calibrate({ responses, items: changed })).toThrow(what)
})

test('groups without a common item cannot be compared and are refused', () => {
  const apart = responses.map((x, at) => (at % 4 < 2 === Math.floor(at / 4) < 60 ? x : -1))
  const groups = Array.from({ length: 120 }, (_, i) => (i < 60 ? 0 : 1))
  expect(() => calibrate({ ...good, responses: apart, groups })).toThrow('link group 1')
  const together = calibrate({ ...good, responses: apart })
  expect(codes(together)).toContain('items-not-linked')
  expectNumbers(together)
})

test('an item nobody solved, everybody solved or nobody met is named, and the others are estimated without it', () => {
  const many = madeUpAnswers(known, madeUpAbilities(1000))
  const strange = many.map((x, at) => (at % 4 === 0 ? 0 : x))
  const result = calibrate({ ...good, responses: strange })
  expect(result.warnings).toMatchObject([{ code: 'item-with-one-score', item: 'item 0' }])
  expect(result.items[0]).toMatchObject({ scores: [0], intercepts: [], difficulties: [], slope: 0 })
  expect(result.converged).toBe(true)
  expectNumbers(result)
  const without = calibrate({
    items: items.slice(1),
    responses: many.filter((_, at) => at % 4 !== 0),
  })
  expect(result.logLikelihood).toBeCloseTo(without.logLikelihood, 9)
  const unmet = calibrate({ ...good, responses: responses.map((x, at) => (at % 4 === 1 ? -1 : x)) })
  expect(codes(unmet)).toContain('item-never-answered')
  expect(() => calibrate({ ...good, responses: new Int8Array(responses.length) })).toThrow(
    'two scores in use',
  )
})

test('a score nobody has gets no parameter and keeps the others their points', () => {
  const polytomous = madeUpItems(['gpcm', 'graded', 'pcm', 'gpcm', 'graded'])
  const answers = madeUpAnswers(polytomous, madeUpAbilities(400)).map((x, at) =>
    at % 5 < 2 && x === 2 ? 3 : x,
  )
  const result = calibrate({ responses: answers, items: toCalibrate(polytomous) })
  expect(codes(result)).toEqual(['unused-score', 'unused-score'])
  expect(result.items[0]!.scores).toEqual([0, 1, 3])
  expect(result.items[0]!.intercepts).toHaveLength(2)
  expect(result.items[1]!.difficulties).toHaveLength(2)
  expect(result.converged).toBe(true)
  expectNumbers(result)
})

test('answers that separate people perfectly end at a bound, with a warning and without NaN', () => {
  const steps = Int8Array.from({ length: 200 * 4 }, (_, at) =>
    at % 4 < Math.floor(Math.floor(at / 4) / 40) ? 1 : 0,
  )
  for (const model of ['2pl', 'rasch', '3pl'] as ItemModel[]) {
    const result = calibrate({ responses: steps, items: items.map((item) => ({ ...item, model })) })
    expectNumbers(result)
    if (model === '2pl') expect(codes(result)).toContain('parameter-at-bound')
  }
  const allOrNothing = Int8Array.from({ length: 200 * 4 }, (_, at) => Math.floor(at / 4) % 2)
  for (const model of ['2pl', 'rasch'] as ItemModel[]) {
    expectNumbers(calibrate({ responses: allOrNothing, items: items.map((item) => ({ ...item, model })) }))
  }
})

test('people who differ less than chance has it end at the smallest variance, with a warning', () => {
  // Everybody has two of four: no spread of sums at all.
  const even = Int8Array.from({ length: 120 * 4 }, (_, at) =>
    (at + (Math.floor(at / 4) % 2)) % 2 === 0 ? 1 : 0,
  )
  const result = calibrate({ responses: even, items: items.map((item) => ({ ...item, model: 'rasch' })) })
  expectNumbers(result)
  expect(codes(result)).toContain('variance-at-bound')
})

test('a bound on passes is kept and said', () => {
  const result = calibrate({ ...good, maxPasses: 3 })
  expect(result.converged).toBe(false)
  expect(codes(result)).toContain('not-converged')
  expectNumbers(result)
})

test('nodes too narrow for the people are said', () => {
  const rasch = items.map((item) => ({ ...item, model: 'rasch' as const }))
  const narrow = calibrate({ ...good, items: rasch, quadrature: normalGrid(21, -1.5, 1.5) })
  expect(codes(narrow)).toContain('nodes-too-narrow')
  expectNumbers(narrow)
})

test('whatever is answered, the result is numbers or a refusal that says what is required', () => {
  const models: ItemModel[] = ['rasch', '2pl', '3pl', 'pcm', 'gpcm', 'graded']
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }).chain((columns) =>
        fc.record({
          kinds: fc.array(fc.constantFrom(...models), { minLength: columns, maxLength: columns }),
          rows: fc.array(
            fc.array(fc.integer({ min: -1, max: 1 }), { minLength: columns, maxLength: columns }),
            {
              minLength: 1,
              maxLength: 25,
            },
          ),
        }),
      ),
      ({ kinds, rows }) => {
        try {
          const strange = kinds.map((model, j): Item => ({ id: `${j}`, model, categories: 2 }))
          expectNumbers(calibrate({ responses: Int8Array.from(rows.flat()), items: strange, maxPasses: 100 }))
        } catch (refusal) {
          expect(refusal).toBeInstanceOf(RangeError)
        }
      },
    ),
    { numRuns: 150 },
  )
})
