import { describe, expect, test } from 'vitest'
import type { DatedRule, Trial, TrialSummary } from '#modules/disclosure/model.ts'
import { runTrial } from '#modules/publications/index.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import { dayOf } from '#terms/day.ts'
import words from '#web/text/en.json' with { type: 'json' }
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)
const steward = await world.signIn('steward')
const analyst = await world.signIn('analyst')
const head = await world.signIn('school')
const { cookie } = steward

const { items: rules } = await world.read<{ items: DatedRule[] }>('/disclosure/rules')
const { reason: _words, from: _from, until: _until, ...inForce } = rules.find(isResults)!
const { items: schools } = await world.read<{ items: UnitFigure[] }>(
  '/cells?indicator=ACH-05&year=1997&subject=alevel-chemistry&level=school&limit=1000',
)
const losing = schools.find(({ cell }) => cell.absent === null)!.unit
const hidden = schools.find(({ cell }) => cell.absent === 'too_few')!.unit

function isResults({ topic }: { topic: string }) {
  return topic === 'results'
}

const list = '/lv/noteikumi/izmeginajumi'
const trials = async () => (await world.read<{ items: TrialSummary[] }>('/disclosure/trials', steward)).items

/** A trial that is asked for and has come so far; its report is what the page is given to tell. */
async function trial(
  minimum: number,
  state: Trial['state'],
  report: Trial['report'] = null,
): Promise<string> {
  const answer = await world.get('/api/v1/disclosure/trials', steward, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': steward.csrf },
    body: JSON.stringify({ ...inForce, minimum }),
  })
  const { id } = (await answer.json()) as TrialSummary
  await world.db.jobPool.query('update disclosure.trial set state = $2, report = $3 where trial_uuid = $1', [
    id,
    state,
    report,
  ])
  return id
}
const attack = {
  tables: 3,
  cells: 900,
  hidden: 41,
  components: 7,
  largest: 12,
  constructed: 38,
  programmes: 2,
  tightest: { key: 'a hidden count', low: 2, high: 6 },
  leaks: 0,
  insiders: 0,
  alreadyTold: 0,
  seconds: 0.4,
}
const line = { indicator: 'ACH-05', level: 'school', told: 120, toldThen: 61, hides: 62, shows: 3 } as const
const waiting = await trial(20, 'waiting')
const failed = await trial(21, 'failed')
const done = await trial(30, 'done', {
  lines: [line],
  units: [{ indicator: 'ACH-05', level: 'school', id: losing.id, unit: losing.name, figures: 5 }],
  attack,
})
const refused = await trial(1, 'done', { lines: [], units: [], attack: null })

