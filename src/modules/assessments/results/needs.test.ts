import { expect, test } from 'vitest'
import { classLearner, firstOfToday } from './class-results.ts'
import { needsOf } from './needs.ts'
import type { ReadableResult } from './readable.ts'

const result = (schoolYear: number, domain: ReadableResult['domain'], level: number) =>
  ({ schoolYear, domain, level, growth: null, cuts: null, error: null, score: 400 }) as ReadableResult

test('what a child knew of science in grade 3 is no reason for support in grade 6', () => {
  const results = [result(2027, 'reading', 1), result(2024, 'science', 1)]
  const needs = needsOf(results, firstOfToday([{ results }]), results, [], [])
  expect(needs.map(({ domain, reasons }) => [domain, reasons])).toEqual([['reading', ['lowest_level']]])
})

test('who missed the last test is not judged by the one three years before; a class tested last year is judged by it', () => {
  const [missed, sat] = [[result(2024, 'reading', 1)], [result(2027, 'reading', 3)]]
  const since = firstOfToday([{ results: missed }, { results: sat }])
  expect(needsOf(missed, since, missed, [], [])).toEqual([])
  const lastYear = [result(2026, 'reading', 1)]
  expect(
    needsOf(lastYear, firstOfToday([{ results: lastYear }, { results: sat }]), lastYear, [], []),
  ).toHaveLength(1)
})

test('a plan that was asked for stays to be seen and taken back', () => {
  const results = [result(2027, 'reading', 4), result(2024, 'science', 1)]
  const asked = [{ id: 'a', domain: 'science' as const, madeOn: '2024-05-20' }]
  const [need] = needsOf(results, firstOfToday([{ results }]), results, [], asked)
  expect(need).toMatchObject({ domain: 'science', reasons: [], request: { id: 'a' } })
})

test('a class nobody of whom has a result needs nothing', () => {
  const learner = {
    id: 'a',
    name: null,
    code: '',
    sex: 'female' as const,
    results: [],
    marks: [],
    requests: [],
  }
  expect(classLearner(learner, firstOfToday([learner])).needs).toEqual([])
})
