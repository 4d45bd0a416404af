import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { ClassResults, OwnResults, SchoolResults } from '#modules/assessments/results/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantResults } from './results-planted.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantResults(world.db)
const { code } = planted

/** Signs in a demo person by name. */
async function as(name: string): Promise<Signed> {
  const { items } = await world.read<{ items: { id: string; name: string }[] }>('/demo-people')
  const answer = await world.get('/api/v1/session', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: items.find((each) => each.name === name)!.id }),
  })
  const { csrf, mandate } = (await answer.json()) as { csrf: string; mandate: { learnerId: string | null } }
  return {
    cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
    csrf,
    institutionId: null,
    learnerId: mandate.learnerId,
  }
}
await world.addPerson('support')
const people = {
  coordinator: await as('Rita Vanaga'),
  marker: await as('Aija Strazda'),
  head: await world.signIn('school', 0),
  teacher: await as('Skaidrīte Viena'),
  parent: await as('Māra Māte'),
  learner: await as('Pirmais Skolēns'),
  neighbour: await as('Vija Ozoliņa'),
  steward: await world.signIn('steward'),
  analyst: await world.signIn('analyst'),
  inspector: await world.signIn('inspector'),
  support: await world.signIn('support'),
  town: await world.signIn('municipality'),
  nobody: undefined,
} satisfies Record<string, Signed | undefined>
type Who = keyof typeof people

const run = (sql: string, values: unknown[] = []) =>
  asJob(world.db, (tx) => tx.query<{ id: string }>(sql, values))
const classId = (
  await run('select class_group_uuid as id from registry.class_group where class_group_id = 11060')
).rows[0]!.id
const otherClass = (
  await run('select class_group_uuid as id from registry.class_group where class_group_id = 11061')
).rows[0]!.id
const school = planted.schools[0]!.id

const statusOf = async (path: string, person: Signed | undefined) =>
  (await world.get(`/api/v1${path}`, person)).status
const send = (path: string, person: Signed | undefined, body?: object, method = 'POST') =>
  world.get(`/api/v1${path}`, person, {
    method,
    headers: { 'content-type': 'application/json', 'x-csrf': person?.csrf ?? '' },
    ...(body && { body: JSON.stringify(body) }),
  })
const release = (step: string, person: Signed | undefined) =>
  send(`/results/rounds/${code}/steps`, person, { step })
const classSeen = (person: Signed, id = classId) => world.read<ClassResults>(`/results/classes/${id}`, person)
const ownSeen = (person: Signed) => world.read<OwnResults>('/results/own', person)
const roundsOf = (seen: ClassResults) =>
  [...new Set(seen.learners.flatMap(({ sheets }) => sheets.map(({ round }) => round)))].toSorted()

/** Who answers with what to whom, whatever the step: doors do not depend on it, what is behind them does. */
const doors: [what: string, path: string, open: Who[]][] = [
  ['results of the own learner', '/results/own', ['parent', 'learner']],
  ['notices', '/results/notices', ['parent', 'learner']],
  ['own classes', '/results/classes', ['teacher']],
  ['class 6.a', `/results/classes/${classId}`, ['head', 'teacher']],
  ['class 6.b', `/results/classes/${otherClass}`, ['head']],
  ['a class that is not there', `/results/classes/${crypto.randomUUID()}`, []],
  ['the school', `/results/schools/${school}`, ['head']],
  ['the school of others', `/results/schools/${planted.schools[1]!.id}`, ['neighbour']],
  ['item by item', `/results/items?round=${code}&class=${classId}`, ['head', 'teacher', 'neighbour']],
  ['requests for support', '/results/support-requests', ['head', 'teacher', 'neighbour']],
  ['the steps', '/results/rounds', ['coordinator']],
]
test.each(doors)('%s: open to whom it concerns, not there for everybody else', async (_what, path, open) => {
  for (const [who, person] of Object.entries(people)) {
    expect(await statusOf(path, person), who).toBe((open as string[]).includes(who) ? 200 : 404)
  }
})

