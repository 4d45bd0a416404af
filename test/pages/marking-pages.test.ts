import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { deserved, plantSatRound } from '../assessments/marked-round.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
const round = await plantSatRound(world.db, { pupilsPerClass: 5 })
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows
await query('update assessments.mark_task set twice = true, needed = 2')
const base = await world.listen()
const visit = openBrowser(() => base)

const { items: people } = await world.read<{ items: { name: string; tier: 'researcher' }[] }>('/demo-people')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    people.filter(({ tier }) => tier === 'researcher').findIndex((person) => person.name === name),
  )
const aija = await as('Aija Strazda')
const normunds = await as('Normunds Zīle')
const lead = await as('Rita Vanaga')
const author = await as('Laura Siliņa')
const head = await world.signIn('school')
const place = `/lv/labosana/${round.id}`
const report = `${place}/saskana`
/** Marks in force. */
const marks = async () =>
  (
    await query<{ points: number }>(
      'select points from assessments.mark where withdrawn_at is null order by mark_id',
    )
  ).map(({ points }) => points)
/** Marks some answers without a browser. */
async function markSome(person: Signed, opinion: (text: string) => number, most: number) {
  const post = async (path: string, body: object) => {
    const answer = await world.get(`/api/v1/marking/rounds/${round.id}/${path}`, person, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as {
      answer: { id: string; response: string; most: number; answers: Record<string, string> } | null
    }
  }
  let { answer } = await post('next', {})
  for (let step = 0; step < most && answer; step += 1) {
    const points = Math.min(answer.most, opinion(answer.answers[answer.response]!))
    answer = (await post('marks', { task: answer.id, points })).answer
  }
}

test('pages of marking are not there for who has no part in it; nobody is led to sign in', async () => {
  for (const path of ['/lv/labosana', place, report, '/en/marking']) {
    expect([path, (await world.get(path, author)).status]).toEqual([path, 404])
    expect([path, (await world.get(path)).status]).toEqual([path, 302])
  }
  expect((await world.get(report, aija)).status).toBe(404)
  expect((await world.get('/lv/labosana/parskatisana', head)).status).toBe(200)
})

pageTest('a marker finds the work, and marks with digits and Enter alone, without scripts', async () => {
  await visit('/lv/mans-darbs', { scripts: false, cookie: aija.cookie }, async (page) => {
    await page.getByRole('link', { name: 'Atbilžu vērtēšana' }).click()
    await page.getByRole('link', { name: 'Vērtēt' }).click()
    await page.getByRole('button', { name: 'Ņemt atbildi' }).click()
    const text = await mainText(page)
    for (const secret of ['pamatskola', 'Bērziņa', 'Kalniņš', 'Ozola'])
      expect(text.includes(secret)).toBe(false)
    expect(await page.locator('blockquote').textContent()).toMatch(/^Manuprāt/)
    for (const digit of ['1', '0', '2']) {
      await page.getByLabel('Rakstiet ciparu').focus()
      await page.keyboard.type(digit)
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    }
    expect(await marks()).toEqual([1, 0, 2])
    await page.getByRole('button', { name: 'Atsaukt pēdējo vērtējumu' }).click()
    expect(await marks()).toEqual([1, 0])
    await page.locator('button[name="points"][value="1"]').click()
    expect(await marks()).toEqual([1, 0, 1])
  })
})

pageTest('the field for the digit has the focus at once', async () => {
  await visit(place, { cookie: aija.cookie }, async (page) => {
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'points')
    await page.keyboard.type('9')
    await page.keyboard.press('Enter')
    await page.waitForURL(/refused/)
    expect(await page.getByRole('status').textContent()).toContain('Tādu vērtējumu nevar pieņemt')
    expect((await marks()).length).toBe(3)
  })
})

pageTest('a suggestion shows the answers it comes from, and gives nothing by itself', async () => {
  await markSome(normunds, deserved, 25)
  await visit(place, { scripts: false, cookie: normunds.cookie }, async (page) => {
    await page.getByRole('button', { name: 'Padoms' }).click()
    expect(await mainText(page)).toMatch(/Padoms: \d punkt|Līdzīgu novērtētu atbilžu vēl nav/)
  })
  expect((await marks()).length).toBe(28)
})

describe('who leads the marking', () => {
  pageTest('sees how far it agrees, and has a marker’s answers marked again', async () => {
    await markSome(aija, (text) => Math.max(0, deserved(text) - 1), 40)
    await markSome(normunds, deserved, 100)
    await markSome(await as('Sandra Dzenis'), deserved, 100)
    await visit('/lv/labosana', { scripts: false, cookie: lead.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Vērtētāju saskaņa' }).click()
      const text = await mainText(page)
      expect(text).toContain('Aija Strazda: ilgstoši dod mazāk punktu')
      expect(text).toContain('RP6-010')
      await page.getByRole('button', { name: 'Izraudzīt' }).first().click()
      expect(await page.getByText('kontrole', { exact: true }).count()).toBe(1)
      await page.getByLabel('Vērtētājs').selectOption({ label: 'Aija Strazda' })
      await page.getByLabel('Pamatojums').fill('Par stingru.')
      await page.getByRole('button', { name: 'Atņemt un vērtēt vēlreiz' }).click()
      expect(await mainText(page)).toContain('Rita Vanaga lika vēlreiz vērtēt')
    })
  })
})

pageTest('a head asks for a second look, and is told why not where it cannot be', async () => {
  await markSome(await as('Sandra Dzenis'), deserved, 200)
  const [found] = await query<{ learner: string }>(
    `select l.learner_uuid as learner from assessments.item_score s join assessments.participant p using (participant_id)
       join registry.learner l using (learner_id)
      where s.state = 'marked' and p.institution_id = $1 limit 1`,
    [round.schools[0]!.institutionId],
  )
  const path = `/lv/labosana/parskatisana?learner=${found!.learner}&round=${round.code}`
  expect((await world.get(path, head)).status).toBe(404)
  const setState = (state: string) => query('update assessments.round set state = $1', [state])
  const ask = (told: string, before = async () => {}) =>
    visit(path, { scripts: false, cookie: head.cookie }, async (page) => {
      await page.getByLabel('Pamatojums').fill('Bērns ir paskaidrojis ar aprēķinu.')
      await before()
      await page.getByRole('button', { name: 'Lūgt pārskatīt' }).click()
      expect(await page.getByRole('status').textContent()).toContain(told)
    })
  await setState('preliminary')
  await ask('To pašlaik nevar lūgt', async () => {
    await setState('scaled')
  })
  await setState('preliminary')
  await ask('Lūgums ir pieņemts')
  await visit(path, { cookie: head.cookie }, async (page) => {
    expect(await mainText(page)).toContain('vēl nav pārskatīts')
    expect(await mainText(page)).toContain('lūgts pārskatīt')
  })
  await query(`update assessments.round set state = 'closed'`)
})

const pages: [path: string, person: Signed][] = [
  ['/lv/labosana', aija],
  ['/en/marking', lead],
  [place, normunds],
  [`/en/marking/${round.id}`, aija],
  [report, lead],
  [`/en/marking/${round.id}/agreement`, lead],
  ['/lv/labosana/parskatisana', head],
]
pageTest.each(pages)('%s has no barriers, light and dark, and fits a phone', async (path, { cookie }) => {
  expect(await visit(path, { cookie }, axeFindings)).toEqual([])
  expect(await visit(path, { cookie, scheme: 'dark' }, axeFindings)).toEqual([])
  expect(await visit(path, { cookie, width: 320 }, overflow)).toBe(0)
})
