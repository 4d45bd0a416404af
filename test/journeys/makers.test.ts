import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeRoster, makeRun } from '#modules/assessments/index.ts'
import { Item } from '#modules/assessments/model.ts'
import { writePackage } from '#modules/assessments/qti/index.ts'
import { science3 } from '#modules/assessments/shipped/science-3.ts'
import { coefficientAlpha } from '#stats/classical/index.ts'
import { wleReliability } from '#stats/irt/index.ts'
import { mainText, pageTest } from '../pages/browser.ts'
import { newWorld, testKeys } from '../world.ts'
import { peopleAt } from './person.ts'
import { workedOut } from './worked-out.ts'

// Those who make a test and its results on the made-up country, by hand.

const world = await newWorld({ data: 'country', portal: true, behindProxy: true })
const base = await world.listen()
const person = peopleAt(() => base)
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

const toItem = async (page: Page, code: string) => {
  await page.getByRole('link', { name: 'Uzdevumu banka' }).first().click()
  await page.getByRole('link', { name: code }).click()
  await page.getByRole('heading', { level: 1, name: code }).waitFor()
}

pageTest(
  'an item goes from its author by two who review it to the keeper, and is secret from then on',
  async () => {
    const shipped = science3[1]!
    const item = Item.parse({ ...shipped.item, code: 'JAUNS-001' })
    const author = await person('Laura Siliņa')
    await author.page.getByRole('link', { name: 'Uzdevumu banka' }).click()
    await author.page.getByRole('link', { name: 'Nosūtīt pakotni' }).click()
    await author.page.getByLabel('Pakotne (zip').setInputFiles({
      name: 'jauns.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(writePackage([{ item, files: shipped.files }])),
    })
    await author.page.getByRole('button', { name: 'Nosūtīt pakotni' }).click()
    await author.page.getByText('Pārņemts 1 uzdevums.').waitFor()
    await author.page.goto(`${base}/lv/mans-darbs`)
    await toItem(author.page, 'JAUNS-001')
    await author.page.getByRole('link', { name: 'Skatīt kā skolēns' }).click()
    await author.page.getByLabel('sikspārnis').check()
    await author.page.getByRole('button', { name: 'Pārbaudīt atbildi' }).click()
    await author.page.getByText('Punkti: 1 no 1.').waitFor()
    await author.page.goBack()
    await author.page.goBack()
    await author.page.getByRole('button', { name: 'Pārcelt' }).click()
    await author.page.getByText('Recenzēšana: vajag divu cilvēku saskaņojumu').waitFor()
    await author.context.close()
    for (const [name, signed] of [
      ['Kārlis Eglītis', 1],
      ['Inga Roze', 2],
    ] as const) {
      const { page, context } = await person(name)
      await toItem(page, 'JAUNS-001')
      await page.getByRole('button', { name: 'Saskaņot' }).click()
      await page.getByText(`${signed} no 2`).waitFor()
      await context.close()
    }
    const keeper = await person('Valdis Apinis')
    await toItem(keeper.page, 'JAUNS-001')
    await keeper.page.getByLabel('Uz stāvokli').selectOption({ label: 'aprobācija' })
    await keeper.page.getByRole('button', { name: 'Pārcelt' }).click()
    await keeper.page.getByText('katra tā satura vai atslēgas apskatīšana tiek ierakstīta').waitFor()
    await keeper.context.close()
  },
)

