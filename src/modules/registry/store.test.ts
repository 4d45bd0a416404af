import { expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { importFile } from '#modules/intake/index.ts'
import { newIntake } from '#test/intake.ts'
import { line, mappingOf } from '#test/intake-file.ts'
import { testKeys } from '#test/world.ts'
import {
  institutionByUuid,
  learnersOfInstitution,
  listInstitutions,
  listTerritories,
  searchablePlaces,
  territoryByUuid,
} from './index.ts'

const { db, imports, rows, write } = await newIntake()

/** Schools with names as people know them; one line a learner. */
const named = mappingOf({
  file: { columns: ['place', 'genitive', 'locative', 'school', 'code', 'name', 'grade', 'points'] },
  municipality: {
    code: { column: 'place' },
    name: { lv: { column: 'place' }, en: { template: '{place} (en)' } },
    genitive: { column: 'genitive' },
    locative: { column: 'locative', optional: true },
  },
  institution: {
    code: { template: 'R-{school}' },
    name: { lv: { column: 'school' }, en: { column: 'school' } },
  },
  learner: {
    code: { column: 'code' },
    name: { column: 'name', optional: true },
    sex: { constant: 'unknown' },
  },
  enrolments: [{ schoolYear: { constant: 2026 }, grade: { column: 'grade' } }],
  results: [{ assessment: 'maths-2026', value: { column: 'points', optional: true } }],
})
const places = [
  ['Rīga', 'Rīgas', 'Rīgā', 'Rīgas 10. vidusskola', '1', 'Žanis Ābols', 9, 71.5],
  ['Rīga', 'Rīgas', 'Rīgā', 'Rīgas 10. vidusskola', '2', 'Anna Zīle', 10, ''],
  ['Rīga', 'Rīgas', 'Rīgā', 'Rīgas 10. vidusskola', '3', '', 9, 0],
  ['Rīga', 'Rīgas', 'Rīgā', 'Rīgas 2. vidusskola', '4', 'Cits Skolēns', 9, 5],
  ['Ādažu novads', 'Ādažu novada', 'Ādažu novadā', 'Ādažu Brīvā Valdorfa skola', '5', '', 9, ''],
  ['Zilupes novads', 'Zilupes novada', '', 'Šķaunes pamatskola', '6', '', 9, ''],
  ['Zilupes novads', 'Zilupes novada', '', '100%_skola\\', '7', '', 9, ''],
]
const file = write(
  ['place,genitive,locative,school,code,name,grade,points', ...places.map((each) => each.join(','))].join(
    '\n',
  ),
)
const report = await importFile({ db, keys: testKeys, mapping: named, file })
if (report.state !== 'merged') throw new Error(JSON.stringify(report.refusalList))

const asPublic = <T>(work: Parameters<typeof asActor<T>>[2]) =>
  asActor(db, { tier: 'public', requestId: 'test' }, work)

test('everybody sees territories in Latvian order, with their parent and how many institutions they have', async () => {
  const territories = await asPublic((tx) => listTerritories(tx))
  const state = territories.find(({ kind }) => kind === 'state')!
  expect(territories.map(({ name, institutions }) => [name.lv, institutions])).toEqual([
    ['Ādažu novads', 1],
    ['Rīga', 2],
    ['Valsts', 0],
    ['Zilupes novads', 2],
  ])
  const riga = territories[1]!
  expect(riga).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    kind: 'municipality',
    code: 'Rīga',
    name: { lv: 'Rīga', en: 'Rīga (en)', genitive: 'Rīgas', locative: 'Rīgā' },
    parentId: state.id,
    institutions: 2,
  })
  expect(territories[3]!.name.locative).toBeNull()
  expect(await asPublic((tx) => territoryByUuid(tx, riga.id))).toEqual(riga)
  expect(await asPublic((tx) => listTerritories(tx, { kind: 'state' }))).toEqual([state])
  expect(await asPublic((tx) => listTerritories(tx, { parent: state.id }))).toHaveLength(3)
  expect(await asPublic((tx) => territoryByUuid(tx, crypto.randomUUID()))).toBeNull()
})

test('institutions are listed page by page in Latvian order, each once', async () => {
  const names: string[] = []
  let after: [string, string] | null = null
  for (;;) {
    const page = await asPublic((tx) => listInstitutions(tx, { after, limit: 2 }))
    if (page.length === 0) break
    names.push(...page.map(({ name }) => name.lv))
    after = [page.at(-1)!.name.lv, page.at(-1)!.id]
  }
  expect(names).toHaveLength(5)
  expect(new Set(names)).toHaveLength(5)
  expect(names.indexOf('Ādažu Brīvā Valdorfa skola')).toBeLessThan(names.indexOf('Rīgas 2. vidusskola'))
  expect(names.indexOf('Rīgas 2. vidusskola')).toBeLessThan(names.indexOf('Rīgas 10. vidusskola'))
  expect(names.indexOf('Rīgas 10. vidusskola')).toBeLessThan(names.indexOf('Šķaunes pamatskola'))
})

