import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { DemoPerson } from '#modules/access/model.ts'
import { rubric2026 } from '#modules/assessments/preschool/rubric-2026.ts'
import { plantRound } from '../assessments/plant.ts'
import { plantAssessors } from '../assessments/plant-preschool.ts'
import { newWorld, type Signed } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const year = 2027
const world = await newWorld({ data: 'none', portal: true })
for (const domain of ['reading', 'numeracy', 'science'] as const) {
  await plantRound(world.db, { grade: 0, domain, pupilsPerClass: 3, code: `P-${domain}` })
}
await plantAssessors(world.db)
const base = await world.listen()
const visit = openBrowser(() => base)

const { items: people } = (await (await world.get('/api/v1/demo-people')).json()) as { items: DemoPerson[] }
const as = (tier: DemoPerson['tier'], name: string): Promise<Signed> =>
  world.signIn(
    tier,
    people.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
const coordinator = await as('researcher', 'Gita Bērza')
const assessor = await as('researcher', 'Dace Vītola')

/** Pictures for whoever looks at the pages: `IKMS_PICTURES=folder`. */
const pictures = process.env.IKMS_PICTURES
async function look(page: Page, name: string) {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

pageTest('a coordinator assigns a group, and the assessor finds it in the own work', async () => {
  await visit('/lv/mans-darbs', { scripts: false, cookie: coordinator.cookie }, async (page) => {
    await page.getByRole('link', { name: 'Pirmsskolas vērojumi' }).click()
    await page.getByLabel('Vērotājs').selectOption({ label: 'Dace Vītola' })
    await page.getByLabel('Grupa').selectOption({ label: 'Bērzu pamatskola, 0.a' })
    await page.getByRole('button', { name: 'Uzticēt' }).click()
    expect(await mainText(page)).toContain('Bērzu pamatskola, 0.a')
    await look(page, 'observations-coordinator-lv')
    await page.getByRole('button', { name: 'Uzticēt' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('nav iespējams')
  })
  await visit('/lv/mans-darbs', { scripts: false, cookie: assessor.cookie }, async (page) => {
    await page.getByRole('link', { name: 'Pirmsskolas vērojumi' }).click()
    expect(await mainText(page)).toContain('0 no 4')
    await look(page, 'observations-lv')
  })
})

pageTest(
  'an assessor observes a child on a tablet: a tap a statement and nothing typed, far below five minutes',
  async () => {
    await visit('/lv/noverojumi', { width: 768, cookie: assessor.cookie }, async (page) => {
      let taps = 0
      const tap = async (what: ReturnType<Page['locator']>) => {
        await what.click()
        taps += 1
      }
      const writes: number[] = []
      page.on('response', (answer) => {
        if (answer.request().method() === 'POST') writes.push(answer.status())
      })
      await page.getByRole('link', { name: '0.a' }).click()
      expect(await overflow(page)).toBe(0)
      await look(page, 'observations-group-768')
      await tap(page.locator('tbody th a').first())
      expect(await page.locator('input:not([type=hidden]), textarea, select').count()).toBe(0)
      for (const [at, { id }] of rubric2026.statements.entries()) {
        const button = page.locator(`#${id} button`).nth(at % 4)
        await tap(button)
        await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
      }
      expect(await page.getByRole('status').textContent()).toBe('Viss atzīmēts. Paldies!')
      await look(page, 'observations-child-768')
      await tap(page.getByRole('link', { name: 'Atpakaļ uz grupu' }))
      expect(await page.locator('tbody tr').first().textContent()).toContain('pabeigts')
      await expect.poll(() => writes).toEqual(rubric2026.statements.map(() => 200))
      expect(taps).toBe(rubric2026.statements.length + 2)
      // With three seconds for every tap and fifteen to look at the child, five minutes are not used up.
      expect(3 * taps + 15 * rubric2026.statements.length).toBeLessThan(300)
    })
  },
)

pageTest('a tap that was lost on the way is said, and nothing looks kept that is not', async () => {
  await visit('/lv/noverojumi', { width: 768, cookie: assessor.cookie }, async (page) => {
    await page.getByRole('link', { name: '0.a' }).click()
    await page.locator('tbody th a').nth(1).click()
    await page.context().setOffline(true)
    const button = page.locator('#V1 button').first()
    await button.click()
    await expect.poll(() => page.getByRole('status').textContent()).toContain('Nav saglabāts')
    expect(await button.getAttribute('aria-pressed')).toBe('false')
    await page.context().setOffline(false)
    await button.click()
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByRole('status').textContent()).toBe('Atzīmēts 1 no 14')
  })
})

pageTest(
  'without scripts every tap is a form; the last one is taken back; who is away is said in the list',
  async () => {
    await visit('/lv/noverojumi', { scripts: false, width: 390, cookie: assessor.cookie }, async (page) => {
      await page.getByRole('link', { name: '0.a' }).click()
      await look(page, 'observations-group-390')
      expect(await overflow(page)).toBe(0)
      await page.locator('tbody th a').nth(2).click()
      await page.locator('#R1 button').nth(1).click()
      expect(page.url()).toMatch(/#R2$/)
      await page.locator('#R2 button').nth(3).click()
      expect(await page.getByRole('status').textContent()).toBe('Atzīmēts 2 no 14')
      await look(page, 'observations-child-390')
      expect(await overflow(page)).toBe(0)
      await page.getByRole('button', { name: 'Atsaukt pēdējo' }).click()
      expect(page.url()).toMatch(/#R2$/)
      expect(await page.getByRole('status').textContent()).toBe('Atzīmēts 1 no 14')
      await page.getByRole('link', { name: 'Atpakaļ uz grupu' }).click()
      const last = page.locator('tbody tr').nth(3)
      await last.getByRole('button').click()
      expect(await page.locator('tbody tr').nth(3).textContent()).toContain('nav klāt')
      await page.locator('tbody tr').nth(3).getByRole('button').click()
      expect(await page.locator('tbody tr').nth(3).textContent()).toContain('vēl nav sākts')
    })
  },
)

pageTest(
  'the pages of an assessor are accessible by keyboard and screen reader in both languages',
  async () => {
    const { items } = await world.read<{ items: { place: { id: string } }[] }>('/observations', assessor)
    const place = items[0]!.place.id
    const { items: children } = await world.read<{ items: { id: string }[] }>(
      `/observations/children?place=${place}&year=${year}&label=0.a`,
      assessor,
    )
    for (const path of [
      `/en/observations/groups/${place}/${year}?label=0.a`,
      `/en/observations/children/${children[0]!.id}/${year}`,
      `/lv/noverojumi/berni/${children[1]!.id}/${year}`,
    ]) {
      await visit(path, { cookie: assessor.cookie }, async (page) => {
        expect(await axeFindings(page)).toEqual([])
        await look(page, `observations-${path.split('/').slice(1, 4).join('-')}`)
      })
    }
    await visit(
      `/lv/noverojumi/berni/${children[1]!.id}/${year}`,
      { cookie: assessor.cookie },
      async (page) => {
        const { expected, reached, unmarked } = await keyboardWalk(page)
        expect(reached).toEqual(expected)
        expect(unmarked).toEqual([])
      },
    )
  },
)

pageTest(
  'a parent reads what was seen in words, without a number or a comparison, and what to try next',
  async () => {
    const { rows } = await world.db.jobPool.query<{ learner: string }>(
      `select l.learner_uuid as learner from assessments.observed o join registry.learner l using (learner_id)
      group by 1 order by count(*) desc limit 1`,
    )
    await asJob(world.db, async (tx) => {
      await tx.query(`update assessments.round set state = 'official' where grade = 0`)
      await tx.query(
        `with person as (insert into access.person (display_name, demo) values ('Zaiga Vecāka', true) returning person_id)
       insert into access.mandate (person_id, tier, learner_id, valid, source)
       select person_id, 'parent', (select learner_id from registry.learner where learner_uuid = $1),
              daterange(access.today(), null), 'demo' from person`,
        [rows[0]!.learner],
      )
    })
    const { items } = (await (await world.get('/api/v1/demo-people')).json()) as { items: DemoPerson[] }
    const parents = items.filter(({ tier }) => tier === 'parent')
    const parent = await world.signIn(
      'parent',
      parents.findIndex(({ name }) => name === 'Zaiga Vecāka'),
    )
    for (const [path, width] of [
      ['/lv/mani-rezultati/pirmsskola', 1280],
      ['/en/my-results/preschool', 390],
    ] as const) {
      await visit(path, { cookie: parent.cookie, width }, async (page) => {
        expect(await axeFindings(page)).toEqual([])
        expect(await overflow(page)).toBe(0)
        await look(page, `preschool-profile-${width}`)
        if (width === 390) return
        const text = await mainText(page)
        expect(text).toContain(rubric2026.statements[0]!.steps[0]!.lv)
        expect(text).toContain('Nākamais solis')
        expect(text).toContain('Nav novērots')
        expect(text).not.toMatch(/\d+ (punkt|no \d)|%/)
        await page.emulateMedia({ media: 'print' })
        await look(page, 'preschool-profile-print')
      })
    }
  },
)

test('for who has no duty, or another one, the pages are not there; nobody is led to sign in', async () => {
  const steward = await world.signIn('steward')
  expect((await world.get('/lv/noverojumi', steward)).status).toBe(404)
  expect((await world.get('/lv/noverojumi')).status).toBe(302)
  expect((await world.get(`/lv/noverojumi/berni/${crypto.randomUUID()}/${year}`, assessor)).status).toBe(404)
})

pageTest('what levels mean is read by everybody, in both languages, on any screen', async () => {
  for (const [path, width, title] of [
    ['/lv/paligs/limeni?grade=6&domain=numeracy', 1280, 'Ko nozīmē līmeņi'],
    ['/lv/paligs/limeni', 390, 'Ko nozīmē līmeņi'],
    ['/en/help/levels?grade=3&domain=science', 768, 'What the levels mean'],
  ] as const) {
    await visit(path, { width }, async (page) => {
      expect(await page.locator('h1').textContent()).toBe(title)
      expect(await page.locator('ol > li').count()).toBeGreaterThanOrEqual(16)
      expect(await overflow(page)).toBe(0)
      expect(await axeFindings(page)).toEqual([])
      await look(page, `levels-${width}`)
      if (width !== 1280) return
      await page.getByRole('link', { name: '3. klase: tekstpratība' }).click()
      expect(await mainText(page)).toContain('Atrod informāciju')
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: 700, height: 900 })
      await look(page, 'levels-print')
    })
  }
})
