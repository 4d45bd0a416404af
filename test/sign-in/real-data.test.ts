import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { giveMandate, makeDemoPeople, openProvider } from '#modules/access/index.ts'
import type { DemoPerson, Me } from '#modules/access/model.ts'
import { sealer } from '#modules/registry/index.ts'
import { newWorld, testKeys } from '../world.ts'
import { newBrowser } from './browser.ts'
import { signInService } from './service.ts'

const code = '010180-12345'
const service = await signInService({ anna: { personal_code: code, name: 'Anna Ozola' } })
const world = await newWorld({ portal: true, provider: openProvider(service.settings), behindProxy: true })
const { items: demo } = await world.read<{ items: DemoPerson[] }>('/demo-people')
await giveMandate(world.db, {
  codeHash: sealer(testKeys).hashCode(code),
  name: 'Anna Ozola',
  tier: 'steward',
  place: null,
  until: null,
})
// From here on this bank holds real data.
await world.db.jobPool.query(`update intake.import set data_kind = 'real'`)

test('where the data are real there are no demo people, and none can be made', async () => {
  expect(demo.length).toBeGreaterThan(0)
  expect(await world.read('/demo-people')).toEqual({ items: [] })
  await world.db.jobPool.query(
    `update access.person set display_name = 'formerly ' || display_name where demo`,
  )
  expect(await asJob(world.db, makeDemoPeople)).toBe(0)
})

test('nobody signs in as a demo person, not even with the right number', async () => {
  for (const { id } of demo) {
    const answer = await world.get('/api/v1/session', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: id }),
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'demo_refused' })
  }
})

test('the sign-in page offers the service alone, and through it people come in', async () => {
  const browser = newBrowser(world.server)
  const page = await browser.open('/lv/ieiet')
  expect(page.text).toContain('Ieiet ar vienoto pieteikšanos')
  expect(page.text).not.toContain('Izdomāti lietotāji')
  await browser.signIn('anna')
  expect((await browser.api<Me>('/me')).body).toMatchObject({
    person: { name: 'Anna Ozola' },
    mandate: { tier: 'steward' },
  })
})
