import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoAuthors, shipItems } from '#modules/assessments/index.ts'
import type { ItemSummary } from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true })
await asJob(world.db, shipItems)
await asJob(world.db, makeDemoAuthors)
const base = await world.listen()
const visit = openBrowser(() => base)

const people = (
  (await (await world.get('/api/v1/demo-people')).json()) as { items: { name: string; tier: 'researcher' }[] }
).items.filter(({ tier }) => tier === 'researcher')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    people.findIndex((person) => person.name === name),
  )
const author = await as('Laura Siliņa')
const reviewer = await as('Kārlis Eglītis')
const second = await as('Inga Roze')
const keeper = await as('Valdis Apinis')
const { items } = await world.read<{ items: ItemSummary[] }>('/items?limit=1000', author)
const id = (number: number) => items.find(({ code }) => code === `RP3-${String(number).padStart(3, '0')}`)!.id
const preview = (number: number, query = '') => `/lv/uzdevumi/${id(number)}/skats${query}`
const { cookie } = author

test('for who has no duty in the item bank its pages are not there; nobody is led to sign in', async () => {
  const steward = await world.signIn('steward')
  for (const path of ['/lv/uzdevumi', `/lv/uzdevumi/${id(1)}`, preview(1), '/en/items/package']) {
    expect([path, (await world.get(path, steward)).status]).toEqual([path, 404])
    expect([path, (await world.get(path)).status]).toEqual([path, 302])
  }
  expect((await world.get('/lv/uzdevumi/pakotne', reviewer)).status).toBe(404)
})

pageTest('an author finds the bank from the own work, narrows it and looks at an item', async () => {
  await visit('/lv/mans-darbs', { scripts: false, cookie }, async (page) => {
    await page.getByRole('link', { name: 'Uzdevumu banka' }).click()
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(12)
    await page.getByLabel('Satura joma').selectOption({ label: 'Dati' })
    await page.getByRole('button', { name: 'Rādīt' }).click()
    expect(await page.locator('tbody th').allInnerTexts()).toEqual([
      'RP3-009',
      'RP3-012',
      'RP3-025',
      'RP3-026',
      'RP3-027',
      'RP6-020',
      'RP6-021',
      'RP6-022',
      'RP6-023',
      'RP6-024',
      'RP6-025',
    ])
    await page.getByRole('link', { name: 'RP3-012' }).click()
    expect(await mainText(page)).toContain('Nolasa un salīdzina datus tabulā un diagrammā.')
    await page.getByRole('link', { name: 'Rādīt atslēgu' }).click()
    expect(await page.getByText('5 (1 punkts)').count()).toBe(1)
  })
})

