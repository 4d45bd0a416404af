import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { DemoPerson } from '#modules/access/model.ts'
import { closeRound, releaseRound, workOnFile } from '#modules/assessments/index.ts'
import { rubric2026 } from '#modules/assessments/preschool/rubric-2026.ts'
import { plantSatRound } from '../assessments/marked-round.ts'
import { plantRound } from '../assessments/plant.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const uploads = { folder: await mkdtemp(join(tmpdir(), 'ikms-round-pages-')), most: 1e9 }
const world = await newWorld({ data: 'none', portal: true, uploads })
const open = await plantRound(world.db, { domain: 'science', pupilsPerClass: 3 })
const sat = await plantSatRound(world.db, { pupilsPerClass: 3 })
const preschool = await plantRound(world.db, { grade: 0, domain: 'reading', pupilsPerClass: 3 })
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

/** A pupil of the first school with a marked answer and an official result; the pupil's mother. All of 0.a were observed. */
const [child] = await query<{ learnerId: number; name: string }>(
  `with marked as (
     update assessments.mark_task t set points = 0 from assessments.participant p
      where p.participant_id = t.participant_id and p.institution_id = 11 returning t.participant_id, t.position)
   update assessments.item_score s set state = 'marked', points = 0
     from marked m join assessments.participant p using (participant_id)
    where s.participant_id = m.participant_id and s.position = m.position returning p.learner_id as "learnerId"`,
)
await query(
  `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, level, strands, run)
   select learner_id, participant_id, round_id, institution_id, 1, 500, 28, 2, '[]', 'planted'
     from assessments.participant where round_id = $1`,
  [sat.roundId],
)
await query(
  `insert into assessments.observation (participant_id, round_id, learner_id, institution_id, school_year, rubric, statement, step, observed_by)
   select p.participant_id, p.round_id, p.learner_id, p.institution_id, 2027, '2026', s.statement, 1 + (s.at + p.learner_id) % 3, 1
     from assessments.participant p, unnest($2::text[]) with ordinality s (statement, at) where p.round_id = $1`,
  [preschool.roundId, rubric2026.statements.filter(({ domain }) => domain === 'reading').map(({ id }) => id)],
)
await query(
  `update assessments.participant set status = 'tested', started_at = now(), finished_at = now() where round_id = $1`,
  [preschool.roundId],
)
await query(
  `with person as (insert into access.person (display_name, demo) values ('Māra Māte', true) returning person_id)
   insert into access.mandate (person_id, tier, learner_id, valid, source)
   select person_id, 'parent', $1, daterange(access.today(), null), 'demo' from person`,
  [child!.learnerId],
)
await asJob(world.db, (tx) => closeRound(tx, preschool.code, 'Pārbaude.'))
await query(`update assessments.round set state = 'scaled' where code = $1`, [sat.code])
await asJob(world.db, async (tx) => {
  await releaseRound(tx, preschool.code, 'preliminary')
  await releaseRound(tx, sat.code, 'preliminary')
  await releaseRound(tx, sat.code, 'official')
})

const { items: people } = await world.read<{ items: DemoPerson[] }>('/demo-people')
const as = (tier: DemoPerson['tier'], name: string): Promise<Signed> =>
  world.signIn(
    tier,
    people.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
const coordinator = await as('researcher', 'Rita Vanaga')
const mother = await as('parent', 'Māra Māte')
const head = await world.signIn('school')
const base = await world.listen()
const visit = openBrowser(() => base)

/** Does what the queue asks of the jobs process. */
const work = async () => {
  const jobs = await query<{ fileId: number }>(
    `delete from pgboss.job where name = 'round-file' returning (data ->> 'fileId')::integer as "fileId"`,
  )
  for (const { fileId } of jobs) await workOnFile(world.db, testKeys, uploads, fileId)
}
const csv = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})
const page320 = { scripts: false, width: 320 }

