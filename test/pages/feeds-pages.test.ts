import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newFeed } from '#modules/feeds/index.ts'
import type { Feed } from '#modules/feeds/model.ts'
import { startJobs } from '../jobs/processes.ts'
import { until } from '../serve/serving.ts'
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-drop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const world = await newWorld({ portal: true })
const steward = await world.signIn('steward')
const { cookie } = steward
const base = await world.listen()
const visit = openBrowser(() => base)
const feeds = async () => (await world.read<{ items: Feed[] }>('/feeds', steward)).items
const put = (description: object) => asJob(world.db, (tx) => newFeed(tx, description))

test('where there are no feeds the page says how one is added', async () => {
  expect(await (await world.get('/lv/plusmas', steward)).text()).toContain('ikms feeds put')
  expect(await (await world.get('/en/feeds', steward)).text()).toContain('There are no feeds yet.')
})

test('for everybody else there are no such pages', async () => {
  for (const person of [undefined, await world.signIn('analyst'), await world.signIn('school')]) {
    expect((await world.get('/lv/plusmas', person)).status).toBe(404)
  }
})

pageTest(
  'a steward runs a feed, reads what is wrong in plain words, and pauses it, without scripts',
  async () => {
    await put({
      name: 'viis',
      title: { lv: 'VIIS naktsizraksts', en: 'VIIS nightly extract' },
      kind: 'drop',
      schedule: { dailyAt: '03:30' },
      settings: { folder },
    })
    await asJob(world.db, (tx) => tx.query(`update feeds.feed set next_at = now() + interval '1 day'`))
    writeFileSync(join(folder, 'first.zip'), 'this is no archive')
    writeFileSync(join(folder, 'first.zip.done'), '')
    const jobs = startJobs(world.db)
    await visit('/lv/mans-darbs', { scripts: false, cookie }, async (page) => {
      await page.getByRole('link', { name: 'Datu plūsmas' }).click()
      expect(await mainText(page)).toContain('katru dienu plkst. 03:30')
      await page.getByRole('button', { name: 'Palaist tagad' }).click()
      await until(async () => (await feeds())[0]!.last?.outcome === 'refused', 60_000)
      await until(async () => !(await feeds())[0]!.busy, 60_000)
      await page.getByRole('link', { name: 'Skatīt no jauna' }).click()
      expect(await mainText(page)).toContain('jāpaskatās')
      expect(await mainText(page)).toContain('Tas nav ZIP arhīvs, vai arī tas ir aprauts.')
      await page.getByRole('button', { name: 'Apturēt' }).click()
      expect(await mainText(page)).toContain('apturēta')
      expect((await feeds())[0]).toMatchObject({ paused: true, nextAt: null })
      await page.getByRole('link', { name: 'VIIS naktsizraksts' }).click()
      expect(await page.getByRole('row').count()).toBe(2)
      await page.getByRole('button', { name: 'Turpināt' }).click()
      expect((await feeds())[0]).toMatchObject({ paused: false })
    })
    jobs.child.kill('SIGTERM')
    await jobs.ended
  },
  150_000,
)

pageTest('what is not possible any more is said', async () => {
  await visit('/lv/plusmas', { cookie }, async (page) => {
    await asJob(world.db, (tx) => tx.query('update feeds.feed set is_paused = true'))
    await page.getByRole('button', { name: 'Apturēt' }).click()
    expect(await page.getByRole('status').textContent()).toContain('stāvoklis ir mainījies')
  })
})

test('a form of another site can neither run a feed nor stop one', async () => {
  const [feed] = await feeds()
  for (const what of ['run', 'pause', 'resume']) {
    const answer = await world.get('/lv/plusmas', steward, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ what, feed: feed!.id, csrf: 'guessed' }).toString(),
    })
    expect(answer.status).toBe(403)
  }
})

pageTest('both pages are right for everybody: no barrier, light and dark, wide and narrow', async () => {
  const [feed] = await feeds()
  for (const path of ['/lv/plusmas', '/en/feeds', `/lv/plusmas/${feed!.id}`, `/en/feeds/${feed!.id}`]) {
    expect([path, await visit(path, { cookie }, axeFindings)]).toEqual([path, []])
    expect([path, await visit(path, { cookie, scheme: 'dark' }, axeFindings)]).toEqual([path, []])
    expect([path, await visit(path, { cookie, width: 320 }, overflow)]).toEqual([path, 0])
    const walk = await visit(path, { cookie }, keyboardWalk)
    const missed = walk.expected.filter((stop) => !walk.reached.includes(stop))
    expect([path, missed, walk.unmarked]).toEqual([path, [], []])
  }
})