describe('an item as a pupil gets it', () => {
  pageTest('is answered with the keyboard alone, without scripts, and scored', async () => {
    await visit(preview(3), { scripts: false, cookie }, async (page) => {
      const right = { '90 cm': '1', '1 m 5 cm': '2', '150 cm': '3', '2 m': '4' }
      for (const [length, place] of Object.entries(right)) {
        await page.getByLabel(`Kurā vietā: ${length}`, { exact: true }).focus()
        await page.keyboard.type(place)
      }
      await page.getByRole('button', { name: 'Pārbaudīt atbildi' }).focus()
      await page.keyboard.press('Enter')
      expect(await page.getByRole('status').textContent()).toBe('Punkti: 2 no 2.')
      expect(await page.getByLabel('Kurā vietā: 90 cm', { exact: true }).inputValue()).toBe('1')
    })
    await visit(preview(2), { scripts: false, cookie }, async (page) => {
      await page.getByRole('radio', { name: '0', exact: true }).focus()
      await page.keyboard.press('Space')
      for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowRight')
      await page.getByRole('button', { name: 'Pārbaudīt atbildi' }).click()
      expect(await page.getByRole('status').textContent()).toBe('Punkti: 1 no 1.')
    })
  })
  pageTest('takes every kind of answer, and says what an answer is worth', async () => {
    const answers: [number, (page: import('playwright-core').Page) => Promise<unknown>, string][] = [
      [1, (page) => page.getByLabel('784').check(), 'Punkti: 1 no 1.'],
      [
        4,
        async (page) => {
          await page.getByLabel('Kas atbilst: Ābola masa').selectOption({ label: 'grami' })
          await page.getByLabel('Kas atbilst: Pildspalvas garums').selectOption({ label: 'stundas' })
        },
        'Punkti: 1 no 4.',
      ],
      [
        5,
        async (page) => {
          for (const each of ['3 · 8', '48 : 2', '4 · 7'])
            await page.getByLabel(each, { exact: true }).check()
        },
        'Punkti: 1 no 3.',
      ],
      [6, (page) => page.getByLabel('346 … 364').selectOption({ index: 1 }), 'Punkti: 1 no 2.'],
      [
        7,
        async (page) => {
          await page.getByLabel('20 kilometrus').check()
          await page.getByLabel('11 centimetrus').check()
        },
        'Punkti: 2 no 2.',
      ],
      [8, (page) => page.getByLabel('Viņa samaksāja … eiro.').fill('18,00'), 'Punkti: 2 no 2.'],
      [9, (page) => page.getByLabel('Adīti cimdi: ieņemts, eiro').fill('72'), 'Punkti: 1 no 3.'],
      [
        10,
        (page) => page.getByLabel('vienādi garas malas, sauc par').fill('<b>kvadrāts</b>'),
        'Punkti: 0 no 1.',
      ],
      [
        11,
        (page) =>
          page
            .getByRole('textbox')
            .first()
            .fill('Jā, jo 10 · 1 = 10, un 9 ir mazāk.\n<script>alert(1)</script>'),
        'Punkti: 0 no 2. Garāko atbildi vēl vērtēs cilvēks.',
      ],
    ]
    for (const [number, answer, told] of answers) {
      await visit(preview(number), { cookie }, async (page) => {
        await answer(page)
        await page.getByRole('button', { name: 'Pārbaudīt atbildi' }).click()
        expect([number, await page.getByRole('status').textContent()]).toEqual([number, told])
      })
    }
  })
  pageTest('says what is wrong where two have one place, and keeps what was written', async () => {
    await visit(preview(3), { cookie }, async (page) => {
      await page.getByLabel('Kurā vietā: 90 cm', { exact: true }).selectOption('1')
      await page.getByLabel('Kurā vietā: 2 m', { exact: true }).selectOption('1')
      await page.getByRole('button', { name: 'Pārbaudīt atbildi' }).click()
      expect(await page.getByRole('status').textContent()).toContain('viena un tā pati vieta')
    })
  })
  pageTest('ships no script and nothing of the key', async () => {
    const reader = await as('Laura Siliņa') // all items at once are more than a session may ask for without the others missing it
    for (const { code } of items) {
      const html = await (await world.get(preview(Number(code.slice(-3))), reader)).text()
      expect([code, /<script/i.test(html)]).toEqual([code, false])
      expect([code, /"(correct|accepted|criteria)"|Atbild, ka ir izdevīgāk/.test(html)]).toEqual([
        code,
        false,
      ])
    }
  })
  const adjusted = ['', '?size=200&colours=contrast&wide=1', '?colours=dark&support=1', '?colours=cream']
  pageTest.each([1, 4, 7, 10])('has no barriers in any adjustment (items from %i)', async (first) => {
    for (const number of [first, first + 1, first + 2]) {
      const query = adjusted[number % adjusted.length]!
      expect([number, await visit(preview(number, query), { cookie }, axeFindings)]).toEqual([number, []])
    }
    const query = adjusted[(first - 1) / 3]!
    expect([query, await visit(preview(12, query), { cookie, scheme: 'dark' }, axeFindings)]).toEqual([
      query,
      [],
    ])
  })
  pageTest('fits a phone, and with large letters too', async () => {
    for (let number = 1; number <= 12; number += 1) {
      expect([number, await visit(preview(number), { cookie, width: 320 }, overflow)]).toEqual([number, 0])
    }
    expect(await visit(preview(9, '?size=200&wide=1'), { cookie, width: 320 }, overflow)).toBe(0)
  })
  pageTest('can be walked with the keyboard', async () => {
    for (const number of [3, 4, 5, 6, 8]) {
      const walk = await visit(preview(number), { cookie }, keyboardWalk)
      expect([number, walk.reached]).toEqual([number, walk.expected])
      expect([number, walk.unmarked]).toEqual([number, []])
    }
  })
})

