import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { MarkingSettings, RoundDetail } from '#modules/assessments/model.ts'
import { newWorld } from '../world.ts'
import { plantSatRound } from './marked-round.ts'

const world = await newWorld({ data: 'none' })
const round = await plantSatRound(world.db, { pupilsPerClass: 5 })
const people = (await world.read<{ items: { name: string; tier: string }[] }>('/demo-people')).items.filter(
  ({ tier }) => tier === 'researcher',
)
const as = (name: string) =>
  world.signIn(
    'researcher',
    people.findIndex((person) => person.name === name),
  )
const coordinator = await as('Rita Vanaga')
const marker = await as('Aija Strazda')
const set = (said: Partial<MarkingSettings>, who = coordinator) =>
  world.get(`/api/v1/rounds/${round.id}/marking`, who, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': who.csrf },
    body: JSON.stringify({ doubleShare: 0.1, controlShare: 0.05, leaseMinutes: 15, hints: true, ...said }),
  })
const settings = async (who = coordinator) =>
  (await world.read<RoundDetail>(`/rounds/${round.id}`, who)).marking
const twice = async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ twice: number; needed: number; all: number }>(
      `select (count(*) filter (where twice))::int as twice, (count(*) filter (where needed = 2))::int as needed, count(*)::int as all
         from assessments.mark_task where round_id = $1`,
      [round.roundId],
    ),
  )
  return rows[0]!
}

test('before marking begins the coordinator says how many answers are marked twice, and they are drawn anew', async () => {
  expect(await settings()).toEqual({
    doubleShare: 0.1,
    controlShare: 0.05,
    leaseMinutes: 15,
    hints: true,
    mayChange: true,
  })
  const before = await twice()
  expect((await set({ doubleShare: 1, leaseMinutes: 30, hints: false })).status).toBe(200)
  expect(await twice()).toEqual({ twice: before.all, needed: before.all, all: before.all })
  expect(await settings()).toMatchObject({ doubleShare: 1, leaseMinutes: 30, hints: false })
  expect((await set({ doubleShare: 0 })).status).toBe(200)
  expect(await twice()).toMatchObject({ twice: 0, needed: 0 })
  expect((await set({})).status).toBe(200)
  expect(await twice()).toEqual(before)
})

test.each([
  { doubleShare: 1.01 },
  { doubleShare: -0.1 },
  { controlShare: 0.6 },
  { leaseMinutes: 1 },
  { leaseMinutes: 121 },
])('%o is refused and changes nothing', async (said) => {
  expect((await set(said)).status).toBe(400)
  expect(await settings()).toMatchObject({ doubleShare: 0.1, controlShare: 0.05, leaseMinutes: 15 })
})

test('others only read it, and once an answer lies before a marker nobody changes it', async () => {
  expect(await settings(marker)).toMatchObject({ mayChange: false })
  expect((await set({}, marker)).status).toBe(404)
  const taken = await world.get(`/api/v1/marking/rounds/${round.id}/next`, marker, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': marker.csrf },
    body: '{}',
  })
  expect(taken.status).toBe(200)
  expect(await settings()).toMatchObject({ mayChange: false })
  expect((await set({ doubleShare: 0.5 })).status).toBe(409)
})