pageTest(
  'a coordinator plans a rehearsal with a form of the year, has its roster made and opens it',
  async () => {
    const { page, context } = await person('Rita Vanaga')
    await page.getByRole('link', { name: 'Monitoringa darbi' }).click()
    await page.getByRole('link', { name: 'Plānot darbu' }).click()
    await page.getByLabel('Nosaukums latviski').fill('Mēģinājums dabaszinībās')
    await page.getByLabel('Kods').fill('2027-meginajums')
    await page.locator('select[name=kind]').selectOption('rehearsal')
    await page.locator('select[name=domain]').selectOption('science')
    await page.locator('select[name=grade]').selectOption('6')
    await page.getByLabel('Mācību gads').fill('2027')
    await page.getByLabel('Skolēni reģistrā šajā dienā').fill('2026-10-01')
    await page.getByLabel('Sākums', { exact: true }).fill('2027-04-13T09:00')
    await page.getByLabel('Beigas', { exact: true }).fill('2027-04-14T15:00')
    await page.getByLabel('2027-6-science-A').check()
    await page.getByRole('button', { name: 'Saglabāt plānu' }).click()
    await page.getByRole('button', { name: 'Izveidot dalībnieku sarakstu' }).click()
    await page.getByText('gaida rindā').waitFor()
    await makeRoster(world.db, testKeys, '2027-meginajums') // as the jobs process does
    await world.db.jobPool.query(`update pgboss.job set state = 'completed' where name = 'roster'`)
    await page.getByRole('link', { name: 'Atjaunot lapu' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Taureņupļavu vidusskola' })
    const [own] = await query<{ pupils: number }>(
      `select count(*)::integer as pupils from registry.enrolment e join registry.institution_version v using (institution_id)
      where v.name_lv = 'Taureņupļavu vidusskola' and v.superseded_by is null and v.valid @> date '2026-10-01'
        and e.school_year = 2027 and e.grade = 6 and e.main and e.superseded_by is null and e.valid @> date '2026-10-01'`,
    )
    expect((await row.locator('th, td').allInnerTexts())[1]).toBe(String(own!.pupils))
    await page.getByRole('button', { name: 'Atvērt darbu' }).click()
    await page.getByText('Darbs ir atvērts').first().waitFor()
    await context.close()
  },
)

pageTest('a marker marks with digits and Enter alone, and finds at once what there is to mark', async () => {
  const { page, context } = await person('Aija Strazda')
  await page.getByRole('link', { name: 'Atbilžu vērtēšana' }).click()
  expect(await page.locator('main h2').first().textContent()).toBe('Tekstpratība, 3. klase, 2027')
  await page.getByRole('link', { name: 'Vērtēt', exact: true }).click()
  await page.getByRole('button', { name: 'Ņemt atbildi' }).click()
  const given =
    'select count(*)::integer as n, coalesce(sum(points), 0)::integer as points from assessments.mark'
  const [before] = await query<{ n: number; points: number }>(given)
  for (const points of [1, 0, 1]) {
    await page.getByRole('heading', { name: 'Bērna atbilde' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'points')
    const answer = page.url() + (await page.locator('input[name=task]').first().inputValue())
    await page.keyboard.type(String(points))
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => page.url() + (await page.locator('input[name=task]').first().inputValue()))
      .not.toBe(answer)
  }
  const [after] = await query<{ n: number; points: number }>(given)
  expect([after!.n - before!.n, after!.points - before!.points]).toEqual([3, 2])
  await page.getByRole('button', { name: 'Atsaukt pēdējo vērtējumu' }).click()
  await page
    .getByRole('button', { name: 'Ņemt atbildi' })
    .or(page.getByRole('heading', { name: 'Bērna atbilde' }))
    .first()
    .waitFor()
  await context.close()
})

pageTest('a psychometrician reads the figures of the answers, and a run anew comes to the same', async () => {
  const { responses, items, people, abilities } = await workedOut(world.db, '2027-6-science')
  const { alpha, low, high } = coefficientAlpha({
    persons: people.length,
    items: items.length,
    scores: responses,
  })
  const decimals = (x: number) => x.toFixed(2).replace('.', ',')
  const { page, context } = await person('Guntis Lācis')
  await page.getByRole('link', { name: 'Monitoringa darbu skalošana' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: 'Dabaszinātņu pratība, 6. klase' })
    .getByRole('link', { name: '1. aprēķins' })
    .click()
  await page.getByRole('heading', { level: 1, name: '1. aprēķins' }).waitFor()
  const text = await mainText(page)
  expect(text).toContain(`${decimals(alpha)} (${decimals(low)}–${decimals(high)})`)
  expect(text).toMatch(
    new RegExp(`\\(WLE\\)\\s+${decimals(wleReliability(abilities.estimate, abilities.error))}\\s`),
  )
  await page.getByRole('link', { name: 'Darba aprēķini un lēmumi' }).click()
  const [run] = await query<{ seed: number }>(
    `select x.seed from assessments.scaling_run x join assessments.round r using (round_id) where r.code = '2027-6-science'`,
  )
  await page.locator('input[name=seed]').fill(String(run!.seed))
  await page.getByRole('button', { name: 'Skalot' }).click()
  await page.getByRole('row').filter({ hasText: 'vēl nav pabeigts' }).waitFor()
  const [job] = await query<{ run: number }>(
    `select (data ->> 'runId')::integer as run from pgboss.job where name = 'scale' order by created_on desc limit 1`,
  )
  await makeRun(world.db, job!.run) // as the jobs process does
  await page.reload()
  await page.getByText('tāds pats kā 1. aprēķinam').waitFor()
  await context.close()
})
