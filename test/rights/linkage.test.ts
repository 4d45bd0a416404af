import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { compute } from '#modules/indicators/index.ts'
import type { Indicator } from '#modules/indicators/model.ts'
import { publish } from '#modules/publications/index.ts'
import type { Profile } from '#modules/publications/model.ts'
import type { Linkage } from '#modules/rights/model.ts'
import { catalogue } from '../../src/catalogue.ts'
import { newWorld } from '../world.ts'

const world = await newWorld()
const officer = await world.signIn('protection_officer')
const { countryId, schoolYears } = await world.read<{ countryId: string; schoolYears: number[] }>('/config')
const turn = async (code: string, on: boolean) => {
  const answer = await world.get(`/api/v1/linkages/${code}`, officer, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': officer.csrf },
    body: JSON.stringify({ on, reason: on ? 'Pamats ir' : 'Nav pamata' }),
  })
  expect(answer.status).toBe(204)
}
/** Indicators with cells in the cube in force. */
const computed = async () => {
  await compute(world.db, catalogue)
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ code: string }>(
      `select distinct p.code from indicators.pointer join indicators.cube_part using (cube_id)
         join indicators.part p using (part_id) order by 1`,
    ),
  )
  return rows.map(({ code }) => code)
}

test('every linkage a definition names is in the register, and every indicator of results names one', async () => {
  const { linkages } = await world.read<{ linkages: Linkage[] }>('/processing')
  const known = linkages.map(({ code }) => code)
  expect(catalogue.flatMap(({ linkages = [] }) => linkages).filter((code) => !known.includes(code))).toEqual(
    [],
  )
  const results = catalogue.filter(({ topic }) => topic === 'results' || topic === 'participation')
  expect(results.filter(({ linkages = [] }) => linkages.length === 0).map(({ code }) => code)).toEqual([])
})

test('the context of families, which the statistics office joins, is off as delivered, with its basis told as an assumption', async () => {
  const { linkages } = await world.read<{ linkages: Linkage[] }>('/processing')
  const context = linkages.find(({ code }) => code === 'context')!
  expect([context.on, context.reason]).toEqual([false, null])
  expect([context.basis.lv, context.basis.en].map((basis) => basis.split(':')[0])).toEqual([
    'Pieņēmums',
    'Assumption',
  ])
})

test('while a linkage is off, what needs it is not computed and says why; on again, it is as before', async () => {
  const all = await computed()
  expect(all).toContain('ACH-11')
  await turn('results-years', false)
  expect(await computed()).toEqual(all.filter((code) => code !== 'ACH-11'))
  expect(await publish(world.db, 'public', '2026-11-22')).toMatchObject({ changed: true })
  await expect
    .poll(async () => (await world.read<Indicator>('/indicators/ACH-11')).switchedOff)
    .toEqual({
      linkage: {
        lv: 'Viena skolēna rezultāti dažādos gados',
        en: 'Results of the same learner in different years',
      },
      reason: 'Nav pamata',
    })
  const shown = async () => {
    const { figures } = await world.read<Profile>(`/profiles/${countryId}?year=${schoolYears.at(-1)}`)
    return figures.filter(({ indicator, cell }) => indicator === 'ACH-11' && cell.value !== null)
  }
  await expect.poll(shown).toEqual([])
  await turn('results-years', true)
  expect(await computed()).toEqual(all)
})