pageTest(
  'a coordinator sends a file with a fault, reads which line, mends it, and takes it over',
  async () => {
    const [first, second] = open.participants
    const good = `code,position,points\n${first!.code},1,1\n${second!.code},1,0\n`
    await visit(
      `/lv/monitoringa-darbi/${open.id}`,
      { scripts: false, cookie: coordinator.cookie },
      async (page) => {
        await page.getByLabel('Fails', { exact: true }).setInputFiles(csv('lapas.csv', `${good}NAV,1,1\n`))
        await page.getByRole('button', { name: 'Nosūtīt un pārbaudīt' }).click()
        expect(await page.getByRole('status').textContent()).toContain('Failu pārbauda.')
        await work() // the page of who has sent a file looks again by itself
        expect(await page.getByRole('row', { name: /^4 / }).textContent()).toContain(
          'Šāda koda šajā darbā nav.',
        )
        await page.getByLabel('Fails', { exact: true }).setInputFiles(csv('lapas-2.csv', good))
        await page.getByRole('button', { name: 'Nosūtīt un pārbaudīt' }).click()
        await work()
        await page.getByRole('status').filter({ hasText: 'Vēl nekas nav pārņemts.' }).waitFor()
        expect(
          await query('select from assessments.item_score where participant_id = $1', [first!.id]),
        ).toEqual([])
        await page.getByRole('button', { name: 'Pārņemt' }).click()
        await work()
        await page.getByRole('status').filter({ hasText: 'Fails ir pārņemts.' }).waitFor()
        expect(await mainText(page)).toContain('Punkti no citas sistēmas (rindas: 2; vietas: 2; skolēni: 2)')
      },
    )
  },
)

pageTest('a file that is too large is refused on the page, and the page stays', async () => {
  await visit(
    `/en/monitoring-rounds/${open.id}`,
    { scripts: false, cookie: coordinator.cookie },
    async (page) => {
      await page
        .getByLabel('File', { exact: true })
        .setInputFiles(csv('huge.csv', 'x'.repeat(16 * 1024 ** 2 + 10)))
      await page.getByRole('button', { name: 'Send and check' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('larger than 16 MB')
    },
  )
})

pageTest(
  'a mother asks the school from the page of a result; the head chooses the answer; both read that it waits',
  async () => {
    const own = `/lv/rezultati/mani/${sat.code}`
    await visit(own, { scripts: false, cookie: mother.cookie }, async (page) => {
      expect(await page.getByLabel('Ko lūdzat pārskatīt un kāpēc').inputValue()).toContain('Lūdzu pārskatīt')
      await page.getByRole('button', { name: 'Lūgt skolai' }).click()
      expect(await mainText(page)).toContain('lūgums nosūtīts skolai')
    })
    await visit('/lv/vertesana/parskatisana', { scripts: false, cookie: head.cookie }, async (page) => {
      await page.goto(`${base}/lv/mans-darbs`)
      await page.getByRole('link', { name: 'Atbildes pārskatīšana' }).click()
      await page.getByRole('link', { name: /Izvēlēties atbildi/ }).click()
      expect(await page.getByLabel('Pamatojums').inputValue()).toContain('Lūdzu pārskatīt')
      await page.getByRole('button', { name: 'Lūgt pārskatīt' }).click()
      expect(await mainText(page)).toContain('Lūgums ir pieņemts.')
      expect(await mainText(page)).toContain('lūgtas pārskatīt: 1, pārskatītas: 0')
    })
    await visit(own, { scripts: false, cookie: mother.cookie }, async (page) => {
      expect(await mainText(page)).toMatch(/\d+\. uzdevums tiek pārskatīts\./)
    })
  },
)

pageTest(
  'a head reads what was seen in a preschool group, child by child, and prints a sheet for each',
  async () => {
    await visit('/lv/mans-darbs', { scripts: false, cookie: head.cookie }, async (page) => {
      await page.getByRole('link', { name: 'Pirmsskolas grupas' }).click()
      await page.getByRole('link', { name: '0.a' }).click()
      const children = await page.locator('main a[href^="#c-"]').count()
      expect(children).toBe(4)
      expect(await page.getByRole('heading', { level: 2 }).count()).toBe(children + 1)
      await page.emulateMedia({ media: 'print' })
      const broken = await page.evaluate(
        () =>
          [...document.querySelectorAll('[id^=c-]')].filter(
            (each) => getComputedStyle(each).breakAfter === 'page',
          ).length,
      )
      expect(broken).toBe(children)
    })
  },
)

describe.each([
  ['the round with its files', `/lv/monitoringa-darbi/${open.id}`, coordinator],
  ['second looks', '/en/marking/second-looks', head],
  ['a result of a family', `/en/results/own/${sat.code}`, mother],
  ['preschool groups', '/en/preschool', head],
  ['a preschool group', `/lv/pirmsskola/${preschool.schools[0]!.id}/2027?label=0.a`, head],
] as const)('%s', (_, path, person) => {
  pageTest('has nothing that axe finds, and nobody scrolls sideways at 320 px', async () => {
    await visit(path, { ...page320, scripts: true, cookie: person.cookie }, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
      expect(await axeFindings(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
    })
  })
})
