import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { scaleRound } from '#modules/assessments/index.ts'
import type { RunReport, Scale } from '#modules/assessments/scaling/model.ts'
import { newWorld } from '../world.ts'
import { answerRound } from './answered-round.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const { db } = world
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows

const round = await plantRound(db, { pupilsPerClass: 80, items: 24 })
const abilities = await answerRound(db, round, { seed: 1 })
await scaleRound(db, round.code, { seed: 5 })

interface Run {
  number: number
  in_force: boolean
  hash: string
  input: string
  scale: Scale
  report: RunReport
}
const runsOf = (code: string) =>
  query<Run>(
    `select x.number, x.in_force, encode(x.output_hash, 'hex') as hash, encode(x.input_hash, 'hex') as input, x.scale, x.report
       from assessments.scaling_run x join assessments.round r using (round_id) where r.code = $1 order by 1`,
    [code],
  )
const outcomesOf = (roundId: number) =>
  query<{ person: number; score: number; error: number; level: number | null; values: number[]; version: number }>(
    `select participant_id as person, score, error, level, values, version from assessments.outcome
      where round_id = $1 and ended_at is null order by 1`,
    [roundId],
  )

test('every pupil who was tested has one outcome, and the round is scaled', async () => {
  const outcomes = await outcomesOf(round.roundId)
  expect(outcomes.length).toBe(round.participants.length)
  expect(new Set(outcomes.map(({ version }) => version))).toEqual(new Set([1]))
  expect(outcomes.every(({ values }) => values.length === 10)).toBe(true)
  expect((await query('select state from assessments.round where code = $1', [round.code]))[0]).toEqual({
    state: 'scaled',
  })
})

test('the first round of grade 6 makes the scale: about 500 and 100, and scores cover the planted abilities', async () => {
  const [run] = await runsOf(round.code)
  console.log(run!.scale, run!.report.mean, run!.report.sd, run!.report.flags, run!.report.reliability, run!.report.forms)
  console.log(run!.report.items[0], run!.report.booklet.length)
})
