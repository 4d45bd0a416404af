import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distractorTable } from './distractors.ts'

describe('distractor table', () => {
  const choices = ['A', 'A', 'A', 'B', 'B', 'C', null, 'C', 'A'] as const
  const criterion = [9, 8, 7, 3, 2, 8, 1, 9, 6]

  test('gives, worked by hand, who chose what, by ability', () => {
    const table = distractorTable(choices, criterion, 'A', ['A', 'B', 'C', 'D'])
    expect(table.persons).toBe(9)
    expect(table.groupSizes).toEqual([3, 2, 4]) // 1 2 3 | 6 7 | 8 8 9 9: equal scores are not torn apart
    expect(table.options.map((o) => [o.option, o.persons])).toEqual([
      ['A', 4],
      ['B', 2],
      ['C', 2],
      [null, 1],
      ['D', 0],
    ])
    expect(table.options[0]).toMatchObject({ isKey: true, meanCriterion: 7.5, shareByGroup: [0, 1, 0.5] })
    expect(table.options[1]!.shareByGroup).toEqual([2 / 3, 0, 0])
    expect(table.options[4]).toMatchObject({ meanCriterion: null, pointBiserial: null })
    expect(table.suspects).toEqual(['C'])
    expect(table.unused).toEqual(['D'])
  })

  test('shares add to one, over all and in each group that has persons', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(1, 2, 3, null), fc.integer({ min: 0, max: 20 })), { minLength: 1 }),
        fc.integer({ min: 2, max: 5 }),
        (rows, groups) => {
          const table = distractorTable(
            rows.map(([c]) => c),
            rows.map(([, s]) => s),
            2,
            [],
            groups,
          )
          expect(table.options.reduce((t, o) => t + o.share, 0)).toBeCloseTo(1, 12)
          table.groupSizes.forEach((n, g) => {
            const shares = table.options.map((o) => o.shareByGroup[g])
            if (n === 0) expect(shares.every((s) => s === null)).toBe(true)
            else expect(shares.reduce<number>((t, s) => t + s!, 0)).toBeCloseTo(1, 12)
          })
        },
      ),
    )
  })

  test('empty, unequal, infinite or ungrouped input is refused', () => {
    expect(() => distractorTable([], [], 'A')).toThrow(RangeError)
    expect(() => distractorTable(['A'], [1, 2], 'A')).toThrow(RangeError)
    expect(() => distractorTable(['A'], [Number.NaN], 'A')).toThrow('finite')
    expect(() => distractorTable(['A'], [1], 'A', [], 1)).toThrow('two or more groups')
  })
})
