import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { makeExtractFiles } from '#modules/disclosure/index.ts'
import { compute } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue } from '../../src/catalogue.ts'
import { makeExtractBank } from '../extract-bank.ts'
import { newWorld, testKeys } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** Four schools in four municipalities, two years. */
const world = await newWorld({ portal: true, data: 'none' })
await makeExtractBank(world.db)
await compute(world.db, catalogue)
await publish(world.db, 'public', dayOf(new Date()))
await asJob(world.db, makeDemoPeople)
const base = await world.listen()
const visit = openBrowser(() => base)
const head = await world.signIn('school')
const analyst = await world.signIn('analyst')
const report = `/lv/parskats/${head.institutionId}`

const askedBy = (fields: Record<string, string>) =>
  world.get('/lv/izraksti', analyst, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
const text = async (path: string, person: typeof head) => (await world.get(path, person)).text()

test('an analyst asks with two years that are filled in already, and finds the files when they are made', async () => {
  const empty = await text('/lv/izraksti', analyst)
  expect(empty).toContain('Neviens izraksts vēl nav prasīts.')
  expect(empty).toMatch(/<option value="2026" selected/)
  // the wrong way round
  const asked = await askedBy({ csrf: analyst.csrf, from: '2026', until: '2025' })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/lv/izraksti'])
  expect(await text('/lv/izraksti', analyst)).toContain('top; atveriet lapu pēc brīža')
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ id: number }>('select extract_id as id from disclosure.extract'),
  )
  await makeExtractFiles(world.db, testKeys, rows[0]!.id, { day: '2026-11-22' })
  const made = await text('/lv/izraksti', analyst)
  expect(made).toContain('results-math-2026.parquet')
  expect(made).toContain('2024./2025. – 2025./2026.')
  expect(await text('/en/extracts', analyst)).toContain('Codebook (JSON)')
})

test('nobody else has a page of extracts, and nobody without schools a page of reports', async () => {
  expect((await world.get('/lv/izraksti', head)).status).toBe(404)
  const steward = await world.signIn('steward')
  expect((await world.get(report, steward)).status).toBe(404)
  expect((await world.get(`${report}?figures=own`, head)).status).toBe(200)
})

const pages = {
  report: [report, head],
  unprotected: [`${report}?figures=own`, head],
  extracts: ['/lv/izraksti', analyst],
} as const
describe.each(Object.keys(pages) as (keyof typeof pages)[])('the page %s', (which) => {
  const [path, { cookie }] = pages[which]

  pageTest.each(['light', 'dark'] as const)('has no fault axe knows of, %s', async (scheme) => {
    expect(await visit(path, { scheme, cookie }, axeFindings)).toEqual([])
  })

  pageTest('fits 320 pixels', async () => {
    expect(await visit(path, { width: 320, cookie }, overflow)).toBe(0)
  })

  pageTest('is walked with the keyboard, and every stop is marked', async () => {
    const walk = await visit(path, { cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })
})

pageTest('on paper the report has no buttons and says what it is of', async () => {
  await visit(`${report}?figures=own`, { cookie: head.cookie }, async (page) => {
    await page.emulateMedia({ media: 'print' })
    const words = await mainText(page)
    expect(words).toContain('1.1 Kompetences un sasniegumi')
    expect(words).toContain('nav paredzēti publicēšanai')
    expect(words).not.toContain('Darbgrāmata (XLSX)')
  })
})