test('institutions of one municipality, and one institution, are found by id', async () => {
  const [riga] = (await asPublic((tx) => listTerritories(tx))).filter(({ name }) => name.lv === 'Rīga')
  const own = await asPublic((tx) => listInstitutions(tx, { territory: riga!.id, limit: 9 }))
  expect(own.map(({ territoryId }) => territoryId)).toEqual([riga!.id, riga!.id])
  expect(own[0]).toMatchObject({ kind: 'school', code: expect.stringMatching(/^R-/) })
  expect(await asPublic((tx) => institutionByUuid(tx, own[0]!.id))).toEqual(own[0])
  expect(await asPublic((tx) => institutionByUuid(tx, crypto.randomUUID()))).toBeNull()
})

/** The head of an institution, by its Latvian name. */
async function headOf(name: string) {
  const [row] = await rows<{ uuid: string; personId: number; mandateId: number }>(
    `with school as (
       select i.institution_id, i.institution_uuid from registry.institution i
         join registry.institution_version v using (institution_id) where v.name_lv = $1 limit 1
     ), person as (insert into access.person (display_name) values ($1) returning person_id),
     mandate as (
       insert into access.mandate (person_id, tier, institution_id, valid, source)
       select person_id, 'school', institution_id, '(,)', 'test' from person, school returning mandate_id, person_id
     )
     select institution_uuid as uuid, person_id as "personId", mandate_id as "mandateId" from school, mandate`,
    [name],
  )
  const { uuid, personId, mandateId } = row!
  return { uuid, actor: { tier: 'school' as const, personId, mandateId, requestId: `head of ${name}` } }
}

test('a head sees her own learners by name with their results, in Latvian order; every one of them is written down', async () => {
  const { uuid, actor } = await headOf('Rīgas 10. vidusskola')
  const learners = await asActor(db, actor, (tx) => learnersOfInstitution(tx, testKeys, uuid, 2026))
  expect(learners).toMatchObject([
    { name: null, code: '3', grade: 9, className: null, sex: 'unknown', results: [{ value: 0 }] },
    { name: 'Anna Zīle', code: '2', grade: 10, results: [] },
    {
      name: 'Žanis Ābols',
      code: '1',
      results: [
        {
          subject: 'maths',
          assessment: { lv: 'Matemātika', en: 'Mathematics' },
          value: 71.5,
          maximum: 100,
          status: 'official',
        },
      ],
    },
  ])
  expect(Object.keys(learners![0]!).toSorted()).toEqual(
    ['className', 'code', 'grade', 'id', 'name', 'results', 'sex'].toSorted(),
  )
  const audit = await rows(
    `select a.action, a.outcome, a.tier, count(l.learner_id)::int as learners
       from access.audit a join access.audit_learner l using (audit_id) where a.request_id = $1 group by 1, 2, 3`,
    [actor.requestId],
  )
  expect(audit).toEqual([{ action: 'read_learners', outcome: 'shown', tier: 'school', learners: 3 }])
  expect(await asActor(db, actor, (tx) => learnersOfInstitution(tx, testKeys, uuid, 2025))).toEqual([])
})

test('a head sees nobody of another school', async () => {
  const { actor } = await headOf('Rīgas 10. vidusskola')
  const { uuid } = await headOf('Rīgas 2. vidusskola')
  expect(await asActor(db, actor, (tx) => learnersOfInstitution(tx, testKeys, uuid, 2026))).toBeNull()
})

test('a name that the source has corrected is the one a head sees', async () => {
  const mapping = mappingOf()
  await imports([line({ school: 'S', code: 'k', name: 'Vecais Vārds' })], { mapping })
  await imports([line({ school: 'S', code: 'k', name: 'Jaunais Vārds' })], { mapping })
  const { uuid, actor } = await headOf('Skola S')
  const learners = await asActor(db, actor, (tx) => learnersOfInstitution(tx, testKeys, uuid, 2026))
  expect(learners).toMatchObject([{ name: 'Jaunais Vārds', sex: 'female', className: '9.a' }])
})

test('a place that is renamed from a coming day keeps its name until then', async () => {
  const [school] = await rows<{ id: string }>(`select institution_uuid as id from registry.institution i
    join registry.institution_version v using (institution_id) where v.name_lv = 'Skola S'`)
  const next = String(new Date().getFullYear() + 1)
  const institution = {
    code: { column: 'school' },
    name: { lv: { template: 'Nākamā {school}' }, en: { template: 'Next {school}' } },
    since: { constant: `${next}-09-01` },
  }
  await imports([line({ school: 'S', code: 'k', name: 'Jaunais Vārds' })], {
    mapping: mappingOf({ institution }),
  })
  const all = await asPublic((tx) => listInstitutions(tx, { limit: 99 }))
  expect(all.map(({ name }) => name.lv)).toContain('Skola S')
  expect(all.map(({ name }) => name.lv)).not.toContain('Nākamā S')
  const places = await asPublic((tx) => searchablePlaces(tx))
  expect(places.map(({ name }) => name.lv)).toContain('Skola S')
  expect(places.map(({ name }) => name.lv)).not.toContain('Nākamā S')
  expect(await asJob(db, (tx) => institutionByUuid(tx, school!.id))).toMatchObject({
    name: { lv: 'Skola S' },
  })
})
