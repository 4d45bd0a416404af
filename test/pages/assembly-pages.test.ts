import { expect, test } from 'vitest'
import type { AssemblyDetail, FormDetail } from '#modules/assessments/model.ts'
import { plantBank } from '../assessments/plant-bank.ts'
import { newWorld } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
await plantBank(world.db)
const base = await world.listen()
const visit = openBrowser(() => base)
const { items: people } = await world.read<{ items: { name: string; tier: string }[] }>('/demo-people')
const researchers = people.filter(({ tier }) => tier === 'researcher')
const as = (name: string) =>
  world.signIn(
    'researcher',
    researchers.findIndex((each) => each.name === name),
  )
const psychometrician = await as('Guntis Lācis')
const marker = await as('Aija Strazda')
const begin = '/lv/monitoringa-darbi/varianti/salikt'

test('pages of assembly are for who makes forms; to others they are not there', async () => {
  expect((await world.get(begin, marker)).status).toBe(404)
  expect((await world.get(begin)).status).toBe(302)
  expect((await world.get('/en/monitoring-rounds/forms/assemble', psychometrician)).status).toBe(200)
})

let address = ''

pageTest(
  'a psychometrician goes from the blueprint to a saved form, by way of a plan the bank cannot meet, without scripts',
  async () => {
    await visit('/lv/mans-darbs', { scripts: false, cookie: psychometrician.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Monitoringa darbi' }).click()
      await page.getByRole('link', { name: 'Varianti' }).click()
      await page.getByRole('link', { name: 'Sastādīt pēc plāna' }).click()
      expect(await mainText(page)).toContain('neviena uzdevuma')
      await page.getByLabel('Pratība').selectOption({ label: 'rēķinpratība' })
      await page.getByLabel('Klase').selectOption({ label: '6. klase' })
      await page.getByRole('button', { name: 'Rādīt banku' }).click()
      await page.getByLabel('Enkuri no varianta').selectOption({ label: 'BANK-A (6. klase)' })
      await page.getByRole('button', { name: 'Rādīt banku' }).click()
      expect(await mainText(page)).toContain('Bankā ir 100 lietojamu uzdevumu.')
      expect(await page.locator('input[name=cuts]').inputValue()).toBe('405; 485; 600')
      const limits = async (name: string, least: number, most: number) => {
        await page.locator(`input[name="${name}.least"]`).fill(String(least))
        await page.locator(`input[name="${name}.most"]`).fill(String(most))
      }
      await limits('items', 20, 20)
      await limits('points', 26, 34)
      await limits('minutes', 0, 60)
      await limits('anchors', 14, 20)
      await page.getByLabel('Vēlamā standartkļūda').fill('30')
      await page.getByRole('button', { name: 'Sastādīt variantu' }).click()
      expect(await mainText(page)).toContain('Banka šo plānu izpildīt nevar.')
      expect(await mainText(page)).toMatch(/Enkuruzdevumu skaits: jābūt 14–20, ir 10/)
      expect(await page.getByRole('button', { name: 'Saglabāt kā variantu' }).count()).toBe(0)

      await page.getByRole('link', { name: 'Mainīt plānu' }).click()
      expect(await page.locator('input[name="anchors.least"]').inputValue()).toBe('14')
      await limits('anchors', 4, 6)
      await page.getByRole('button', { name: 'Sastādīt variantu' }).click()
      expect(await mainText(page)).toContain('Viss plāns ir izpildīts.')
      address = new URL(page.url()).pathname
      const made = await world.read<AssemblyDetail>(
        `/assemblies/${address.split('/').at(-1)}`,
        psychometrician,
      )
      const rows = page.getByRole('region', { name: 'Uzdevumi', exact: true }).locator('tbody tr')
      expect(await rows.locator('th a').allInnerTexts()).toEqual(made.chosen.map(({ code }) => code))

      const out = made.chosen.find(({ isAnchor }) => !isAnchor)!.code
      await page.getByRole('link', { name: `Apmainīt ${out}` }).click()
      expect(await page.getByRole('heading', { name: `Ko likt ${out} vietā` }).count()).toBe(1)
      expect(await mainText(page)).toContain('Plāns paliek izpildīts.')
      await page
        .getByRole('button', { name: /^Ielikt / })
        .first()
        .click()
      expect(await mainText(page)).toContain(`${out} vietā ielikts`)

      await page.getByLabel('Kods').fill('N6-2028-A')
      await page.getByLabel('Kam šis variants vajadzīgs').fill('Pavasara darbam.')
      await page.getByRole('button', { name: 'Saglabāt kā variantu' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('N6-2028-A')
      expect(await mainText(page)).toContain('melnraksts')
      const form = await world.read<FormDetail>(
        `/forms/${new URL(page.url()).pathname.split('/').at(-1)}`,
        psychometrician,
      )
      expect(form.order).toHaveLength(20)
      expect(form.order.some(({ item }) => item === out)).toBe(false)
      await page.goto(`${base}${address}`)
      expect(await mainText(page)).toContain('Pavasara darbam.')
    })
  },
)

pageTest('the pages keep to a phone and to who uses other aids, in both languages', async () => {
  const { cookie } = psychometrician
  const query = '?domain=numeracy&grade=6'
  for (const path of [begin + query, `/en/monitoring-rounds/forms/assemble${query}`, address]) {
    await visit(path, { cookie }, async (page) => {
      expect([path, await axeFindings(page)]).toEqual([path, []])
    })
    await visit(path, { cookie, width: 390 }, async (page) => {
      expect([path, await overflow(page)]).toEqual([path, 0])
    })
  }
})
