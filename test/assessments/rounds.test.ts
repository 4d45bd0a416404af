import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { codes, makeRoster } from '#modules/assessments/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { type PlantedRound, plantRound } from './plant.ts'

let planted: PlantedRound
const world = await newWorld({
  data: async (db) => {
    planted = await plantRound(db, { until: 'rostered' })
  },
})

test('every pupil of the grade is on the roster once, in the session of the own class, with a form and a code of one’s own', () => {
  expect(planted.participants).toHaveLength(42)
  expect(new Set(planted.participants.map(({ learnerId }) => learnerId)).size).toBe(42)
  expect(new Set(planted.participants.map(({ code }) => code)).size).toBe(42)
  expect(planted.sessions.map(({ institutionId, label }) => `${institutionId} ${label}`)).toEqual([
    '11 6.a',
    '11 6.b',
    '12 6.a',
    '12 6.b',
  ])
})

test('a code is stored nowhere; what is stored tells whose it is to those who hold the keys', async () => {
  const { rows } = await world.db.jobPool.query<{ id: number; key: Buffer; text: string }>(
    'select participant_id as id, entry_key as key, p::text as text from assessments.participant p',
  )
  const { entryKey } = codes(testKeys)
  for (const { id, code } of planted.participants) {
    const row = rows.find((each) => each.id === id)!
    expect(entryKey(`${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`)).toEqual(row.key)
    expect(row.text).not.toContain(code)
  }
})

test('a roster made again changes nothing', async () => {
  const all = () =>
    asJob(world.db, async (tx) => (await tx.query('select * from assessments.participant order by 1')).rows)
  const before = await all()
  expect(await makeRoster(world.db, testKeys, planted.code)).toMatchObject({
    added: 0,
    withdrawn: 0,
    moved: 0,
  })
  expect(await all()).toEqual(before)
})
