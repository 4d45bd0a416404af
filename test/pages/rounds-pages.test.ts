import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeRoster } from '#modules/assessments/index.ts'
import { plantRound } from '../assessments/plant.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
const planted = await plantRound(world.db, { until: 'rostered' })
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
const coordinator = await as('Rita Vanaga')
const marker = await as('Aija Strazda')
const head = await world.signIn('school', 0)
const session = planted.sessions[0]!.id

test('pages of rounds are for whoever has a duty, those of a school for its head; to others they are not there', async () => {
  for (const path of [
    '/lv/monitoringa-darbi',
    `/lv/monitoringa-darbi/${planted.id}`,
    '/en/monitoring-rounds/forms',
  ]) {
    expect([path, (await world.get(path, head)).status]).toEqual([path, 404])
    expect([path, (await world.get(path)).status]).toEqual([path, 302])
    expect([path, (await world.get(path, marker)).status]).toEqual([path, 200])
  }
  expect((await world.get('/lv/monitoringa-darbi/jauns', marker)).status).toBe(404)
  for (const path of [
    `/lv/monitoringa-darbi/skola/${session}`,
    `/lv/monitoringa-darbi/skola/${session}/kodi`,
  ]) {
    expect((await world.get(path, head)).status).toBe(200)
    expect((await world.get(path, coordinator)).status).toBe(404)
    expect((await world.get(path, await world.signIn('school', 1))).status).toBe(404)
  }
})

