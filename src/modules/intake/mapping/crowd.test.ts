import { expect, test } from 'vitest'
import { Crowd } from './crowd.ts'

/** Learners a file of such lines names as crowded. */
function crowdOf(lines: Iterable<readonly [learner: number, slot: number]>): number[] {
  const named: number[] = []
  const crowd = new Crowd({ add: ([learner]: [number]) => named.push(learner) } as never)
  for (const [learner, slot] of lines) crowd.note(learner, slot)
  return named
}

const PLACES = 1_000_000

test('who has two facts for one slot is crowded, whether their lines stand together or not', () => {
  const together = [
    [0, 2026 * PLACES],
    [0, 2026 * PLACES],
    [1, 2026 * PLACES],
  ] as const
  expect(crowdOf(together)).toEqual([0])
  expect(crowdOf([together[0], together[2], together[1]])).toEqual([0])
})

test('other years, places and rounds are other slots', () => {
  const slots = [2025 * PLACES, 2026 * PLACES, 2026 * PLACES + 1, 2026 * PLACES + 2, -1, -2]
  expect(crowdOf(slots.map((slot) => [0, slot] as const))).toEqual([])
  expect(crowdOf(slots.flatMap((slot) => [[0, slot] as const, [1, slot] as const]))).toEqual([])
})

test('whose lines stand together is never named without need, however long the file', () => {
  function* lines() {
    for (let learner = 0; learner < 2000; learner++) {
      for (let round = 1; round <= 1000; round++) yield [learner, -round] as const
    }
  }
  expect(crowdOf(lines())).toEqual([])
})

test('year by year, of a country one in a hundred at most is looked at without need', () => {
  function* lines() {
    for (let year = 2020; year < 2027; year++) {
      for (let learner = 0; learner < 400_000; learner++) yield [learner, year * PLACES] as const
    }
    yield [123_456, 2021 * PLACES] as const
  }
  const named = new Set(crowdOf(lines()))
  expect(named.has(123_456)).toBe(true)
  expect(named.size).toBeLessThan(4000)
})
