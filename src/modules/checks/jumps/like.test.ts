import { expect, test } from 'vitest'
import { likeGroups } from './like.ts'

const schools = (kind: string, ...sizes: [many: number, learners: number][]) =>
  sizes.flatMap(([many, learners]) => Array.from({ length: many }, () => ({ kind, learners })))
const groupsOf = (all: { kind: string; learners: number }[]) => {
  const groups = likeGroups(all.map((each, institutionId) => ({ ...each, institutionId })))
  const counts: Record<string, number> = {}
  for (const group of groups.values()) counts[group] = (counts[group] ?? 0) + 1
  return counts
}

test('small, middling and large schools of a kind stand apart where there are twelve of each', () => {
  const all = schools('general', [12, 99], [12, 100], [12, 400])
  expect(groupsOf(all)).toEqual({ 'general 0': 12, 'general 100': 12, 'general 400': 12 })
})

test('a size with too few schools joins its neighbour, and nobody is left alone', () => {
  expect(groupsOf(schools('general', [3, 50], [20, 200], [15, 900]))).toEqual({
    'general 0': 23,
    'general 400': 15,
  })
  expect(groupsOf(schools('general', [15, 50], [20, 200], [2, 900]))).toEqual({
    'general 0': 15,
    'general 100': 22,
  })
})

test('kinds with few institutions stand together', () => {
  const all = [
    ...schools('special', [5, 50]),
    ...schools('vocational', [7, 300]),
    ...schools('general', [12, 30]),
  ]
  expect(groupsOf(all)).toEqual({ rest: 12, 'general 0': 12 })
})
