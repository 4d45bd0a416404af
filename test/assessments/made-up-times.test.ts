import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { answerAll } from '#modules/assessments/made-up/answers-store.ts'
import { newWorld } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantRound(world.db, { items: 10 })
const pupils = new Map(
  planted.participants.map(({ learnerId }, n) => [
    learnerId,
    { n, ability: 1, exempt: null, hasNeed: false } as const,
  ]),
)
const done = await asJob(world.db, (tx) => answerAll(tx, planted.roundId, pupils, 7))
const { rows } = await asJob(world.db, (tx) =>
  tx.query<{ pupil: number; at: number; begun: number; done: number; start: number; end: number }>(
    `select p.participant_id as pupil, extract(epoch from a.saved_at)::float8 as at,
            extract(epoch from p.started_at)::float8 as begun, extract(epoch from p.finished_at)::float8 as done,
            extract(epoch from s.started_at)::float8 as start, extract(epoch from s.ended_at)::float8 as end
       from assessments.answer a join assessments.participant p using (participant_id)
       join assessments.session s using (session_id) order by p.participant_id, a.position`,
  ),
)

test('made-up answers lie within the time their pupil worked, and that within the session', () => {
  expect(rows).toHaveLength(done.answers)
  expect(rows.length).toBeGreaterThan(100)
  // Times of answers are whole milliseconds.
  const outside = rows.filter(
    (row) => row.at <= row.begun || row.at > row.done + 0.001 || row.begun < row.start || row.done > row.end,
  )
  expect(outside).toEqual([])
})

test('a made-up pupil answers one place after the other, and no two pupils alike', () => {
  const byPupil = Map.groupBy(rows, ({ pupil }) => pupil)
  for (const own of byPupil.values()) {
    const times = own.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
  }
  const gaps = [...byPupil.values()].map((own) => own.map(({ at, begun }) => at - begun).join(' '))
  expect(new Set(gaps).size).toBe(gaps.length)
})
