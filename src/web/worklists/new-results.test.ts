import { expect, test } from 'vitest'
import type { Profile } from '#modules/publications/model.ts'
import { newResults } from './new-results.ts'

const biology = { id: 'b', subject: 'exam-12-biology-al' } as Profile['assessments'][number]
const physics = { id: 'p', subject: 'exam-12-physics-al' } as Profile['assessments'][number]

function figure(indicator: string, subject: string, n: number): Profile['figures'][number] {
  return { indicator, subject, cell: { n } } as Profile['figures'][number]
}

test('a test has as many pupils as have a result, not as many as were to sit it', () => {
  const figures = [figure('ACH-05', biology.subject, 9), figure('ACH-10', biology.subject, 52)]
  expect(newResults({ assessments: [biology], figures })).toEqual([{ assessment: biology, n: 9 }])
})

test('a test that nobody has a result in is not among the latest results', () => {
  const figures = [figure('ACH-10', physics.subject, 52)]
  expect(newResults({ assessments: [biology, physics], figures })).toEqual([])
})