describe('the pages of the bank', () => {
  pageTest('have no barriers, light and dark, in both languages, and fit a phone', async () => {
    for (const path of [
      '/lv/uzdevumi',
      '/en/items',
      `/lv/uzdevumi/${id(5)}?key`,
      `/en/items/${id(11)}?key`,
      '/lv/uzdevumi/pakotne',
    ]) {
      expect([path, await visit(path, { cookie }, axeFindings)]).toEqual([path, []])
      expect([path, await visit(path, { cookie, scheme: 'dark' }, axeFindings)]).toEqual([path, []])
      expect([path, await visit(path, { cookie, width: 320 }, overflow)]).toEqual([path, 0])
    }
  })
  pageTest('lead an item from its author through two reviewers to the keeper, without scripts', async () => {
    const page = `/lv/uzdevumi/${id(6)}`
    await visit(page, { scripts: false, cookie }, async (tab) => {
      await tab.getByLabel('Uz stāvokli').selectOption({ label: 'recenzēšana' })
      await tab.getByRole('button', { name: 'Pārcelt' }).click()
      await tab.getByLabel('Jūsu komentārs').fill('Lūdzu, pārbaudiet zīmes.\nOtrā rinda.')
      await tab.getByRole('button', { name: 'Pievienot komentāru' }).click()
      expect(await mainText(tab)).toContain('Lūdzu, pārbaudiet zīmes.\nOtrā rinda.')
      expect(await tab.getByRole('button', { name: 'Saskaņot' }).count()).toBe(0)
    })
    for (const person of [reviewer, second]) {
      await visit(page, { scripts: false, cookie: person.cookie }, async (tab) => {
        await tab.getByRole('button', { name: 'Saskaņot' }).click()
        expect(await mainText(tab)).toContain('1. redakcija saskaņota')
      })
    }
    await visit(page, { scripts: false, cookie: keeper.cookie }, async (tab) => {
      expect(await mainText(tab)).toContain('2 no 2')
      await tab.getByRole('button', { name: 'Pārcelt' }).click()
      expect(await mainText(tab)).toContain('aprobācija')
      expect(await mainText(tab)).toContain('tiek ierakstīta piekļuves žurnālā')
    })
    await visit(page, { cookie }, async (tab) => {
      expect(await mainText(tab)).toContain('redz tikai bankas glabātājs')
      expect(await mainText(tab)).not.toContain('Salīdzini skaitļus')
    })
    expect((await world.get(preview(6), author)).status).toBe(404)
  })
  describe('where a package is sent', () => {
    let bytes: Buffer
    beforeAll(async () => {
      bytes = Buffer.from(await (await world.get('/api/v1/item-package', author)).arrayBuffer())
    })
    const send = async (page: import('playwright-core').Page, buffer: Buffer) => {
      await page
        .getByLabel('Pakotne (zip')
        .setInputFiles({ name: 'uzdevumi.zip', mimeType: 'application/zip', buffer })
      await page.getByRole('button', { name: 'Nosūtīt pakotni' }).click()
    }
    pageTest('tell what became of each item', async () => {
      await visit('/lv/uzdevumi/pakotne', { scripts: false, cookie }, async (page) => {
        await send(page, bytes)
        expect(await page.getByRole('status').textContent()).toMatch(
          /^Pārņemt[is] 1\d\d uzdevum[iu]\. Nekas nav palicis nepārņemts\.$/,
        )
      })
      await visit('/lv/uzdevumi/pakotne', { cookie }, async (page) => {
        await send(page, Buffer.from('PK not really'))
        expect(await mainText(page)).toContain('Fails nav zip pakotne, vai tas ir bojāts.')
        expect(await axeFindings(page)).toEqual([])
      })
    })
  })
})
