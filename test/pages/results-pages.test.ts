import pino from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'
import { chromiumPath } from './chromium.ts'

/** A round of numeracy in two schools, given to families; see `plantResults` for who knows what. */
const world = await newWorld({ portal: true, data: 'none' })
const { code, schools } = await plantResults(world.db)
await asJob(world.db, async (tx) => {
  await releaseRound(tx, code, 'preliminary')
  await releaseRound(tx, code, 'official')
})
const printing = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  chromium: chromiumPath,
  ...(await builtPortal()),
})
afterAll(() => printing.close())

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
const mother = await as('Māra Māte')
const teacher = await as('Skaidrīte Viena')
const head = await world.signIn('school')
const coordinator = await as('Rita Vanaga')
const classId = (
  await asJob(world.db, (tx) =>
    tx.query<{ id: string }>(
      'select class_group_uuid as id from registry.class_group where class_group_id = 11060',
    ),
  )
).rows[0]!.id
const school = schools[0]!.id

const base = await world.listen()
const visit = openBrowser(() => base)
const text = async (path: string, person?: Signed) => (await world.get(path, person)).text()

const pages: [what: string, person: Signed, lv: string, en: string][] = [
  ['the results of a family', mother, '/lv/rezultati', '/en/results'],
  ['one result', mother, `/lv/rezultati/mani/${code}`, `/en/results/own/${code}`],
  [
    'a result without error or strands',
    mother,
    '/lv/rezultati/mani/M-2024-3-NUM',
    '/en/results/own/M-2024-3-NUM',
  ],
  ['the classes of a teacher', teacher, '/lv/rezultati', '/en/results'],
  ['a class', teacher, `/lv/rezultati/klases/${classId}`, `/en/results/classes/${classId}`],
  [
    'the sheets of a class',
    teacher,
    `/lv/rezultati/klases/${classId}/lapas`,
    `/en/results/classes/${classId}/sheets`,
  ],
  ['a school', head, `/lv/rezultati/skolas/${school}`, `/en/results/schools/${school}`],
  ['requests for support', head, '/lv/rezultati/atbalsts', '/en/results/support'],
  ['the steps of release', coordinator, '/lv/rezultati/izlaide', '/en/results/release'],
]

describe.each(pages)('%s', (_what, person, lv, en) => {
  pageTest('can be used by everybody, fits a phone, in both languages', async () => {
    await visit(lv, { cookie: person.cookie }, async (page) => {
      expect(await axeFindings(page)).toEqual([])
      expect(await mainText(page)).not.toMatch(/results\.|undefined|NaN|\[object/)
    })
    await visit(en, { cookie: person.cookie, width: 320 }, async (page) => {
      expect(await overflow(page)).toBe(0)
      expect(await mainText(page)).not.toMatch(/results\.|undefined|NaN|\[object/)
    })
  })
})

test('without signing in every page leads to the door', async () => {
  for (const [, , lv] of pages) expect((await world.get(lv)).headers.get('location')).toMatch(/^\/lv\/ieiet/)
})

test('the page of a child says level, band, what it does not mean and whom to ask; it names no other child', async () => {
  const page = await text(`/lv/rezultati/mani/${code}`, mother)
  for (const words of [
    'Rēķinpratība: nepieciešams papildu atbalsts',
    'Rezultāts neietekmē atzīmes',
    'deviņos gadījumos no desmit',
    'Izlaboto darbu var apskatīt skolā',
    'lūdziet skolu to pārskatīt',
    'Mājās',
  ]) {
    expect(page).toContain(words)
  }
  expect(page).toContain('Anna ')
  expect(page).not.toMatch(/Jānis |Elza |Roberts /)
})

test('of a test from outside it says what is not known', async () => {
  const page = await text('/lv/rezultati/mani/M-2024-3-NUM', mother)
  expect(page).toContain('Cik precīzs tas ir, nav zināms')
  expect(page).toContain('Kā veicies pa daļām, nav zināms')
  expect(page).toContain('Par izaugsmi varēs runāt pēc nākamā')
})

test('a notice in one’s work says which test appeared, without name and result', async () => {
  const page = await text('/lv/mans-darbs', mother)
  expect(page).toContain('Ir jauns rezultāts')
  expect(page).not.toMatch(/Anna|skalā ir 350/)
})

test('a teacher asks for a plan with one click, sees it asked, and takes it back', async () => {
  const path = `/lv/rezultati/klases/${classId}`
  const press = (fields: [string, string][]) =>
    world.get(path, teacher, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([['csrf', teacher.csrf], ...fields]).toString(),
    })
  const before = await text(path, teacher)
  const learner = /name="learner" value="([^"]+)"/.exec(before)![1]!
  const done = await press([
    ['learner', learner],
    ['domain', 'numeracy'],
    ['reason', 'lowest_level'],
  ])
  expect([done.status, done.headers.get('location')]).toEqual([303, `${path}#needs`])
  const button = /<button[^>]*name="undo"[^>]*>/.exec(await text(path, teacher))![0]
  const undo = / value="([^"]+)"/.exec(button)![1]!
  expect(await text('/lv/rezultati/atbalsts', head)).toContain('6.a')
  await press([['undo', undo]])
  expect(await text(path, teacher)).not.toContain('plāns lūgts')
})

pageTest(
  'the result of a child is one page of a tagged PDF; the class has a page for each child',
  async () => {
    const pdf = async (path: string, person: Signed) => {
      const answer = await printing.app.request(`/api/v1${path}`, { headers: { cookie: person.cookie } })
      expect(answer.status, path).toBe(200)
      return Buffer.from(await answer.arrayBuffer()).toString('latin1')
    }
    const pagesOf = (file: string) => file.match(/\/Type\s*\/Page\b(?!s)/g)!.length
    const own = await pdf(`/results/own/${code}/report.pdf`, mother)
    expect(pagesOf(own)).toBe(1)
    expect(own).toMatch(/\/StructTreeRoot/)
    expect(own).toMatch(/\/Marked true/)
    expect(pagesOf(await pdf(`/results/classes/${classId}/sheets.pdf`, teacher))).toBe(11) // the reading test is preliminary: it stays in the school
    expect(pagesOf(await pdf(`/results/schools/${school}/report.pdf`, head))).toBeGreaterThan(0)
  },
)