describe('step by step', () => {
  /** How many results of the round each sees. */
  const seenBy = async () => {
    const inClass = async (person: Signed) =>
      (await classSeen(person)).learners.filter(({ sheets }) => sheets.some(({ round }) => round === code))
        .length
    const own = async (person: Signed) =>
      (await ownSeen(person)).sheets.filter(({ round }) => round === code).length
    const tests = (await world.read<SchoolResults>(`/results/schools/${school}`, people.head)).tests
    const items = (path: string, person: Signed) =>
      world.read<{ items: object[] }>(path, person).then(({ items }) => items.length)
    return {
      head: await inClass(people.head),
      teacher: await inClass(people.teacher),
      school: tests.filter(({ round }) => round === code).length,
      items: await items(`/results/items?round=${code}&class=${classId}`, people.teacher),
      parent: await own(people.parent),
      learner: await own(people.learner),
      notices: await items('/results/notices', people.parent),
    }
  }
  const nothing = { head: 0, teacher: 0, school: 0, items: 0, parent: 0, learner: 0, notices: 0 }

  test('before the first step nobody sees a result of the round', async () => {
    expect(await seenBy()).toEqual(nothing)
  })
  test('nobody but a coordinator takes a step, and none is left out', async () => {
    for (const [who, person] of Object.entries(people)) {
      if (who === 'coordinator') continue
      expect((await release('preliminary', person)).status, who).toBe(404)
    }
    expect((await release('official', people.coordinator)).status).toBe(409)
    expect(await seenBy()).toEqual(nothing)
  })
  test('preliminary results are seen by the school and by the class teacher, and by nobody else', async () => {
    expect((await release('preliminary', people.coordinator)).status).toBe(200)
    expect(await seenBy()).toEqual({ ...nothing, head: 11, teacher: 11, school: 1, items: 12 })
    const { learners } = await classSeen(people.teacher)
    expect(learners[0]!.sheets.find(({ round }) => round === code)!.isOfficial).toBe(false)
  })
  test('official ones by child and parent too; a notice says that they appeared, and nothing more', async () => {
    expect((await release('official', people.coordinator)).status).toBe(200)
    expect(await seenBy()).toEqual({
      head: 11,
      teacher: 11,
      school: 1,
      items: 12,
      parent: 1,
      learner: 1,
      notices: 1,
    })
    const figures = await run(
      `select data ->> 'thenPublish' as id from pgboss.job where name = 'compute' and state = 'created'`,
    )
    expect(figures.rows).toEqual([{ id: 'true' }])
    const { items } = await world.read<{ items: { round: string }[] }>('/results/notices', people.parent)
    expect(Object.keys(items[0]!).toSorted()).toEqual(['appearedAt', 'name', 'round'])
    const sheets = (await ownSeen(people.parent)).sheets.map(({ round }) => round)
    expect(sheets).toContain(items[0]!.round)
    expect((await release('official', people.coordinator)).status).toBe(409)
  })
  test('how far the figures of places are is read by a coordinator, who asked for them with the official step', async () => {
    const { figures } = await world.read<{ figures: object[] }>('/results/rounds', people.coordinator)
    expect(figures).toMatchObject([{ kind: 'compute', state: 'waiting', done: 0, endedAt: null }])
  })
  test('a preliminary result that came from outside is seen by the school and not by the family', async () => {
    expect(roundsOf(await classSeen(people.teacher))).toContain('M-2027-6-LIT')
    expect((await ownSeen(people.parent)).sheets.map(({ round }) => round)).toEqual([code, 'M-2024-3-NUM'])
    const own = await world.read<{ results: { subject: string }[] }>(
      `/learners/${people.parent.learnerId}`,
      people.parent,
    )
    expect(own.results.map(({ subject }) => subject)).toEqual(['numeracy-3'])
  })
  test('both steps stand in the audit trail', async () => {
    const { items } = await world.read<{ items: { object: string }[] }>(
      '/audit?action=release_results',
      people.steward,
    )
    expect(items.map(({ object }) => object)).toEqual([
      `round ${code}: official`,
      `round ${code}: preliminary`,
    ])
  })
})

