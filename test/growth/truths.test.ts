import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { growRound } from '#modules/growth/index.ts'
import { newDatabase } from '../database.ts'
import { Made } from '../synth/made.ts'
import { plantPairs } from './plant.ts'

/**
 * What the made-up schools truly add between grade 3 and grade 6 is looked for in the results of science, in which no initiative was
 * at work: by value added, from tests that measure with an error of 30 points, with pupils who change school on the way.
 */
test('what schools of a made-up country add lies in about nine of ten of their 95 % intervals, and is recognised', async () => {
  const made = new Made('demo', 2, 2023)
  const rounds = new Map(made.of('assessments').map((row) => [row.code, row]))
  const schools = made.of('true_schools').map((row) => String(row.reg_number))
  const added = new Map(made.of('true_schools').map((row, at) => [at + 1, Number(row.growth)]))
  const scores = Map.groupBy(
    made.of('results').filter(({ assessment }) => /^science-/.test(String(rounds.get(assessment)!.subject))),
    ({ learner_uid }) => learner_uid,
  )
  const pairs = [...scores.values()].flatMap((own, at) => {
    const of = (grade: number, year: number) =>
      own.find(({ assessment }) => {
        const round = rounds.get(assessment)!
        return Number(round.grade) === grade && Number(round.school_year) === year
      })
    const [from, to] = [of(3, 2023), of(6, 2026)]
    if (!from || !to) return []
    const place = (row: typeof from) => schools.indexOf(String(row.reg_number)) + 1
    return [
      {
        learner: at + 1,
        school: place(to),
        fromSchool: place(from),
        from: Number(from.value),
        to: Number(to.value),
      },
    ]
  })
  expect(pairs.length).toBeGreaterThan(1_000)
  const db = await newDatabase()
  await plantPairs(db, pairs, { domain: 'science' })
  await growRound(db, { domain: 'science', schoolYear: 2026 })
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ school: number; pupils: number; value: number; error: number }>(
      'select institution_id as school, pupils, value_b as value, error_b as error from growth.school',
    ),
  )
  // Value added is against the mean of pupils elsewhere.
  const mean = rows.reduce((sum, { school, pupils }) => sum + pupils * added.get(school)!, 0) / pairs.length
  const truth = (school: number) => added.get(school)! - mean
  const held = rows.filter(({ school, value, error }) => Math.abs(value - truth(school)) <= 1.96 * error)
  expect(held.length / rows.length).toBeGreaterThan(0.86)
  const product = (a: (row: (typeof rows)[0]) => number, b: typeof a) =>
    rows.reduce((sum, row) => sum + a(row) * b(row), 0)
  const [value, true_] = [(row: (typeof rows)[0]) => row.value, (row: (typeof rows)[0]) => truth(row.school)]
  expect(product(value, true_) / Math.sqrt(product(value, value) * product(true_, true_))).toBeGreaterThan(
    0.35,
  )
})
