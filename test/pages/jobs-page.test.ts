import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Job } from '#modules/jobs/model.ts'
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)
const steward = await world.signIn('steward')
const { cookie } = steward
const jobs = async () => (await world.read<{ items: Job[] }>('/jobs', steward)).items

test('where there are no jobs the page says so and offers to ask for one', async () => {
  const page = await (await world.get('/lv/fona-darbi', steward)).text()
  expect(page).toContain('Nekas nenotiek un nekas negaida.')
  expect(page).toContain('Vēl neviens darbs nav pabeigts.')
  expect(page).toContain('Aprēķināt un publicēt')
  expect(await (await world.get('/en/jobs', steward)).text()).toContain('Nothing runs and nothing waits.')
})

test('for everybody else there is no such page', async () => {
  for (const person of [undefined, await world.signIn('analyst'), await world.signIn('school')]) {
    expect((await world.get('/lv/fona-darbi', person)).status).toBe(404)
  }
})

pageTest('a steward asks for a job, cancels it and puts it back, without scripts', async () => {
  await visit('/lv/mans-darbs', { scripts: false, cookie }, async (page) => {
    await page.getByRole('link', { name: 'Fona darbi' }).click()
    await page.getByRole('button', { name: 'Aprēķināt un publicēt' }).click()
    expect(new URL(page.url()).pathname).toBe('/lv/fona-darbi')
    expect(await mainText(page)).toContain('uzdeva Mārtiņš Bērziņš')
    expect(await jobs()).toMatchObject([{ kind: 'compute', state: 'waiting' }])
    await page.getByRole('button', { name: 'Atcelt Rādītāju aprēķins' }).click()
    expect(await mainText(page)).toContain('Nekas nenotiek un nekas negaida.')
    expect(await jobs()).toMatchObject([{ state: 'cancelled' }])
    await page.getByRole('button', { name: 'Atkārtot Rādītāju aprēķins' }).click()
    expect(await jobs()).toMatchObject([{ state: 'waiting' }])
  })
})

pageTest('what is not possible any more is said, and the page shows how things are now', async () => {
  const [job] = await jobs()
  await visit('/lv/fona-darbi', { cookie }, async (page) => {
    await asJob(world.db, (tx) => tx.query('select jobs.cancel($1)', [job!.id]))
    await page.getByRole('button', { name: 'Atcelt Rādītāju aprēķins' }).click()
    expect(await page.getByRole('status').textContent()).toContain('vairs nav iespējams')
  })
})

test('the page looks again by itself only where that was chosen', async () => {
  expect(await (await world.get('/lv/fona-darbi', steward)).text()).not.toContain('http-equiv="refresh"')
  expect(await (await world.get('/lv/fona-darbi?again', steward)).text()).toMatch(
    /<meta http-equiv="refresh" content="10; url=\/lv\/fona-darbi\?again="/,
  )
})

test('a form of another site can neither ask for a job nor stop one', async () => {
  const before = await jobs()
  const forms: Record<string, string>[] = [{ kind: 'publish' }, { what: 'retry', job: before[0]!.id }]
  for (const fields of forms) {
    const answer = await world.get('/lv/fona-darbi', steward, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrf: 'guessed' }).toString(),
    })
    expect(answer.status).toBe(403)
  }
  expect(await jobs()).toEqual(before)
})

describe('with a job of every state', () => {
  beforeAll(async () => {
    await asJob(world.db, (tx) =>
      tx.query(
        `with made (state, kind, failure) as (values
         ('active', 'compute', null), ('created', 'publish', null), ('retry', 'compute', 'job.interrupted'),
         ('failed', 'rule-trial', 'job.failed'), ('failed', 'publish', 'release.refused'),
         ('completed', 'publish', null), ('completed', 'compute', null), ('cancelled', 'compute', null)
       ), job as (
         insert into pgboss.job (name, state, policy, retry_limit, started_on, completed_on, start_after)
         select kind, state::pgboss.job_state, 'stately', 3, now() - interval '3 minutes',
                case when state in ('failed', 'completed', 'cancelled') then now() end, now() + interval '1 minute'
           from made
         returning id, name, state
       )
       insert into jobs.job (job_id, done, step, failure, fault, result)
       select id, case when job.state = 'active' then 0.42 else 0 end,
              case when job.state = 'active' then '{"indicator": "ACH-05", "schoolYear": 2026}'::jsonb end,
              made.failure, case when made.failure = 'job.failed' then '53100' end,
              case when job.state = 'completed' then '{"cells": 21, "shown": 10, "absent": 1}'::jsonb end
         from job join made on made.kind = job.name and made.state = job.state::text`,
      ),
    )
  })
  test('each is told in words', async () => {
    const page = (await (await world.get('/lv/fona-darbi', steward)).text()).replaceAll(
      /<!-- -->|&nbsp;|\u00a0/g,
      ' ',
    )
    for (const words of [
      '42 %',
      'ACH-05',
      'nākamais mēģinājums',
      'Darbu pārtrauca sistēmas apstāšanās',
      'izdevās atklāt kādu slēptu skaitli',
      '53100',
      'aprēķināts 21 skaitlis',
      'parādīts 10 skaitļu',
      '3 min',
    ]) {
      expect(page).toContain(words)
    }
  })
  pageTest(
    'it has no barriers, light and dark, fits a phone, and can be walked with the keyboard',
    async () => {
      for (const path of ['/lv/fona-darbi', '/en/jobs?changed']) {
        expect(await visit(path, { cookie }, axeFindings)).toEqual([])
        expect(await visit(path, { cookie, scheme: 'dark' }, axeFindings)).toEqual([])
        expect(await visit(path, { cookie, width: 320 }, overflow)).toBe(0)
      }
      const walk = await visit('/lv/fona-darbi', { cookie }, keyboardWalk)
      expect(walk.reached).toEqual(walk.expected)
      expect(walk.unmarked).toEqual([])
    },
  )
})
