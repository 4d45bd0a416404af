import pino from 'pino'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import type { RoundClusters } from '#modules/assessments/model.ts'
import { compute } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue } from '../../src/catalogue.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { plantResults } from '../assessments/results-planted.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'
import { chromiumPath } from './chromium.ts'

/** A round of numeracy in two schools of one municipality, official and released. */
const world = await newWorld({ portal: true, data: 'none' })
const { code, roundId } = await plantResults(world.db)
const run = (sql: string, values: unknown[] = []) =>
  asJob(world.db, (tx) => tx.query<{ id: string }>(sql, values))
await run(
  `update assessments.outcome set "values" = array(select score + (((learner_id + k * 17) % 41) - 20) from generate_series(1, 10) k) where round_id = $1`,
  [roundId],
)
// Every fourth pupil has a special need; the second class of each school is taught in the language of a minority.
await run(
  `insert into registry.learner_circumstance (learner_id, special_need, valid, import_id, line, row_hash)
   select learner_id, case when learner_id % 4 = 0 then 56 end, '[2026-09-01,)', 1, learner_id, learner_id
     from assessments.participant where round_id = $1`,
  [roundId],
)
await run(
  `update registry.class_group_version set language = case when class_group_id in (11061, 12061) then 'minority' else 'lv' end`,
)
const town = await world.signIn('municipality')
const analyst = await world.signIn('analyst')
const unitId = async (level: string) =>
  (await run('select territory_uuid as id from registry.territory where kind = $1', [level])).rows[0]!.id
const place = {
  town: await unitId('municipality'),
  region: await unitId('region'),
  state: await unitId('state'),
}
const pageOf = (id: string, locale: 'lv' | 'en' = 'lv') =>
  locale === 'lv' ? `/lv/rezultati/vietas/${id}/${code}` : `/en/results/places/${id}/${code}`
const statusOf = async (path: string, person?: Signed) => (await world.get(path, person)).status

test('before a round is official its page is not there, for whom it will be there either', async () => {
  for (const step of [null, 'preliminary'] as const) {
    if (step) await asJob(world.db, (tx) => releaseRound(tx, code, step))
    for (const person of [town, analyst]) expect(await statusOf(pageOf(place.town), person)).toBe(404)
    const list = await (await world.get('/lv/rezultati', town)).text()
    expect(list).toContain('Oficiālu monitoringa darbu rezultātu vēl nav')
    expect(list).not.toContain(code)
  }
})

test('official, it is read by municipality and ministry, and by nobody else', async () => {
  await asJob(world.db, (tx) => releaseRound(tx, code, 'official'))
  const wanted = new Set([
    'CTX-01',
    'ACH-01',
    'ACH-02',
    'ACH-03',
    'ACH-12',
    'ACH-13',
    'ACH-14',
    'ACH-15',
    'ACH-16',
    'EQU-02',
    'EQU-03',
    'EQU-06',
    'EQU-07',
    'EQU-08',
  ])
  await compute(
    world.db,
    catalogue.filter((each) => wanted.has(each.code)),
  )
  await publish(world.db, 'public', dayOf(new Date()))
  await expect.poll(() => world.read('/config')).toMatchObject({ dataVersion: { release: '1.0' } })
  for (const person of [town, analyst]) {
    for (const id of Object.values(place)) expect(await statusOf(pageOf(id), person)).toBe(200)
  }
  for (const tier of ['school', 'parent', 'teacher', 'steward'] as const) {
    expect(await statusOf(pageOf(place.town), await world.signIn(tier)), tier).toBe(404)
  }
  expect(await statusOf(pageOf(place.town))).toBe(302)
  expect(await statusOf(`/lv/rezultati/vietas/${place.town}/no-such-round`, town)).toBe(404)
})

test('errors of means know in how many schools the pupils sit; who reads no page of places is told nothing of it', async () => {
  const path = `/results/told-rounds/${code}/clusters`
  // Schools of 22 and 20 pupils: variance 1, mean 21.
  for (const person of [town, analyst]) {
    const found = await world.read<RoundClusters>(path, person)
    expect(found.spread).toBeCloseTo(1 / 441, 12)
    expect(new Map(found.places.map(({ id, schools }) => [id, schools]))).toEqual(
      new Map([place.state, place.region, place.town].map((id) => [id, 2])),
    )
    expect(await statusOf('/api/v1/results/told-rounds/no-such-round/clusters', person)).toBe(404)
  }
  expect(await statusOf(`/api/v1${path}`, await world.signIn('school'))).toBe(404)
  expect(await statusOf(`/api/v1${path}`)).toBe(404)
})

const base = await world.listen()
const visit = openBrowser(() => base)

