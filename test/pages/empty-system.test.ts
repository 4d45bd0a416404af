import { expect, test } from 'vitest'
import { newWorld } from '../world.ts'
import { axeFindings, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)
const own = await newWorld({ data: 'none', portal: true, offersDemo: true })
const ownBase = await own.listen()
const visitOwn = openBrowser(() => ownBase)

const addresses = [
  '/lv',
  '/lv/valsts',
  '/lv/raditaji',
  '/lv/pasvaldibas',
  '/lv/skolas',
  '/lv/meklet?q=skola',
  '/lv/ieiet',
  '/lv/noteikumi',
  '/lv/laidieni',
]

test('a system without data says what to do next, with the commands', async () => {
  for (const path of ['/lv', '/lv/valsts', '/lv/pasvaldibas', '/lv/skolas']) {
    const html = await (await world.get(path)).text()
    expect(html, path).toContain('npm run ikms -- import')
    expect(html, path).toContain('npm run ikms -- compute')
  }
})

test('no page of it fails', async () => {
  for (const path of addresses) expect((await world.get(path)).status, path).toBe(200)
})

pageTest('it has no barriers and fits a phone', async () => {
  for (const path of addresses) {
    expect(await visit(path, {}, axeFindings), path).toEqual([])
    expect(await visit(path, { width: 320 }, overflow), path).toBe(0)
  }
})

test('where it may not be loaded, the page of the sample country says so and how else', async () => {
  const html = await (await world.get('/lv/parauga-dati')).text()
  expect(html).toContain('npm run ikms -- synth --size demo')
  expect(html).not.toContain('<button type="submit" name="what"')
})

pageTest(
  'a system of one’s own offers a sample country; one press asks for it, another stops it',
  async () => {
    await visitOwn('/lv', { scripts: false }, async (page) => {
      await page.getByRole('button', { name: 'Ielādēt parauga Latviju' }).click()
      expect(new URL(page.url()).pathname).toBe('/lv/parauga-dati')
      await page.getByText('Neatjaunot lapu pašu no sevis').click()
      expect(await page.getByRole('progressbar').count()).toBe(1)
      expect(await page.getByRole('listitem').filter({ hasText: 'Aprēķina rādītājus' }).count()).toBe(1)
    })
    for (const path of ['/lv/parauga-dati?still', '/en']) {
      expect(await visitOwn(path, {}, axeFindings), path).toEqual([])
      expect(await visitOwn(path, { width: 320 }, overflow), path).toBe(0)
    }
    await visitOwn('/en/sample-data?still', { scripts: false }, async (page) => {
      await page.getByRole('button', { name: 'Stop' }).click()
      expect(await page.getByRole('status').textContent()).toContain('The work was stopped')
      expect(await page.getByRole('button', { name: 'Load it again' }).count()).toBe(1)
    })
  },
)
