import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { philox } from '../numeric/random.ts'
import { subjectDifficulty } from './subject-difficulty.ts'

describe('easiness of subjects', () => {
  agreement('agrees with R 4.2, lm(score ~ pupil + subject), centred over entries (methods/12)', () => {
    const { expected } = referenceJson<{ expected: Record<string, Record<string, number>> }>(
      'methods/12_subject_difficulty_expected.json',
    )
    const { pupil, subject, score } = referenceColumns('methods/12_subject_difficulty_synthetic.csv')
    const names = Object.keys(expected.raw_subject_means!)
    const ours = subjectDifficulty({
      person: pupil!.map(Number),
      subject: subject!.map((name) => names.indexOf(name)),
      result: score!.map(Number),
      subjects: names.length,
    })
    names.forEach((name, s) => {
      expect(ours.means[s]).toBeCloseTo(expected.raw_subject_means![name]!, 9)
      expect(ours.easiness[s]).toBeCloseTo(expected.adjusted_easiness_entry_weighted_centred![name]!, 8)
    })
  })

  const entries = fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 100 }),
    ),
    { minLength: 8, selector: ([p, s]) => `${p}-${s}` },
  )
  const asResults = (rows: readonly (readonly number[])[]) => ({
    person: rows.map(([p]) => p!),
    subject: rows.map(([, s]) => s!),
    result: rows.map(([, , y]) => y!),
    subjects: 4,
  })
  const tried = (rows: readonly (readonly number[])[]) => {
    try {
      return subjectDifficulty(asResults(rows))
    } catch (refused) {
      expect(refused).toBeInstanceOf(RangeError)
      return null
    }
  }

  test('does not change with the ability of persons, follows points given to a subject, and is 0 on average', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: -20, max: 20 }), (rows, gift) => {
        const ours = tried(rows)
        if (!ours) return
        const abler = tried(rows.map(([p, s, y]) => [p, s, y + 7 * p]))!
        const easier = tried(rows.map(([p, s, y]) => [p, s, y + (s === 0 ? gift : 0)]))!
        let average = 0
        ours.easiness.forEach((value, s) => {
          expect(value === null).toBe(ours.entries[s] === 0)
          if (value === null) return
          average += value * ours.entries[s]!
          expect(abler.easiness[s]).toBeCloseTo(value, 8)
          if (ours.easiness[0] !== null) {
            expect(easier.easiness[s]! - easier.easiness[0]!).toBeCloseTo(
              value - ours.easiness[0]! - (s === 0 ? 0 : gift),
              8,
            )
          }
        })
        expect(average).toBeCloseTo(0, 7)
        expect(tried(rows.toReversed())!.easiness).toEqual(ours.easiness)
      }),
    )
  })

  test('standard errors by drawing persons come near the spread over repeated worlds, and repeat with the seed', () => {
    const random = philox(11)
    const world = () => {
      const rows: number[][] = []
      for (let p = 0; p < 150; p++) {
        const ability = 50 + 10 * random.normal()
        for (let s = 0; s < 3; s++)
          if (s < 2 || p % 3 === 0) rows.push([p, s, ability + 4 * s + 6 * random.normal()])
      }
      return rows
    }
    const found = Array.from({ length: 200 }, () => subjectDifficulty(asResults(world())).easiness)
    const one = subjectDifficulty(asResults(world()), 200, 5)
    for (let s = 0; s < 3; s++) {
      const values = found.map((easiness) => easiness[s]!)
      const mean = values.reduce((a, b) => a + b) / 200
      const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 199)
      expect(one.standardErrors[s]! / spread).toBeGreaterThan(0.75)
      expect(one.standardErrors[s]! / spread).toBeLessThan(1.33)
    }
    const rows = world()
    expect(subjectDifficulty(asResults(rows), 20, 5)).toEqual(subjectDifficulty(asResults(rows), 20, 5))
  })

  test('subjects without common persons, doubled entries and numbers that are none are refused', () => {
    const apart = [
      [0, 0, 5],
      [0, 1, 6],
      [1, 2, 5],
      [1, 3, 7],
    ]
    expect(() => subjectDifficulty(asResults(apart))).toThrow('connected')
    expect(() =>
      subjectDifficulty(
        asResults([
          [0, 0, 5],
          [1, 1, 6],
        ]),
      ),
    ).toThrow('connected')
    expect(() =>
      subjectDifficulty(
        asResults([
          [0, 0, 5],
          [0, 0, 6],
        ]),
      ),
    ).toThrow('at most once')
    expect(() => subjectDifficulty(asResults([[0, 4, 5]]))).toThrow(RangeError)
    expect(() => subjectDifficulty(asResults([[0, 0, Number.NaN]]))).toThrow('finite')
    expect(() => subjectDifficulty(asResults([]))).toThrow(RangeError)
    expect(() => subjectDifficulty(asResults(apart), 1)).toThrow('draws')
  })
})
