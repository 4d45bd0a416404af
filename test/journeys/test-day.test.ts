import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings, mainText, overflow, pageTest } from '../pages/browser.ts'
import { newWorld } from '../world.ts'
import { type Person, peopleAt } from './person.ts'

// A test day of the made-up country, by hand: the head prints codes, a teacher leads, children write on a tablet and on a phone.

const world = await newWorld({ data: 'country', portal: true, behindProxy: true })
const base = await world.listen()
const person = peopleAt(() => base)
const TEST = 'Dabaszinātņu pratība, 3. klase, 2027'

/** Answers what is on the screen with the finger: every list, the first box, every field. */
async function answer(page: Page): Promise<void> {
  const form = page.locator('form[data-place]:not([hidden])')
  const lists = await form.locator('select').all()
  for (const [at, list] of lists.entries()) {
    const options = await list.locator('option').count()
    await list.selectOption({ index: Math.min(at + 1, options - 1) })
  }
  const boxes = form.locator('input[type=radio], input[type=checkbox]')
  if ((await boxes.count()) > 0) await boxes.first().check()
  for (const field of await form.locator('input[type=text], textarea').all()) await field.fill('12')
}
const allSaved = (page: Page) => page.locator('[data-saved]').filter({ hasText: 'Viss saglabāts' }).waitFor()
const at = (page: Page, place: number) =>
  page.getByRole('heading', { name: `${place}. uzdevums no 30` }).waitFor()
const next = (page: Page) => page.getByRole('button', { name: 'Tālāk' }).tap()
async function enter({ page }: Person, code: string) {
  await page.goto(`${base}/darbs`)
  await page.getByLabel('Kods', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Ieiet' }).tap()
}

pageTest(
  'from printed codes to the last answer: what children chose is saved, with a connection and without',
  async () => {
    const head = await person('Ilze Liepiņa')
    await head.page.getByRole('link', { name: 'Monitoringa darbi skolā' }).click()
    // What is to be written comes first.
    expect(await head.page.locator('main h2').first().textContent()).toBe(TEST)
    await head.page.getByRole('link', { name: `Skolēni: 3.a, ${TEST}` }).click()
    await head.page.getByRole('link', { name: 'Kodi drukāšanai' }).click()
    await head.page.getByRole('heading', { level: 1, name: 'Kodi' }).waitFor()
    const slips = (await mainText(head.page)).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g)!
    expect(new Set(slips).size).toBeGreaterThan(20)
    const [tabletCode, phoneCode] = slips as [string, string]

    const lead = await person('Inese Bērziņa')
    const board = lead.page
    await board.getByRole('link', { name: 'Darbu vadīšana' }).click()
    const room = board.locator('main tbody tr').first()
    const [group, test, , state] = await room.locator('th, td').allInnerTexts()
    expect([group, test, state]).toEqual(['3.a', TEST, 'Vēl nav atvērts'])
    await room.getByRole('link').click()
    await board.getByRole('button', { name: 'Atvērt uzgaidāmo telpu' }).click()

    const [tablet, phone] = [await person(null, 'tablet'), await person(null, 'phone')]
    await enter(tablet, tabletCode)
    await enter(phone, phoneCode.toLowerCase().replace('-', ' '))
    for (const { page } of [tablet, phone]) {
      await page.getByRole('heading', { name: 'Tu esi iekšā' }).waitFor()
      expect(await axeFindings(page)).toEqual([])
    }
    await board.locator('main tbody tr').filter({ hasText: 'gaida' }).nth(1).waitFor()
    await board.getByRole('button', { name: 'Sākt darbu' }).click()
    for (const { page } of [tablet, phone]) {
      await at(page, 1)
      await page.locator('[data-is-whole]').waitFor()
    }

    // An answer that may be used once goes with the finger from row to row: what is seen is what is saved.
    const lists = tablet.page.locator('form[data-place]:not([hidden]) select')
    await lists.nth(0).selectOption({ index: 1 })
    await lists.nth(2).selectOption({ index: 1 })
    await tablet.page.getByText('Šī atbilde jau bija citā rindā').waitFor()
    expect(await lists.nth(0).inputValue()).toBe('')
    await allSaved(tablet.page)
    await next(tablet.page)
    await at(tablet.page, 2)
    expect(await tablet.page.getByText('Šo atbildi nevarēja saglabāt').count()).toBe(0)

    // The tablet loses its connection, is written on, loaded anew when it is back, and handed in; the phone does every item.
    await answer(tablet.page)
    await allSaved(tablet.page)
    await tablet.context.setOffline(true)
    await next(tablet.page)
    await at(tablet.page, 3)
    await answer(tablet.page)
    await tablet.page
      .locator('[data-saved]')
      .filter({ hasText: /Nav savienojuma|ir šajā ierīcē/ })
      .waitFor()
    await tablet.context.setOffline(false)
    await tablet.page.reload()
    await at(tablet.page, 3)
    await tablet.page.locator('[data-is-whole]').waitFor()
    await tablet.page.locator('nav a[data-to="3"][data-filled="true"]').waitFor()
    await allSaved(tablet.page)

    for (let place = 1; place <= 30; place += 1) {
      await at(phone.page, place)
      await answer(phone.page)
      expect([place, await overflow(phone.page)]).toEqual([place, 0])
      if (place === 12) {
        // The battery is empty: on another device the same code goes on where the work was.
        await allSaved(phone.page)
        await phone.context.close()
        Object.assign(phone, await person(null, 'phone'))
        await enter(phone, phoneCode)
        await phone.page.locator('[data-is-whole]').waitFor()
        expect(await phone.page.locator('nav a[data-filled="true"]').count()).toBe(12)
        await phone.page.locator('nav a[data-to="12"]').tap()
        await at(phone.page, 12)
      }
      if (place < 30) await next(phone.page)
    }
    for (const [{ page }, done] of [
      [tablet, 3],
      [phone, 30],
    ] as const) {
      await page.locator('nav a[data-to="end"]').tap()
      await page.getByRole('heading', { name: 'Pirms pabeidz' }).waitFor()
      expect(await mainText(page)).toContain(`Atbildēto uzdevumu skaits: ${done} no 30.`)
      await page.getByRole('button', { name: 'Pabeigt darbu' }).tap()
      await page.getByRole('heading', { name: 'Darbs ir pabeigts' }).waitFor()
    }
    // The board renews itself: both are told as done, with what they answered.
    const told = async () => (await board.locator('main tbody tr').allInnerTexts()).slice(0, 2)
    await expect
      .poll(told)
      .toEqual([expect.stringMatching(/pabeigts.*3 \/ 30/s), expect.stringMatching(/pabeigts.*30 \/ 30/s)])
    expect(await axeFindings(board)).toEqual([])
    await board.getByRole('button', { name: 'Beigt darbu' }).click()
    await head.page.getByRole('link', { name: 'Monitoringa darbi mūsu skolā' }).click()
    const row = head.page.getByRole('row').filter({ hasText: '3.a' }).first()
    expect((await row.locator('th, td').allInnerTexts())[3]).toBe('2') // two of them have written
    for (const { context } of [head, lead, tablet, phone]) await context.close()
  },
)
