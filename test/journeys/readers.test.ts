import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { asJob } from '#db/actor.ts'
import { sealer } from '#modules/registry/index.ts'
import { meanOf, momentsOf } from '#stats/describe/index.ts'
import { growthNorms, growthPercentiles } from '#stats/growth/index.ts'
import { axeFindings, mainText, overflow, pageTest } from '../pages/browser.ts'
import { newWorld, testKeys } from '../world.ts'
import { peopleAt } from './person.ts'
import { workedOut } from './worked-out.ts'

// Those who read results on the made-up country, by hand; what they read is worked out again from points given to answers.

const world = await newWorld({ data: 'country', portal: true, behindProxy: true })
const base = await world.listen()
const person = peopleAt(() => base)
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

const levels = ['nepieciešams papildu atbalsts', 'tuvu gaidītajam', 'atbilst gaidītajam', 'pārsniedz gaidīto']

const worked = await workedOut(world.db, '2027-6-numeracy')
/** What arithmetic makes of the answers, by learner. */
const numeracy = new Map(
  worked.people.map(({ learner, school }, at) => {
    const score = worked.toPoints(worked.abilities.estimate[at]!)
    const level = 1 + worked.cuts!.filter((cut) => score >= cut).length
    return [learner, { score, error: worked.stretch * worked.abilities.error[at]!, level, school }]
  }),
)
const [family] = await query<{ learner: number; group: string; school: number }>(
  `select m.learner_id as learner, e.institution_id as school, c.class_group_uuid as "group"
     from access.person p join access.mandate m using (person_id)
     join registry.enrolment e on e.learner_id = m.learner_id and e.school_year = 2027 and e.main and e.superseded_by is null
     join registry.class_group c using (class_group_id) where p.display_name = 'Zane Kļaviņa'`,
)
const whole = (x: number) => Math.round(x).toString().replace('-', '−')
/** Words as they are read: the spaces of numbers do not break, which nobody sees. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ')
const NINE_OF_TEN = 1.6448536269514722

/** Of a hundred who started level in grade 3, how many came less far: by what src/stats/growth makes of both results. */
async function percentileOf(learner: number): Promise<number> {
  const before = await query<{ learner: number; score: number }>(
    `select learner_id as learner, score from assessments.measured
      where domain = 'numeracy' and grade = 3 and school_year = 2024 order by learner_id`,
  )
  const both = before.filter((each) => numeracy.has(each.learner))
  const scores = {
    current: Float64Array.from(both, (each) => Math.round(1e6 * numeracy.get(each.learner)!.score) / 1e6),
    priors: [Float64Array.from(both, ({ score }) => score)],
  }
  return growthPercentiles(growthNorms(scores), scores)[both.findIndex((each) => each.learner === learner)]!
}

const openResult = async (page: Page) => {
  await page.getByRole('link', { name: /Ir jauns rezultāts: Rēķinpratība, 6\. klase/ }).click()
  await page.getByRole('heading', { name: 'Kas palīdzēs tālāk' }).waitFor()
}

pageTest(
  'a parent on a phone comes from the notice to the result: points, band, level and growth are those of the answers',
  async () => {
    const { page, context } = await person('Zane Kļaviņa', 'phone')
    await openResult(page)
    const text = plain(await mainText(page))
    const own = numeracy.get(family!.learner)!
    const [low, high] = [own.score - NINE_OF_TEN * own.error, own.score + NINE_OF_TEN * own.error]
    expect(text).toContain(
      `Rezultāts skalā ir ${whole(own.score)}; visticamāk, patiesais rezultāts ir starp ${whole(low)} un ${whole(high)}`,
    )
    const percentile = await percentileOf(family!.learner)
    expect(text).toMatch(
      new RegExp(`No simta bērniem, kuri 3\\. klasē bija līdzīgā līmenī, ${percentile} ir pavirzīj`),
    )
    const [, level] = /^Rēķinpratība: (.+)$/m.exec(text)!
    expect(level).toBe(levels[own.level - 1])
    expect(await overflow(page)).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Kas skatījies šos datus' }).click()
    await page.getByRole('heading', { level: 1, name: 'Kas skatījies' }).waitFor()
    await context.close()
  },
)

