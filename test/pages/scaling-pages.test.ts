import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { giveDuty, scaleRound } from '#modules/assessments/index.ts'
import type { PanelDetail } from '#modules/assessments/scaling/model.ts'
import { answerRound } from '../assessments/answered-round.ts'
import { plantRound } from '../assessments/plant.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
const round = await plantRound(world.db, { pupilsPerClass: 70 })
await answerRound(world.db, round, { seed: 1 })
await scaleRound(world.db, round.code, { seed: 5 })
await asJob(world.db, async (tx) => {
  const { rows } = await tx.query<{ id: string }>(
    `select m.mandate_uuid as id from access.mandate m join access.person p using (person_id)
      where p.display_name in ('Laura Siliņa', 'Inga Roze')`,
  )
  for (const { id } of rows) await giveDuty(tx, id, 'panellist', 'test')
})
const base = await world.listen()
const visit = openBrowser(() => base)
const people = (
  (await (await world.get('/api/v1/demo-people')).json()) as { items: { name: string; tier: string }[] }
).items.filter(({ tier }) => tier === 'researcher')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    people.findIndex((person) => person.name === name),
  )
const psychometrician = await as('Guntis Lācis')
const panellist = await as('Laura Siliņa')
const second = await as('Inga Roze')
const report = `/lv/skalosana/${round.code}/1`

test('for who scales no rounds the pages are not there', async () => {
  for (const path of ['/lv/skalosana', `/lv/skalosana/${round.code}`, report]) {
    expect([path, (await world.get(path, panellist)).status]).toEqual([path, 404])
    expect([path, (await world.get(path)).status]).toEqual([path, 302])
  }
})

pageTest(
  'a psychometrician finds the test from the own work, reads the report and leaves an item out',
  async () => {
    await visit('/lv/mans-darbs', { scripts: false, cookie: psychometrician.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Monitoringa darbu skalošana' }).click()
      await page.getByRole('link', { name: '1. aprēķins' }).click()
      expect(await mainText(page)).toContain('šis darbs veido skalu')
      expect(await page.getByRole('figure').count()).toBe(3)
      await page.getByRole('link', { name: 'Darba aprēķini un lēmumi' }).click()
      await page.getByLabel('Uzdevums').selectOption(round.items[2]!)
      await page.getByLabel('Iemesls').last().fill('Attēls nebija nodrukāts.')
      await page.getByRole('button', { name: 'Pieņemt lēmumu' }).click()
      expect(await mainText(page)).toContain('Attēls nebija nodrukāts.')
      await page.getByLabel('Iemesls').last().fill('Vēlreiz')
      await page.getByLabel('Uzdevums').selectOption(round.items[2]!)
      await page.getByRole('button', { name: 'Pieņemt lēmumu' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('vai tas jau ir tā')
      await page.getByRole('button', { name: 'Skalot' }).click()
      expect(await page.getByRole('row', { name: /2\. aprēķins/ }).textContent()).toContain(
        'vēl nav pabeigts',
      )
    })
  },
)

pageTest(
  'a panel is opened, a panellist looks at an item and sets bookmarks, the psychometrician ends the round',
  async () => {
    let panel = ''
    await visit(
      `/lv/skalosana/${round.code}`,
      { scripts: false, cookie: psychometrician.cookie },
      async (page) => {
        await page.getByLabel('Nosaukums').fill('Rēķinpratība 6. klasei')
        await page.getByRole('button', { name: 'Atvērt komisiju' }).click()
        await page.waitForURL(/komisijas/)
        panel = new URL(page.url()).pathname
      },
    )
    await visit(panel, { scripts: false, cookie: panellist.cookie }, async (page) => {
      await page
        .getByRole('table', { name: 'Burtnīca' })
        .or(page.locator('table').last())
        .getByRole('link')
        .first()
        .click()
      expect(await mainText(page)).toContain('Uzdevuma apskatīšana tiek pierakstīta')
      for (const [level, place] of [
        [2, 10],
        [3, 25],
        [4, 40],
      ]) {
        await page.getByLabel(`${level}. līmenis: pēdējā vieta`).fill(String(place))
      }
      await page.getByRole('button', { name: 'Saglabāt grāmatzīmes' }).click()
      expect(await mainText(page)).toContain('Jūsu grāmatzīmes ir saglabātas')
    })
    await world.get(`/api/v1/scaling/panels/${panel.split('/').at(-1)}/bookmarks`, second, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': second.csrf },
      body: JSON.stringify({ places: [12, 24, 42] }),
    })
    await visit(panel, { scripts: false, cookie: psychometrician.cookie }, async (page) => {
      await page.getByRole('button', { name: 'Beigt kārtu un slēgt komisiju' }).click()
      await page.getByLabel('No mācību gada (gads, kurā tas beidzas)').fill('2027')
      await page.getByLabel('Pamats').fill('Komisijas sēde maijā')
      await page.getByRole('button', { name: 'Pieņemt par standartu' }).click()
      await page.goto(`${base}/lv/skalosana/${round.code}`)
      expect(await mainText(page)).toContain('Komisijas sēde maijā')
    })
    const id = panel.split('/').at(-1)!
    const { medians } = await world.read<PanelDetail>(`/scaling/panels/${id}`, panellist)
    expect(medians).toMatchObject([{ panelRound: 1, panellists: 2 }])
    await scaleRound(world.db, round.code, { seed: 5 })
  },
)

describe('every page of scaling', () => {
  for (const width of [1280, 390]) {
    pageTest(`is sound for assistive technology and does not scroll sideways at ${width} px`, async () => {
      const panels = await world.read<{ items: { id: string }[] }>('/scaling/panels', psychometrician)
      const paths = [
        '/lv/skalosana',
        `/lv/skalosana/${round.code}`,
        `/lv/skalosana/${round.code}/3`,
        `/en/scaling/${round.code}/3`,
        `/lv/skalosana/komisijas/${panels.items[0]!.id}`,
        '/lv/skalosana/komisijas',
      ]
      for (const path of paths) {
        await visit(path, { width, cookie: psychometrician.cookie }, async (page) => {
          expect([path, await axeFindings(page)]).toEqual([path, []])
          expect([path, await overflow(page)]).toEqual([path, 0])
        })
      }
    })
  }
})
