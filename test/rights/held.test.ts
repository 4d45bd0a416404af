import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Held } from '#modules/rights/model.ts'
import { sections } from '../../src/modules/rights/held-sections.ts'
import { newServer } from '../../src/server.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { newWorld, testKeys } from '../world.ts'

const world = await newWorld()
const parent = await world.signIn('parent')
const learner = await world.signIn('learner')
const head = await world.signIn('school')
const server = await newServer({
  db: world.db,
  keys: testKeys,
  chromium: chromiumPath,
  log: pino({ level: 'silent' }),
})
afterAll(() => server.close())
/** Facts of the learner beside results: one row of each, as an import would bring them. */
const plant = (table: string, columns: string, values: string) =>
  asJob(world.db, (tx) =>
    tx.query(
      `insert into ${table} (learner_id, ${columns}, import_id, line, row_hash)
       select learner_id, ${values}, (select min(import_id) from intake.import), 2, 0
         from registry.learner where learner_uuid = $1`,
      [learner.learnerId],
    ),
  )
const place = `(select institution_id from registry.institution where institution_uuid = '${head.institutionId}')`
await plant(
  'records.marks',
  'institution_id, school_year, grade, scale, subjects, first_term, second_term, year_mark',
  `${place}, 2026, 9, 'ten', '{mathematics,not-in-the-list}', '{7,6}', '{8,null}', '{8,null}'`,
)
await plant(
  'records.absence',
  'institution_id, school_year, lessons, excused, unexcused',
  `${place}, 2026, '{90,95,90,70,80,75,90,85,90,0}', '{3,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,0,2,0}'`,
)
await plant('records.destination', 'kind, on_day', `'abroad', '2026-09-01'`)
await plant('records.context', 'school_year, quintile', '2026, 4')
const ask = (path: string, cookie: string) => server.app.request(`/api/v1${path}`, { headers: { cookie } })
const heldOf = (person: typeof parent) => world.read<Held>(`/learners/${person.learnerId}/held`, person)
const section = (held: Held, key: string) => held.sections.find((each) => each.key === key)!

test('every table with a learner is in what a learner is shown', async () => {
  const { rows } = await world.db.ownerPool.query<{ name: string }>(
    `select distinct table_schema || '.' || table_name as name from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      where column_name = 'learner_id' and table_type = 'BASE TABLE' order by 1`,
  )
  const shown: string[] = sections.flatMap(({ tables }) => [...tables])
  expect(rows.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual([])
  expect(rows.length).toBeGreaterThan(8)
})

test('nothing in such a table is left out: every row of the learner is there', async () => {
  const held = await heldOf(learner)
  for (const { key, tables } of held.sections) {
    // Wishes and second looks name a participant: test/assessments/second-looks.test.ts finds them here.
    if (['identity', 'findings', 'wishes', 'lookedAgain'].includes(key)) continue
    const { rows } = await asJob(world.db, (tx) =>
      tx.query<{ n: number }>(
        `select count(*) as n from ${tables[0]} x join registry.learner l using (learner_id) where l.learner_uuid = $1`,
        [learner.learnerId],
      ),
    )
    expect([key, section(held, key).rows.length]).toEqual([key, rows[0]!.n])
  }
})

test('a parent sees the child by name, where the child learnt, the results, and where each is corrected', async () => {
  const held = await heldOf(parent)
  expect(held.learner.id).toBe(parent.learnerId)
  expect(section(held, 'identity').rows).toHaveLength(1)
  expect(section(held, 'enrolments').rows.length).toBeGreaterThan(0)
  expect(section(held, 'results').rows).toHaveLength(2)
  for (const { correct } of held.sections) expect([correct.lv, correct.en]).not.toContain('')
  expect(held.retention.map(({ kind }) => kind)).toContain('learner_identity')
})

test('marks stand by subject in words, absence by month, and what the statistics office found is named as its', async () => {
  const held = await heldOf(learner)
  const [marks] = section(held, 'marks').rows
  expect(marks).toContainEqual({
    lv: 'matemātika 7/8/8; not-in-the-list 6/–/–',
    en: 'mathematics 7/8/8; not-in-the-list 6/–/–',
  })
  expect(marks).toContainEqual({ lv: 'desmit balles', en: 'ten points' })
  expect(section(held, 'absence').rows[0]).toContain('0 0 0 0 0 0 0 0 2 0')
  expect(section(held, 'destinations').rows[0]).toContainEqual({ lv: 'ārzemes', en: 'abroad' })
  expect(section(held, 'context').rows[0]).toContain(4)
  expect(section(held, 'context').correct.en).toContain('Statistical Bureau')
})

test('the reading is written down and stands among who has looked', async () => {
  const before = section(await heldOf(parent), 'looks').rows.length
  const looks = section(await heldOf(parent), 'looks')
  expect(looks.rows).toHaveLength(before + 1)
  expect(looks.rows[0]).toContainEqual({
    lv: 'skatīja visu, kas glabājas',
    en: 'read everything that is held',
  })
  const { items } = await world.read<{ items: { action: string; self: boolean }[] }>('/looks', parent)
  expect(items[0]).toMatchObject({ action: 'read_held', self: true })
})

test('another parent’s child, and a head’s own pupil, are not there', async () => {
  const path = `/learners/${learner.learnerId}/held`
  for (const who of [parent, head]) {
    expect((await world.get(`/api/v1${path}`, who)).status).toBe(404)
    expect((await world.get(`/api/v1${path}.pdf`, who)).status).toBe(404)
  }
  expect((await world.get(`/api/v1${path}`)).status).toBe(404)
})

test('as a file it is JSON of the same', async () => {
  const answer = await world.get(`/api/v1/learners/${parent.learnerId}/held?download=1`, parent)
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  expect(((await answer.json()) as Held).sections.map(({ key }) => key)).toEqual(
    sections.map(({ key }) => key),
  )
})

test.skipIf(chromiumPath === null)(
  'as a PDF it is tagged, in the language asked for, and names the child',
  async () => {
    for (const [language, title] of [
      ['lv', 'Viss, kas par skol'],
      ['en', 'Everything that is held about a learner'],
    ]) {
      const answer = await ask(`/learners/${parent.learnerId}/held.pdf?language=${language}`, parent.cookie)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      expect(pdf.startsWith('%PDF-')).toBe(true)
      expect(pdf).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
      expect(pdf).toContain('/StructTreeRoot')
      expect(pdf).toContain(`/Lang (${language}`)
      expect(titleOf(pdf)).toContain(title)
    }
  },
)

test('where no browser is configured the PDF is refused in words, and nothing is lost', async () => {
  const answer = await world.get(`/api/v1/learners/${parent.learnerId}/held.pdf`, parent)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ code: 'no_pdf' })
  expect((await heldOf(parent)).pdf).toBe(false)
})

/** The title of a PDF: plain, or UTF-16 in hexadecimal. */
function titleOf(pdf: string): string {
  const [, plain, hex] = /\/Title\s*(?:\((.*?)\)|<([\dA-F]+)>)/.exec(pdf) ?? []
  return (
    plain ??
    Buffer.from(hex ?? '', 'hex')
      .swap16()
      .toString('utf16le')
  )
}