describe.each([
  ['the rules of the steward', list],
  ['the same in English', '/en/rules/trials'],
  ['the form for another topic', `${list}?topic=enrolment`],
  ['a trial that waits', `${list}/${waiting}`],
  ['a trial that failed', `${list}/${failed}`],
  ['a trial that is done', `${list}/${done}`],
  ['the same in English', `/en/rules/trials/${done}`],
  ['a trial that the attack won', `${list}/${refused}`],
  ['a release with the attack on it', '/lv/laidieni/1.0'],
])('%s', (_, path) => {
  pageTest('has no barriers, light and dark, fits a phone, and can be walked with the keyboard', async () => {
    expect(await visit(path, { cookie }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, scheme: 'dark' }, axeFindings)).toEqual([])
    expect(await visit(path, { cookie, width: 320 }, overflow)).toBe(0)
    const walk = await visit(path, { cookie }, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  test('is never stored, carries no script, and for somebody else it is not there or tells less', async () => {
    const answer = await world.get(path, steward)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect(await answer.text()).not.toMatch(/<script/i)
    for (const person of [undefined, head]) {
      const theirs = await world.get(path, person)
      if (path.includes('laidieni')) expect(await theirs.text()).not.toContain('Vai paslēpto var uzzināt')
      else expect(theirs.status).toBe(404)
    }
  })
})

pageTest('a steward tries a stricter rule, without scripts, and is told that it waits', async () => {
  await visit('/lv/mans-darbs', { cookie, scripts: false }, async (page) => {
    await page.getByRole('link', { name: 'Aizsardzības noteikumi' }).click()
    expect(await page.getByLabel('Mazākā grupa, cilvēki').inputValue()).toBe('10')
    expect(await page.getByLabel('Vairāk nekā, procenti no summas').inputValue()).toBe('85')
    await page.getByLabel('Mazākā grupa, cilvēki').fill('15')
    await page.getByLabel('Vairāk nekā, procenti no summas').fill('66,5')
    await page.getByRole('button', { name: 'Izmēģināt' }).click()
    const [newest] = await trials()
    expect(new URL(page.url()).pathname).toBe(`${list}/${newest!.id}`)
    expect(newest!.rule).toMatchObject({ minimum: 15, dominance: { people: 2, share: 0.665 } })
    const text = await mainText(page)
    expect(text).toContain('nekas nav publicēts')
    expect(text).toContain('Gaida savu kārtu')
    await page.getByRole('link', { name: 'Neatjaunot' }).click()
    expect(await page.locator('meta[http-equiv="refresh"]').count()).toBe(0)
  })
})

pageTest(
  'mistakes are told beside their fields and above the form, what was typed stays, nothing is asked',
  async () => {
    const before = (await trials()).length
    await visit(list, { cookie }, async (page) => {
      await page.getByLabel('Mazākā grupa, cilvēki').fill('daudz')
      await page.getByLabel('Vairāk nekā, procenti no summas').fill('120')
      await page.getByLabel('Uz augšu').fill('')
      await page.getByRole('button', { name: 'Izmēģināt' }).click()
      const minimum = page.getByLabel('Mazākā grupa, cilvēki')
      expect(await minimum.inputValue()).toBe('daudz')
      expect(await minimum.getAttribute('aria-invalid')).toBe('true')
      const described = (await minimum.getAttribute('aria-describedby'))!.split(' ').at(-1)!
      expect(await page.locator(`#${described}`).textContent()).toBe('Jābūt skaitlim.')
      const alert = await page.getByRole('alert').textContent()
      for (const words of ['Jābūt skaitlim.', 'mazākai par 100 procentiem', 'Šis lauks ir jānorāda.'])
        expect(alert).toContain(words)
      expect(await page.title()).toContain('Kļūda veidlapā')
      expect(await axeFindings(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
    })
    expect((await trials()).length).toBe(before)
  },
)

test('a rule that changes nothing is not tried; the page says that it is in force already', async () => {
  const before = (await trials()).length
  const form = new URLSearchParams({
    csrf: steward.csrf,
    topic: 'enrolment',
    minimum: '5',
    protectBelow: '1',
    protectAbove: '2',
  })
  const answer = await world.get(`${list}?topic=enrolment`, steward, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('jau ir spēkā')])
  expect((await trials()).length).toBe(before)
})

test('a data protection officer sees rules and trials, and has nothing to try them with', async () => {
  await world.db.jobPool.query(
    `with officer as (insert into access.person (display_name, demo) values ('Anna Vītola', true) returning person_id)
     insert into access.mandate (person_id, tier, valid, source)
     select person_id, 'protection_officer', daterange(access.today(), null), 'demo' from officer`,
  )
  const officer = await world.signIn('protection_officer')
  const page = await (await world.get(list, officer)).text()
  expect(page).toContain('Spēkā esošie noteikumi')
  expect(page).toContain(`${list}/${done}`)
  expect(page).not.toContain('name="minimum"')
  expect((await world.get(`${list}/${done}`, officer)).status).toBe(200)
})

test('a form of another site tries no rule, and nobody but a steward can send it', async () => {
  const before = (await trials()).length
  const send = async (person: typeof steward, csrf: string) => {
    const body = new URLSearchParams({
      csrf,
      topic: 'results',
      minimum: '50',
      protectBelow: '1',
      protectAbove: '2',
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await world.get(list, person, { method: 'POST', headers, body: body.toString() })).status
  }
  expect(await send(steward, 'guessed')).toBe(403)
  expect(await send(analyst, analyst.csrf)).toBe(404)
  expect((await trials()).length).toBe(before)
})

test('a trial that is done tells how many figures would be hidden and shown, and leads to those who lose some', async () => {
  const html = await (await world.get(`${list}/${done}`, steward)).text()
  expect(html).toContain('redzamo skaitļu būtu 61, nevis 120: 62 vairs nerādītu, 3 rādītu no jauna')
  expect(html).toContain(`href="/lv/skolas/${losing.id}"`)
  expect(html).toContain('nekas nav publicēts')
  expect(html).toContain('tas ir no 2 līdz 6')
  const won = await (await world.get(`${list}/${refused}`, steward)).text()
  expect(won).toContain('Šādu laidienu neizdotu')
  expect(won).not.toContain('Nekas nemainītos')
  expect(await (await world.get(`${list}/${failed}`, steward)).text()).toContain(
    'Nekas nav publicēts un nekas nav zudis',
  )
})

test('a trial that was worked out on the present figures is told as it was found, and publishes nothing', async () => {
  const id = await trial(40, 'waiting')
  const { rows } = await world.db.jobPool.query<{ trial: number }>(
    'select trial_id as trial from disclosure.trial where trial_uuid = $1',
    [id],
  )
  await runTrial(world.db, rows[0]!.trial, dayOf(new Date()))
  const { report } = await world.read<Trial>(`/disclosure/trials/${id}`, steward)
  const sum = (part: 'told' | 'toldThen' | 'hides' | 'shows') =>
    report!.lines.reduce((total, each) => total + each[part], 0)
  expect(sum('hides')).toBeGreaterThan(0)
  const html = await (await world.get(`${list}/${id}`, steward)).text()
  expect(html).toContain(
    `būtu ${sum('toldThen')}, nevis ${sum('told')}: ${sum('hides')} vairs nerādītu, ${sum('shows')} rādītu no jauna`,
  )
  for (const unit of report!.units) expect(html).toContain(unit.id)
  expect(await world.read('/releases')).toMatchObject({ items: [{ number: '1.0', inForce: true }] })
})

test('a page that waits looks again by itself only where its reader wants it to, and can be stopped', async () => {
  const html = async (path: string) => (await world.get(path, steward)).text()
  expect(await html(`${list}/${waiting}`)).not.toContain('http-equiv="refresh"')
  expect(await html(`${list}/${waiting}?refresh=on`)).toMatch(
    /<meta http-equiv="refresh" content="10; url=[^"#]*refresh=on"/,
  )
  expect(await html(`${list}/${waiting}?refresh=on`)).toContain('Neatjaunot')
  expect(await html(`${list}/${done}?refresh=on`)).not.toContain('http-equiv="refresh"')
})

test('what the attack found stands with a release for those who answer for it, and for nobody else', async () => {
  const words = 'Vai paslēpto var uzzināt'
  for (const person of [steward, analyst])
    expect(await (await world.get('/lv/laidieni/1.0', person)).text()).toContain(words)
  for (const person of [undefined, head])
    expect(await (await world.get('/lv/laidieni/1.0', person)).text()).not.toContain(words)
})

test('the reason below a table leads to its explanation, and the limit it names is that of its own rule', async () => {
  const school = await (await world.get(`/lv/skolas/${hidden.id}`)).text()
  const page = await (await world.get('/lv/noteikumi')).text()
  const places = [...school.matchAll(/href="\/lv\/noteikumi#([a-z]+)"/g)].map(([, place]) => place!)
  expect(places).toEqual(expect.arrayContaining(['few', 'decision']))
  for (const place of places) expect(page).toContain(`id="${place}"`)
  for (const { topic, minimum } of rules.filter(
    ({ topic }) => topic === 'results' || topic === 'participation',
  ))
    expect([topic, school]).toEqual([topic, expect.stringContaining(`mazāk par ${minimum} skolēniem`)])
})

test('the public page names every topic that has a rule, in words, with the limit in force', async () => {
  const page = await (await world.get('/en/rules')).text()
  for (const { topic, reason } of rules) {
    expect(page).toContain(reason.en)
    const word = (words.topic as Record<string, string>)[topic]
    expect([topic, page]).toEqual([topic, expect.stringContaining(`<th scope="row">${word}</th>`)])
  }
  expect(page).toContain('at least 5 people')
  expect(page).toContain('at least 10 people')
})