pageTest('the child reads the same in English at a desk, and nothing there is Latvian', async () => {
  const { page, context } = await person('Roberts Kļaviņš')
  await openResult(page)
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'What helps next' }).waitFor()
  const text = plain(await mainText(page))
  const { score } = numeracy.get(family!.learner)!
  expect(text).toContain(`The result is ${whole(score)} points of the scale`)
  expect(text).toContain('The result does not enter marks')
  await context.close()
})

pageTest('a class teacher sees the level of every pupil, and asks for support with one press', async () => {
  const { page, context } = await person('Gita Freimane')
  await page.getByRole('link', { name: /^Monitoringa darbu rezultāti.*6\./ }).click()
  const table = page.getByRole('region', { name: 'Skolēni un prasmes' })
  await table.waitFor()
  // Reading comes first, numeracy second; each begins with the whole.
  const heads = await table.locator('thead tr').last().locator('th').allInnerTexts()
  const at = heads.map((words) => words.trim()).indexOf('Kopā', 1)
  const shown = await Promise.all(
    (await table.locator('tbody tr').all()).map(async (row) => [
      (await row.locator('th').textContent())!.trim(),
      await row.locator('td').nth(at).textContent(),
    ]),
  )
  const { open } = sealer(testKeys)
  const pupils = await query<{ learner: number; name: Buffer }>(
    `select e.learner_id as learner, i.sealed_name as name from registry.enrolment e join registry.class_group c using (class_group_id)
       join identity.person i using (learner_id)
      where c.class_group_uuid = $1 and e.school_year = 2027 and e.superseded_by is null`,
    [family!.group],
  )
  const expected = pupils.map(({ learner, name }) => [
    open('name', name),
    String(numeracy.get(learner)?.level ?? 'nav'),
  ])
  expect(shown.toSorted()).toEqual(expected.toSorted())

  const ask = page.getByRole('button', { name: /^Sākt atbalsta plānu: .*, rēķinpratība$/ }).first()
  const who = /: (.*), rēķinpratība/.exec((await ask.getAttribute('aria-label'))!)![1]!
  await ask.click()
  await page.getByRole('button', { name: `Atsaukt lūgumu: ${who}, rēķinpratība` }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.goto(`${base}/lv/rezultati/atbalsts`)
  expect(await mainText(page)).toContain(who)
  await context.close()
})

pageTest(
  'a head reads mean, interval and pupils by level of the school, and what a class of it needs',
  async () => {
    const { page, context } = await person('Ilze Liepiņa')
    await page.getByRole('link', { name: 'Monitoringa darbu rezultāti' }).click()
    const test = page.locator('section', {
      has: page.getByRole('heading', { name: 'Rēķinpratība, 6. klase' }),
    })
    await test.waitFor()
    const own = [...numeracy.values()].filter(({ school }) => school === family!.school)
    const { mean, low, high } = meanOf(momentsOf(own.map(({ score }) => score)))
    const text = plain((await test.textContent())!)
    expect(text).toContain(
      `Vidējais rezultāts ${whole(mean!)} punkti (95 % robežas ${whole(low!)}–${whole(high!)}), ${own.length} skolēn`,
    )
    const byLevel = [1, 2, 3, 4].map((level) => own.filter((each) => each.level === level).length)
    expect(await test.locator('tbody tr').first().textContent()).toContain(byLevel.join(' · '))
    // Grade 3 of this year is on a scale of its own: nothing is said of it against the year before.
    expect(text).not.toMatch(/undefined|NaN/)
    await page.getByRole('link', { name: /^6\.a/ }).first().click()
    await page.getByRole('heading', { level: 1, name: '6.a klase: kam un ar ko palīdzēt' }).waitFor()
    await context.close()
  },
)