describe('what a family reads', () => {
  test('level in words, band of uncertainty, the test before, strands, and at least two things to do', async () => {
    const [sheet] = (await ownSeen(people.parent)).sheets
    expect(sheet).toMatchObject({
      score: 350,
      error: 28,
      level: 1,
      levelName: { lv: 'Nepieciešams papildu atbalsts' },
    })
    expect(sheet!.low).toBeCloseTo(350 - 1.645 * 28, 1)
    expect(sheet!.before).toMatchObject({ grade: 3, schoolYear: 2024, score: 553, level: 4 })
    expect(sheet!.strands.map(({ name }) => name.lv)).toHaveLength(3)
    expect(sheet!.home.length).toBeGreaterThanOrEqual(2)
    expect(new Set(sheet!.home.map(({ lv }) => lv)).size).toBe(sheet!.home.length)
  })
  test('of a test that came scored from outside it says that error and strands are not known', async () => {
    const sheet = (await ownSeen(people.parent)).sheets[1]
    expect(sheet).toMatchObject({ round: 'M-2024-3-NUM', error: null, low: null, strands: [], growth: null })
  })
  test('reading it is written down, and the family sees that and who else has looked', async () => {
    const { items } = await world.read<{ items: { action: string; tier: string }[] }>('/looks', people.parent)
    expect(items[0]).toMatchObject({ action: 'read_own_learner', tier: 'parent' })
    expect(items.map(({ action, tier }) => `${tier} ${action}`)).toContain('teacher read_results')
  })
})

describe('what a teacher sees', () => {
  test('the class by name, never in order of results; strands of the test as columns', async () => {
    const seen = await classSeen(people.teacher)
    const names = seen.learners.map(({ name }) => name!)
    expect(names).toEqual(names.toSorted(new Intl.Collator('lv').compare))
    expect(seen.tests.map(({ domain }) => domain)).toEqual(['reading', 'numeracy'])
    expect(seen.tests[1]!.strands).toHaveLength(3)
    expect(seen.tests[0]!.strands).toEqual([])
  })
  test('who may need support and why: the lowest level, a fall since grade 3, good marks beside it', async () => {
    const { learners } = await classSeen(people.teacher)
    const child = learners.find(({ id }) => id === people.parent.learnerId)!
    expect(child.needs.find(({ domain }) => domain === 'numeracy')).toEqual({
      domain: 'numeracy',
      reasons: ['lowest_level', 'fell_back', 'marks_higher'],
      mark: '8',
      request: null,
    })
    const best = learners.find(({ sheets }) =>
      sheets.some(({ level, domain }) => level === 4 && domain === 'numeracy'),
    )!
    expect(best.needs.filter(({ domain }) => domain === 'numeracy')).toEqual([])
  })
  test('one click asks for a plan of support; twice is once; it can be taken back', async () => {
    const wish = { learner: people.parent.learnerId, domain: 'numeracy', reasons: ['lowest_level'] }
    const first = await send('/results/support-requests', people.teacher, wish)
    expect(first.status).toBe(201)
    const { id } = (await first.json()) as { id: string }
    const again = await send('/results/support-requests', people.head, wish)
    expect(((await again.json()) as { id: string }).id).toBe(id)
    const listed = await world.read<{ items: object[] }>('/results/support-requests', people.head)
    expect(listed.items).toEqual([expect.objectContaining({ id, domain: 'numeracy', className: '6.a' })])
    expect(
      (await send(`/results/support-requests/${id}`, people.neighbour, undefined, 'DELETE')).status,
    ).toBe(404)
    expect((await send(`/results/support-requests/${id}`, people.teacher, undefined, 'DELETE')).status).toBe(
      204,
    )
    expect((await world.read<{ items: object[] }>('/results/support-requests', people.head)).items).toEqual(
      [],
    )
  })
  test('for a child of another school, and without the form’s own mark, there is no request', async () => {
    const stranger = planted.participants.find(({ institutionId }) => institutionId === 12)!.learner
    const wish = { domain: 'numeracy', reasons: ['other'] }
    expect(
      (await send('/results/support-requests', people.teacher, { ...wish, learner: stranger })).status,
    ).toBe(404)
    const forged = { ...people.teacher, csrf: 'forged' }
    expect(
      (await send('/results/support-requests', forged, { ...wish, learner: people.parent.learnerId })).status,
    ).toBe(403)
  })
  test('item by item the class stands beside all pupils, without words of items in use', async () => {
    const { items } = await world.read<{
      items: { n: number; allN: number; share: number; title: string | null }[]
    }>(`/results/items?round=${code}&class=${classId}`, people.teacher)
    expect(items).toHaveLength(12)
    for (const item of items) expect(item).toMatchObject({ n: 11, allN: 42, title: null })
    await run(`update assessments.item set state = 'released' where code = $1`, [planted.items[0]])
    const after = await world.read<{ items: { title: string | null }[] }>(
      `/results/items?round=${code}&class=${classId}`,
      people.teacher,
    )
    expect(after.items.filter(({ title }) => title !== null)).toHaveLength(1)
  })
})

