import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import { compute } from '#modules/indicators/index.ts'
import { areaNames, Criterion } from '#terms/criteria.ts'
import { catalogue } from '../../src/catalogue.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { plantClassRecords } from '../classes/plant-class.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true, data: 'none' })
const { code } = await plantResults(world.db)
await plantClassRecords(world.db)
await asJob(world.db, (tx) => releaseRound(tx, code, 'preliminary'))
await compute(world.db, catalogue)

const people = await world.read<{ items: { id: string; name: string }[] }>('/demo-people')
async function as(name: string): Promise<Signed> {
  const answer = await world.get('/api/v1/session', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: people.items.find((each) => each.name === name)!.id }),
  })
  const { csrf } = (await answer.json()) as { csrf: string }
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  return { cookie, csrf, institutionId: null, learnerId: null }
}
const teacher = await as('Skaidrīte Viena')
const head = await world.signIn('school')
const classOf = async (id: number) =>
  (
    await asJob(world.db, (tx) =>
      tx.query<{ id: string }>(
        `select class_group_uuid as id from registry.class_group where class_group_id = ${id}`,
      ),
    )
  ).rows[0]!.id
const [a, b] = [await classOf(11060), await classOf(11061)]

const base = await world.listen()
const visit = openBrowser(() => base)

describe.each<[what: string, person: Signed, lv: string, en: string]>([
  ['the classes of a head', head, '/lv/klases', '/en/classes'],
  ['a class, for the head', head, `/lv/klases/${a}`, `/en/classes/${a}`],
  ['a class, for its teacher', teacher, `/lv/klases/${a}`, `/en/classes/${a}`],
])('%s', (_what, person, lv, en) => {
  pageTest('can be used by everybody, fits a phone, in both languages', async () => {
    await visit(lv, { cookie: person.cookie }, async (page) => {
      expect(await axeFindings(page)).toEqual([])
      const { expected, reached, unmarked } = await keyboardWalk(page)
      expect(reached).toEqual(expected)
      expect(unmarked).toEqual([])
    })
    await visit(lv, { cookie: person.cookie, scheme: 'dark' }, async (page) =>
      expect(await axeFindings(page)).toEqual([]),
    )
    for (const path of [lv, en])
      await visit(path, { cookie: person.cookie, width: 320 }, async (page) => {
        expect(await overflow(page)).toBe(0)
        expect(await mainText(page)).not.toMatch(/undefined|NaN|classes\.|\{\{/)
      })
  })
})

pageTest('a class stands under all twelve criteria, with what is not known of it said', async () => {
  await visit(`/lv/klases/${a}`, { cookie: head.cookie }, async (page) => {
    const said = await mainText(page)
    for (const criterion of Criterion.options) expect(said).toContain(areaNames[criterion].lv)
    for (const figure of ['Neattaisnoti kavējumi', 'Novadītās stundas', 'Monitoringa darbs'])
      expect(said).toContain(figure)
    expect(said).toContain('Par atsevišķu klasi to nezina.')
    expect(said).toContain('1. semestra vērtējumi')
    expect(await page.getByRole('cell', { name: /^\d+,\d$/ }).count()).toBeGreaterThan(0)
  })
})

test('a class teacher finds the own class where work begins, and no other can be opened', async () => {
  const work = await (await world.get('/lv/mans-darbs', teacher)).text()
  expect(work).toContain(`/lv/klases/${a}`)
  expect((await world.get(`/lv/klases/${b}`, teacher)).status).toBe(404)
  expect((await world.get(`/lv/klases/${a}`)).status).not.toBe(200)
})
