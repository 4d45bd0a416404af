import pino from 'pino'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoAuthors, outsideDrafter, shipItems } from '#modules/assessments/index.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { draftOf, openModelElsewhere } from '../assessments/model-elsewhere.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const model = await openModelElsewhere()

const world = await newWorld({ portal: true, drafter: outsideDrafter(model.place) })
await asJob(world.db, shipItems)
await asJob(world.db, makeDemoAuthors)
const base = await world.listen()
const visit = openBrowser(() => base)

const { items: people } = await world.read<{ items: { name: string; tier: string }[] }>('/demo-people')
const researchers = people.filter(({ tier }) => tier === 'researcher')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    researchers.findIndex((person) => person.name === name),
  )
const author = await as('Laura Siliņa')
const reviewer = await as('Kārlis Eglītis')
const { cookie } = author
const PAGE = '/lv/uzdevumi/uzmetumi'

test('the pages of drafts are there for authors and keepers only', async () => {
  expect((await world.get(PAGE, reviewer)).status).toBe(404)
  expect((await world.get(PAGE, await world.signIn('steward'))).status).toBe(404)
  expect((await world.get(PAGE)).status).toBe(302)
  expect((await world.get(PAGE, await as('Valdis Apinis'))).status).toBe(200)
})

pageTest(
  'an author asks for drafts, looks at them as a pupil would, declines one and accepts the other',
  async () => {
    let where = ''
    const broken = { ...draftOf(), texts: [{ ...draftOf().texts[0]!, keys: {} }] }
    model.answers({ model: 'Uzmetējs 2', items: [draftOf('Plūmes'), draftOf('Vēl plūmes'), broken] })
    await visit('/lv/uzdevumi', { scripts: false, cookie }, async (page) => {
      await page.getByRole('link', { name: 'Lūgt uzmetumu' }).click()
      await page.locator('select[name=strand]').selectOption('numeracy/numbers')
      await page.locator('select[name=grade]').selectOption('6')
      await page.getByLabel('Cik uzmetumu').selectOption('3')
      await page.getByLabel('Norāde modelim').fill('Par plūmēm.')
      await page.getByRole('button', { name: 'Lūgt uzmetumu' }).click()
      await page.getByRole('heading', { name: '3. uzmetums' }).waitFor()
      const text = await mainText(page)
      expect(text).toContain('Modelis sevi sauc: Uzmetējs 2')
      expect(text).toContain('response R1 has no key')
      expect(await page.getByRole('button', { name: 'Pieņemt kā melnrakstu' }).count()).toBe(2)
      expect(await page.getByRole('radio', { name: '9' }).count()).toBe(2)
      where = new URL(page.url()).pathname
      await page.getByRole('button', { name: 'Noraidīt' }).last().click()
      await page.getByText('Noraidīts').waitFor()
      await page.getByLabel('Kods', { exact: false }).fill('RP3-001')
      await page.getByRole('button', { name: 'Pieņemt kā melnrakstu' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').textContent()).toContain('Uzdevums ar šādu kodu jau ir.')
      await page.getByLabel('Kods', { exact: false }).fill('RP6-901')
      await page.getByRole('button', { name: 'Pieņemt kā melnrakstu' }).click()
      await page.getByRole('heading', { name: 'RP6-901. Plūmes' }).waitFor()
      expect(await mainText(page)).toContain('Šo uzdevumu uzmeta modelis (Uzmetējs 2).')
      expect(await page.getByRole('listitem').filter({ hasText: '1. redakcija' }).textContent()).toContain(
        'uzmeta modelis',
      )
    })
    await visit(where, { cookie }, async (page) => {
      expect([await axeFindings(page), await overflow(page)]).toEqual([[], 0])
    })
  },
)

pageTest('a reviewer is told that a model drafted the item, and what it was asked for', async () => {
  const { items } = await world.read<{ items: { id: string; code: string }[] }>('/items?limit=1000', reviewer)
  const { id } = items.find(({ code }) => code === 'RP6-901')!
  await visit(`/lv/uzdevumi/${id}`, { scripts: false, cookie: reviewer.cookie }, async (page) => {
    await page.getByText('Kas tika lūgts').click()
    expect(await mainText(page)).toContain('Par plūmēm.')
    expect(await mainText(page)).toContain('Laura Siliņa lūdza')
  })
  await visit(`/en/items/${id}/preview`, { scripts: false, cookie: reviewer.cookie }, async (page) => {
    expect(await mainText(page)).toContain('This item was drafted by a model (Uzmetējs 2).')
  })
})

pageTest('an answer that cannot be used is told in words, in both languages, on a phone too', async () => {
  model.answers('Labprāt!')
  await visit(PAGE, { cookie, width: 390 }, async (page) => {
    await page.getByRole('button', { name: 'Lūgt uzmetumu' }).click()
    await page.getByRole('heading', { name: 'Uzmetums, kas lūgts' }).waitFor()
    expect(await mainText(page)).toContain('Modeļa atbilde nav saprotama: tā nav JSON.')
    expect(await overflow(page)).toBe(0)
  })
  await visit('/en/items/drafts', { cookie, width: 390 }, async (page) => {
    expect(await mainText(page)).toContain('not readable')
    expect([await axeFindings(page), await overflow(page)]).toEqual([[], 0])
  })
})

test('where no model is named the page says why and what to do about it, and has no button', async () => {
  const off = await newServer({
    db: world.db,
    keys: testKeys,
    log: pino({ level: 'silent' }),
    ...(await builtPortal()),
  })
  for (const [path, why, button] of [
    [PAGE, 'uzturētājs nav nosaucis', 'Lūgt uzmetumu'],
    ['/en/items/drafts', 'until the operator of the system has named', 'Ask for a draft'],
  ] as const) {
    const html = await (await off.app.request(path, { headers: { cookie } })).text()
    expect(html).toContain(why)
    expect(html).toContain('IKMS_ITEM_DRAFTER')
    expect(html).not.toContain(button)
  }
  await off.close()
})