describe('what a head sees', () => {
  test('mean with interval and levels of the school, which are those of its pupils, by class and sex', async () => {
    const { tests } = await world.read<SchoolResults>(`/results/schools/${school}`, people.head)
    const numeracy = tests.find(({ round }) => round === code)!
    expect(numeracy.all).toMatchObject({ n: 22, mean: 500, levels: [4, 6, 8, 4] })
    expect(numeracy.all.low! + numeracy.all.high!).toBeCloseTo(1000, 6)
    expect(numeracy.groups.map(({ by, key, n }) => [by, key, n])).toEqual([
      ['class', '6.a', 11],
      ['class', '6.b', 11],
      ['sex', 'female', 12],
      ['sex', 'male', 10],
    ])
    expect(numeracy.years).toHaveLength(1)
  })
})

describe('a school of forty-five pupils, five in a grade', () => {
  const small = '00000000-0000-4000-8000-000000000013'
  const smallClass = '00000000-0000-4000-8000-000000000014'
  const emptyClass = '00000000-0000-4000-8000-000000000015'
  test('meets no empty page: its head reads every child by name, and a mean with what can be said of five', async () => {
    await run(
      `with place as (insert into registry.institution (institution_id, institution_uuid) values (13, $1)),
            version as (insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
                        values (13, 3, 'S13', 'Mazā pamatskola', 'Little School', '(,)', 1, 13, 13)),
            class as (insert into registry.class_group (class_group_id, class_group_uuid) values (13060, $2), (13070, $3))
       insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, valid, import_id, line, row_hash)
       select id, 13, 2027, name, 6, name, '[2026-09-01,2027-09-01)', 1, id, id from (values (13060, '6.'), (13070, '7.')) c (id, name)`,
      [small, smallClass, emptyClass],
    )
    // Five of the pupils of the first school are there now, and took the outside test there.
    await run(
      `with five as (select learner_id from assessments.participant where institution_id = 11 order by learner_id limit 5),
            moved as (insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, class_group_id, main, valid,
                                                      import_id, line, row_hash)
                      select learner_id, 13, 2027, 6, '6.', 13060, false, '[2026-09-01,2027-09-01)', 1, learner_id, learner_id from five)
       update records.result r set institution_id = 13, status = 'official' from five
        where r.learner_id = five.learner_id and r.assessment_id = (select assessment_id from records.assessment where code = 'M-2027-6-LIT')`,
    )
    await run(
      `with person as (insert into access.person (display_name, demo) values ('Mazās Vadītāja', true) returning person_id)
       insert into access.mandate (person_id, tier, institution_id, valid, source)
       select person_id, 'school', 13, daterange(access.today(), null), 'demo' from person`,
    )
    const head = await as('Mazās Vadītāja')
    const { tests, classes } = await world.read<SchoolResults>(`/results/schools/${small}`, head)
    expect(tests).toMatchObject([
      { round: 'M-2027-6-LIT', all: { n: 5 }, groups: [{ key: 'female' }, { key: 'male' }] },
    ])
    expect(tests[0]!.all.low).not.toBeNull()
    expect(classes.map(({ name }) => name)).toEqual(['6.'])
    const seen = await classSeen(head, smallClass)
    expect(seen.learners).toHaveLength(5)
    expect(seen.learners.every(({ name, sheets }) => name !== null && sheets.length > 0)).toBe(true)
    expect((await classSeen(head, emptyClass)).learners).toEqual([])
    expect(await statusOf(`/results/classes/${smallClass}`, people.head)).toBe(404)
  })
})

test('whoever asks for a class that is not theirs stands in the audit trail', async () => {
  await world.get(`/api/v1/results/classes/${otherClass}`, people.teacher)
  const { items } = await world.read<{ items: object[] }>('/audit?action=read_results', people.steward)
  expect(items[0]).toMatchObject({ object: `class ${otherClass}`, outcome: 'not_found', learners: 0 })
})