pageTest(
  'a coordinator puts a form together, plans a rehearsal, has its roster made and opens it, without scripts',
  async () => {
    await visit('/lv/mans-darbs', { scripts: false, cookie: coordinator.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Monitoringa darbi' }).click()
      await page.getByRole('link', { name: 'Varianti' }).click()
      await page.getByRole('link', { name: 'Sastādīt variantu' }).click()
      await page.getByLabel('Pratība').selectOption({ label: 'rēķinpratība' })
      await page.getByLabel('Klase').selectOption({ label: '6. klase' })
      await page.getByRole('button', { name: 'Rādīt uzdevumus' }).click()
      await page.getByLabel('Kods').fill('RP6-B')
      await page.getByRole('button', { name: 'Saglabāt variantu' }).click()
      expect(await mainText(page)).toContain('melnraksts')
      await page.getByRole('button', { name: 'Apstiprināt variantu' }).click()
      expect(await mainText(page)).toContain('apstiprināts')
      await page.goto(`${base}/lv/monitoringa-darbi/jauns`)
      await page.getByLabel('Nosaukums latviski').fill('Mēģinājums rēķinpratībā')
      await page.getByLabel('Kods').fill('2027-meginajums')
      await page.locator('select[name=kind]').selectOption({ label: 'mēģinājuma darbs' })
      await page.locator('select[name=domain]').selectOption({ label: 'rēķinpratība' })
      await page.locator('select[name=grade]').selectOption({ label: '6. klase' })
      await page.getByLabel('Mācību gads').fill('2027')
      await page.getByLabel('Skolēni reģistrā šajā dienā').fill('2026-10-01')
      await page.getByLabel('Sākums', { exact: true }).fill('2027-04-13T09:00')
      await page.getByLabel('Beigas', { exact: true }).fill('2027-04-14T15:00')
      await page.getByLabel('RP6-B').check()
      await page.getByRole('button', { name: 'Saglabāt plānu' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('Variantam nav enkuruzdevumu')
      expect(await page.getByLabel('Nosaukums latviski').inputValue()).toBe('Mēģinājums rēķinpratībā')
      await page.getByLabel('Kāpēc variantā nav enkuruzdevumu').fill('Tikai mēģinājums.')
      await page.getByRole('button', { name: 'Saglabāt plānu' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mēģinājums rēķinpratībā')
      await page.getByRole('button', { name: 'Izveidot dalībnieku sarakstu' }).click()
      expect(await page.getByRole('status').textContent()).toContain('gaida rindā')
      await makeRoster(world.db, testKeys, '2027-meginajums')
      await world.db.jobPool.query(`update pgboss.job set state = 'completed' where name = 'roster'`)
      await page.getByRole('link', { name: 'Atjaunot lapu' }).click()
      expect(await mainText(page)).toContain('Bērzu pamatskola')
      await page.getByRole('button', { name: 'Atvērt darbu' }).click()
      expect(await mainText(page)).toContain('Darbs ir atvērts')
      expect(await mainText(page)).toContain('Rita Vanaga')
    })
  },
)

pageTest(
  'a head sets the time, exempts a pupil, notes what another needs, and prints codes to cut apart',
  async () => {
    await visit('/lv/mans-darbs', { scripts: false, cookie: head.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Monitoringa darbi skolā' }).click()
      await page.getByRole('link', { name: `Skolēni: 6.a, Monitoringa darbs ${planted.code}` }).click()
      const pupils = page.locator('li[id^=p-]')
      expect(await pupils.count()).toBe(11)
      await pupils.first().locator('summary').click()
      await pupils.first().getByLabel('Dalība').selectOption({ label: 'atbrīvots' })
      await pupils.first().getByRole('button', { name: 'Saglabāt' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('Jānorāda iemesls.')
      await pupils.first().locator('summary').click()
      await pupils.first().getByLabel('Dalība').selectOption({ label: 'atbrīvots' })
      await pupils.first().getByLabel('Atbrīvošanas pamats').selectOption({ index: 1 })
      await pupils.first().getByRole('button', { name: 'Saglabāt' }).click()
      expect(await pupils.first().textContent()).toContain('rīkojums, speciālista atzinums')
      await pupils.nth(1).locator('summary').click()
      await pupils.nth(1).getByLabel('Burtu lielums').selectOption({ label: '150 %' })
      await pupils.nth(1).getByLabel('Papildu minūtes').fill('15')
      await pupils.nth(1).getByRole('button', { name: 'Saglabāt' }).click()
      expect(await pupils.nth(1).textContent()).toMatch(/burtu lielums 150 %, \+15 min/)
      await page.getByRole('button', { name: 'Saglabāt laiku' }).click()
      await page.getByRole('link', { name: 'Kodi drukāšanai' }).click()
      const slips = await page.locator('main li:has-text("Atver vietni")').allInnerTexts()
      expect(slips).toHaveLength(10)
      const known = new Set(planted.participants.map(({ code }) => `${code.slice(0, 4)}-${code.slice(4)}`))
      for (const slip of slips) expect(known).toContain(slip.trim().split('\n').at(-1))
    })
  },
)

describe.each([
  ['/lv/monitoringa-darbi', coordinator],
  [`/en/monitoring-rounds/${planted.id}`, coordinator],
  ['/lv/monitoringa-darbi/jauns', coordinator],
  ['/lv/monitoringa-darbi/varianti/jauns?domain=numeracy&grade=6', coordinator],
  ['/en/monitoring-rounds/forms', coordinator],
  ['/lv/monitoringa-darbi/skola', head],
  [`/lv/monitoringa-darbi/skola/${session}`, head],
  [`/en/monitoring-rounds/school/${session}/codes`, head],
] as const)('%s', (path, person) => {
  let form: string
  beforeAll(async () => {
    const { rows } = await asJob(world.db, (tx) =>
      tx.query<{ id: string }>('select form_uuid as id from assessments.form order by form_id limit 1'),
    )
    form = rows[0]!.id
  })

  pageTest('has nothing that axe finds, and scrolls only inside its tables at 320 px', async () => {
    await visit(path, { cookie: person.cookie, width: 320 }, async (page) => {
      expect(await axeFindings(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      if (path.endsWith('forms')) {
        await page.goto(`${base}/lv/monitoringa-darbi/varianti/${form}`)
        expect(await axeFindings(page)).toEqual([])
      }
    })
  })
})
