import { expect } from 'vitest'
import { axeFindings, mainText, overflow, pageTest } from '../pages/browser.ts'
import { newWorld } from '../world.ts'
import { peopleAt } from './person.ts'

// The head of a school of about 45 pupils, where several grades are taught together and two or three children sit a test. Figures
// have not been computed yet.

const world = await newWorld({ data: 'country', portal: true, behindProxy: true })
const base = await world.listen()
const person = peopleAt(() => base)

pageTest(
  'the head of a small school opens everything there is on a phone: each page is whole and says why something is not',
  async () => {
    const { page, context } = await person('Andris Ozols', 'phone')
    const links = await page
      .locator('main a[href^="/lv/"]')
      .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href')!.replace(/#.*/, '')))])
    expect(links.length).toBeGreaterThan(8)
    for (const path of links) {
      const answer = await page.goto(base + path)
      expect([path, answer?.status()]).toEqual([path, 200])
      expect([path, await overflow(page)]).toEqual([path, 0])
      expect([path, await axeFindings(page)]).toEqual([path, []])
      const text = await mainText(page)
      expect([path, text.length > 150]).toEqual([path, true])
      expect([path, /\b(NaN|undefined|null|Infinity)\b|\{\{/.exec(text)?.[0]]).toEqual([path, undefined])
    }
    await context.close()
  },
)

pageTest(
  'of two or three children there is no interval and no bare mean: the way leads to each child by name',
  async () => {
    const { page, context } = await person('Andris Ozols')
    await page.getByRole('link', { name: 'Monitoringa darbu rezultāti' }).click()
    const rows = await page.getByRole('region').locator('tbody tr').all()
    const groups = await Promise.all(rows.map(async (row) => row.locator('td').allInnerTexts()))
    const small = groups.filter(([n]) => Number(n) < 5)
    expect(small.length).toBeGreaterThan(3)
    for (const [n, , interval] of small) expect([n, interval]).toEqual([n, '–'])
    await page.getByRole('link', { name: /^6\. \(/ }).click()
    await page.getByRole('region', { name: 'Skolēni un prasmes' }).waitFor()
    const pupils = await page.getByRole('region', { name: 'Skolēni un prasmes' }).locator('tbody tr').count()
    expect(pupils).toBeGreaterThan(0)
    expect(pupils).toBeLessThan(12)
    await context.close()
  },
)

pageTest('a class of one or two prints its codes and is led like any other', async () => {
  const { page, context } = await person('Andris Ozols')
  await page.getByRole('link', { name: 'Monitoringa darbi skolā' }).click()
  await page.getByRole('link', { name: /^Skolēni: 3\.?, Dabaszinātņu pratība/ }).click()
  await page.getByRole('link', { name: 'Kodi drukāšanai' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kodi' }).waitFor()
  const codes = (await mainText(page)).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? []
  expect(codes.length).toBeGreaterThan(0)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.length).toBeLessThan(12)
  await context.close()
})
