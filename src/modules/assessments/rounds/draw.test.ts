import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { type Drawable, drawSchools } from './draw.ts'
import { dealForms } from './roster.ts'

const random = philox(5)
const frame: Drawable[] = Array.from({ length: 120 }, (_, at) => ({
  institutionId: at + 1,
  size: at === 7 ? 900 : 5 + random.integer(120),
  place: at % 10,
}))

test('as many schools are drawn as were asked for, the same under the same seed; one larger than a step for certain', () => {
  for (let seed = 0; seed < 50; seed++) {
    const drawn = drawSchools(frame, 40, seed)
    expect(drawn).toHaveLength(40)
    expect(new Set(drawn.map(({ institutionId }) => institutionId)).size).toBe(40)
    expect(drawn.find(({ institutionId }) => institutionId === 8)?.probability).toBe(1)
  }
  expect(drawSchools(frame, 40, 3)).toEqual(drawSchools(frame.toReversed(), 40, 3))
  expect(drawSchools(frame, 40, 3)).not.toEqual(drawSchools(frame, 40, 4))
})

test('over many draws a school is drawn as often as its probability says', () => {
  const times = new Map<number, number>()
  const probabilities = new Map<number, number>()
  const draws = 4000
  for (let seed = 0; seed < draws; seed++) {
    for (const { institutionId, probability } of drawSchools(frame, 30, seed)) {
      times.set(institutionId, (times.get(institutionId) ?? 0) + 1)
      probabilities.set(institutionId, probability)
    }
  }
  for (const { institutionId } of frame) {
    const expected = probabilities.get(institutionId)!
    const error = Math.sqrt((expected * (1 - expected)) / draws)
    expect(Math.abs(times.get(institutionId)! / draws - expected)).toBeLessThanOrEqual(4.5 * error + 1e-12)
  }
})

test('the weights of all pupils drawn give back how many pupils there are, over many draws', () => {
  const pupils = frame.reduce((sum, { size }) => sum + size, 0)
  for (let seed = 0; seed < 20; seed++) {
    const estimate = drawSchools(frame, 30, seed).reduce(
      (sum, { size, probability }) => sum + size / probability,
      0,
    )
    expect(estimate).toBeCloseTo(pupils, 6)
  }
})

test('every zone has both halves; with an odd number the last one holds three schools', () => {
  for (const count of [2, 3, 30, 31]) {
    const zones = Map.groupBy(drawSchools(frame, count, 1), ({ zone }) => zone)
    expect(zones.size).toBe(Math.floor(count / 2))
    for (const [zone, schools] of zones) {
      expect(new Set(schools.map(({ half }) => half))).toEqual(new Set([0, 1]))
      expect(schools.length).toBe(zone === zones.size ? 2 + (count % 2) : 2)
    }
  }
})

test('all schools are taken where there are no more; fewer than two, or one without pupils, are refused', () => {
  expect(drawSchools(frame.slice(0, 5), 9, 1).every(({ probability }) => probability === 1)).toBe(true)
  expect(() => drawSchools(frame, 1, 1)).toThrow(RangeError)
  expect(() => drawSchools(frame.slice(0, 1), 2, 1)).toThrow(RangeError)
  expect(() => drawSchools([...frame, { institutionId: 999, size: 0, place: 1 }], 5, 1)).toThrow(RangeError)
})

test('forms are dealt by their shares within a class, to the last pupil; who comes later gets what is lacking', () => {
  const forms = [
    { formId: 1, share: 2 },
    { formId: 2, share: 1 },
    { formId: 3, share: 1 },
  ]
  for (let seed = 0; seed < 100; seed++) {
    const chances = Array.from({ length: 24 }, (_, at) => philox(seed, at).integer(1e9))
    const dealt = dealForms(forms, new Map(), chances)
    for (const { formId, share } of forms) {
      expect(dealt.filter((form) => form === formId)).toHaveLength((24 * share) / 4)
    }
    expect(
      dealForms(
        forms,
        new Map([
          [1, 6],
          [2, 4],
          [3, 2],
        ]),
        chances.slice(0, 4),
      ).toSorted(),
    ).toEqual([1, 1, 3, 3])
  }
  expect(dealForms([], new Map(), [1, 2])).toEqual([null, null])
})