pageTest(
  'a municipality reads mean, participation, levels and gaps with intervals, and its schools by name',
  async () => {
    await visit(pageOf(place.town), { cookie: town.cookie }, async (page) => {
      const text = await mainText(page)
      expect(text).toMatch(
        /Vidējais rezultāts ir 492,9\spunkti \(no\s46\d,\d\slīdz\s52\d,\d,\s95\s%\),\s42\sskolēni/,
      )
      expect(text).toMatch(/Latviešu mīnus mazākumtautību\s+42\sskolēni/)
      expect(text).toMatch(/Bez mīnus ar speciālām vajadzībām\s+42\sskolēni/)
      expect(text).toContain('Kļūda ievēro, ka vienas skolas skolēni ir līdzīgāki')
      expect(text).toMatch(/Darbu rakstīja 100\s% no skolēniem/)
      for (const level of ['1. ', '2. ', '3. ', '4. ']) expect(text).toContain(level)
      expect(text).toContain('pirmais oficiālais šāda darba rezultāts')
      expect(text.indexOf('Bērzu pamatskola')).toBeLessThan(text.indexOf('Ozolu pamatskola'))
      expect(text).not.toMatch(/results\.|undefined|NaN|\[object/)
      expect(await axeFindings(page)).toEqual([])
    })
  },
)
pageTest('the ministry reads the state, without schools; in English and on a phone too', async () => {
  await visit(pageOf(place.state, 'en'), { cookie: analyst.cookie, width: 320 }, async (page) => {
    const text = await mainText(page)
    expect(text).toContain('Results differ no more between schools than they would by chance')
    expect(text).toContain('A Municipality')
    expect(text).not.toContain('Birch School')
    expect(text).not.toMatch(/results\.|undefined|NaN|\[object/)
    expect(await overflow(page)).toBe(0)
  })
  await visit('/lv/rezultati', { cookie: analyst.cookie }, async (page) => {
    expect(await axeFindings(page)).toEqual([])
    expect(await mainText(page)).toContain('Rēķinpratība, 6. klase')
  })
})
pageTest('the page is a tagged PDF for whoever may read it, and there for nobody else', async () => {
  const printing = await newServer({
    db: world.db,
    keys: testKeys,
    log: pino({ level: 'silent' }),
    chromium: chromiumPath,
    ...(await builtPortal()),
  })
  try {
    const pdf = (person: Signed, of = code) =>
      printing.app.request(`/api/v1/results/places/${place.town}/${of}/report.pdf`, {
        headers: { cookie: person.cookie },
      })
    const answer = await pdf(town)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const file = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(file).toMatch(/\/StructTreeRoot/)
    expect(file).toMatch(/\/Marked true/)
    expect((await pdf(town, 'no-such-round')).status).toBe(404)
    expect((await pdf(await world.signIn('school'))).status).toBe(404)
  } finally {
    await printing.close()
  }
})
test('a school where too few took the test has no figure in the list', async () => {
  await run(
    `update assessments.participant set institution_id = 11 where institution_id = 12 and participant_id not in
       (select participant_id from assessments.participant where institution_id = 12 order by participant_id limit 4)`,
  )
  await run(
    `update assessments.outcome o set institution_id = p.institution_id from assessments.participant p where p.participant_id = o.participant_id`,
  )
  await compute(
    world.db,
    catalogue.filter((each) => ['ACH-01', 'ACH-03', 'ACH-12'].includes(each.code)),
  )
  await expect
    .poll(async () => (await world.get(pageOf(place.town), town)).text())
    .toMatch(/Ozolu pamatskola(?:(?!<\/tr>).)*aizsargāts/)
})
pageTest('a gap without a figure says why: nobody in a group, or groups nobody knows', async () => {
  await run("update registry.class_group_version set language = 'lv'")
  await run('delete from registry.learner_circumstance')
  await compute(
    world.db,
    catalogue.filter((each) => ['ACH-01', 'EQU-06', 'EQU-07', 'EQU-08'].includes(each.code)),
  )
  await publish(world.db, 'public', dayOf(new Date()))
  await expect
    .poll(async () => (await world.get(pageOf(place.state), analyst)).text())
    .toMatch(/nav neviena skolēna ar rezultātu: Latviešu mīnus mazākumtautību/)
  await visit(pageOf(place.state), { cookie: analyst.cookie }, async (page) => {
    const text = await page.locator('#gaps').textContent()
    expect(text).toContain('Kopš 2025./2026. m. g. no 1. līdz 9. klasei visur mācās latviešu valodā.')
    expect(text).toContain('nav ziņu, kurā no grupām kurš ir: Bez mīnus ar speciālām vajadzībām.')
  })
})
