import { describe, expect, test } from 'vitest'
import { type Actor, asActor, type Tier } from '#db/actor.ts'
import type { Look } from '#modules/access/model.ts'
import type { Profile } from '#modules/publications/model.ts'
import type { Institution, OwnLearner } from '#modules/registry/model.ts'
import { planted } from './api/planted.ts'
import { newWorld, type Signed } from './world.ts'

/** What every tier sees of own, neighbouring and foreign things, of figures and of people, through the API and below it. */
const world = await newWorld()
const { items: schools } = await world.read<{ items: Institution[] }>('/institutions?limit=1000')
const { schoolYears, countryId } = await world.read<{ schoolYears: number[]; countryId: string }>('/config')
const year = schoolYears.at(-1)!
for (const tier of ['teacher', 'support', 'researcher'] as const) await world.addPerson(tier)
const head = await world.signIn('school')
const town = await world.signIn('municipality')
const inspector = await world.signIn('inspector')
const parent = await world.signIn('parent')
const learner = await world.signIn('learner')
const officer = await world.signIn('protection_officer')
const steward = await world.signIn('steward')

const own = schools.find(({ id }) => id === head.institutionId)!
const neighbour = schools.find(({ id, territoryId }) => id !== own.id && territoryId === own.territoryId)!
const foreign = schools.find(({ territoryId }) => territoryId !== own.territoryId)!

describe('figures', () => {
  const audience = async (unit: string, person?: Signed) =>
    (await world.read<Profile>(`/profiles/${unit}?year=${year}`, person)).audience

  test.each([
    ['the own school', own.id, { head: 'own', town: 'own', inspector: 'own' }],
    [
      'a neighbour in the same municipality',
      neighbour.id,
      { head: 'public', town: 'own', inspector: 'public' },
    ],
    ['a school of another municipality', foreign.id, { head: 'public', town: 'public', inspector: 'public' }],
    ['the own municipality', own.territoryId, { head: 'public', town: 'own', inspector: 'public' }],
    ['another municipality', foreign.territoryId, { head: 'public', town: 'public', inspector: 'public' }],
    ['the country', countryId, { head: 'public', town: 'public', inspector: 'public' }],
  ])('%s', async (_what, unit, expected) => {
    expect({
      head: await audience(unit, head),
      town: await audience(unit, town),
      inspector: await audience(unit, inspector),
    }).toEqual(expected)
    for (const person of [parent, learner, steward, officer])
      expect(await audience(unit, person)).toBe('public')
  })

  test('a municipality sees its small schools as they are; of others it sees what everybody sees', async () => {
    const cells = async (parentId: string, person?: Signed) =>
      (
        await world.read<{ items: { cell: { absent: string | null } }[] }>(
          `/cells?indicator=ACH-05&year=${year}&subject=alevel-chemistry&level=school&parent=${parentId}&limit=1000`,
          person,
        )
      ).items.map(({ cell }) => cell)
    const isShown = ({ absent }: { absent: string | null }) => absent === null
    const openly = await cells(own.territoryId)
    expect(openly.some((cell) => !isShown(cell))).toBe(true)
    expect((await cells(own.territoryId, town)).every(isShown)).toBe(true)
    expect(await cells(foreign.territoryId, town)).toEqual(await cells(foreign.territoryId))
  })
})

/** Tables with people or true figures in them, and how much of them a tier reads when it asks for everything. */
const everyTable = [
  'registry.learner',
  'registry.learner_version',
  'registry.enrolment',
  'records.result',
  'indicators.cell',
  'identity.person',
  'access.person',
  'access.person_code',
  'access.mandate',
  'access.session',
  'access.representation',
  'access.sign_in_attempt',
  'access.audit',
  'access.audit_learner',
] as const

async function actorOf(tier: Tier): Promise<Actor> {
  const { rows } = await world.db.jobPool.query<{ personId: number; mandateId: number }>(
    `select person_id as "personId", mandate_id as "mandateId" from access.mandate where tier = $1 order by 2 limit 1`,
    [tier],
  )
  return { tier, requestId: 'test', ...rows[0]! }
}

/** 'closed', or how many different learners, people or units the rows speak of. */
async function seen(actor: Actor, table: string): Promise<string | number> {
  try {
    return await asActor(world.db, actor, async (tx) => {
      const columns = await tx.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0
            and attname in ('learner_id', 'unit_id', 'institution_id', 'person_id', 'audit_id', 'code_hash')
            and has_column_privilege(attrelid, attnum, 'select') order by attnum limit 1`,
        [table],
      )
      const column = columns.rows[0]?.name ?? '*'
      const { rows } = await tx.query<{ n: number }>(
        column === '*'
          ? `select count(*) as n from ${table}`
          : `select count(distinct ${column}) as n from ${table}`,
      )
      return rows[0]!.n
    })
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return 'closed'
    throw error
  }
}

const closed = Object.fromEntries(everyTable.map((table) => [table, 'closed']))
const count = async (table: string, what: string, where = 'true') =>
  (
    await world.db.jobPool.query<{ n: number }>(
      `select count(distinct ${what}) as n from ${table} where ${where}`,
    )
  ).rows[0]!.n
const ofOwnSchool = `institution_id = (select institution_id from registry.institution where institution_uuid = '${own.id}')`
const ownPupils = await count('registry.enrolment', 'learner_id', ofOwnSchool)
const townSchools = schools.filter(({ territoryId }) => territoryId === own.territoryId).length
const institutions = await count('registry.enrolment', 'institution_id')
const units = await count('indicators.cell', '(level, unit_id)')

/** What is read where a tier could ask the database anything it likes: row-level security alone stands in the way. */
const below: [Tier, Record<string, string | number>][] = [
  // Of no class; what a class opens is in class-teacher.test.ts.
  [
    'teacher',
    {
      ...closed,
      'registry.learner': 0,
      'registry.learner_version': 0,
      'registry.enrolment': 0,
      'records.result': 0,
    },
  ],
  ['support', closed],
  ['researcher', closed],
  [
    'learner',
    {
      ...closed,
      'registry.learner': 1,
      'registry.learner_version': 1,
      'registry.enrolment': 1,
      'records.result': 1,
      'access.mandate': 1, // that opens the same learner
      'access.representation': 0,
    },
  ],
  [
    'parent',
    {
      ...closed,
      'registry.learner': 1,
      'registry.learner_version': 1,
      'registry.enrolment': 1,
      'records.result': 1,
      'access.mandate': 1, // that opens the same learner
      'access.representation': 0,
    },
  ],
  [
    'school',
    {
      ...closed,
      'registry.learner': ownPupils,
      'registry.learner_version': ownPupils,
      'registry.enrolment': ownPupils,
      'records.result': ownPupils,
      'indicators.cell': 1,
    },
  ],
  ['municipality', { ...closed, 'indicators.cell': townSchools + 1 }],
  ['inspector', { ...closed, 'indicators.cell': 1 }],
]

test.each(below)(
  '%s: who could ask the database anything would read this and no more',
  async (tier, expected) => {
    const actor = await actorOf(tier)
    const found = Object.fromEntries(
      await Promise.all(everyTable.map(async (table) => [table, await seen(actor, table)] as const)),
    )
    expect(found).toEqual(expected)
  },
)

test('an analyst reads every figure and no identity; a steward and an officer read the trail and no figure', async () => {
  const analyst = await actorOf('analyst')
  expect(await seen(analyst, 'registry.enrolment')).toBe(institutions) // by place and line, never by learner
  expect(await seen(analyst, 'indicators.cell')).toBeLessThanOrEqual(units)
  for (const table of ['registry.learner', 'registry.learner_version', 'identity.person', 'access.person']) {
    expect([table, await seen(analyst, table)]).toEqual([table, 'closed'])
  }
  await world.get(`/api/v1/institutions/${foreign.id}/learners?year=${year}`, head) // refused, and written down
  for (const tier of ['steward', 'protection_officer'] as const) {
    const actor = await actorOf(tier)
    for (const table of [
      'registry.learner',
      'registry.enrolment',
      'records.result',
      'indicators.cell',
      'identity.person',
    ]) {
      expect([tier, table, await seen(actor, table)]).toEqual([tier, table, 'closed'])
    }
    expect(await seen(actor, 'access.audit')).toBeGreaterThan(0)
  }
})

test('a mandate that has ended reads nothing, whatever role the transaction takes', async () => {
  for (const tier of ['parent', 'municipality', 'inspector', 'school'] as const) {
    const actor = await actorOf(tier)
    if (actor.tier === 'public') throw new Error('somebody is signed in')
    const change = (what: string) =>
      world.db.jobPool.query(`update access.mandate set revoked_at = ${what} where mandate_id = $1`, [
        actor.mandateId,
      ])
    await change('now()')
    for (const table of ['registry.learner', 'indicators.cell']) {
      expect([tier, table, await seen(actor, table)]).toSatisfy(([, , n]) => n === 0 || n === 'closed')
    }
    await change('null')
  }
})

test('the mandate of one person under the name of another opens nothing', async () => {
  const [mother, teacher] = [await actorOf('parent'), await actorOf('teacher')]
  if (mother.tier === 'public' || teacher.tier === 'public') throw new Error('somebody is signed in')
  expect(await seen({ ...mother, personId: teacher.personId }, 'registry.learner')).toBe(0)
  expect(await seen({ ...mother, mandateId: teacher.mandateId }, 'registry.learner')).toBe(0)
})

describe('who has looked', () => {
  const looks = async (person: Signed) => (await world.read<{ items: Look[] }>('/looks', person)).items
  const list = `/institutions/${own.id}/learners?year=${year}`

  test('the parent reads when, in which capacity and of which school; not who it was', async () => {
    await world.read(list, head)
    const [line] = await looks(parent)
    expect(line).toMatchObject({
      tier: 'school',
      place: { lv: own.name.lv },
      self: false,
      action: 'read_learners',
    })
    const whole = JSON.stringify(await looks(parent))
    expect(whole).not.toContain('Ilze')
    expect(whole).not.toContain('Liepiņa')
  })

  test('the own looks stand there too, marked as own; of another child nothing does', async () => {
    await world.read<OwnLearner>(`/learners/${parent.learnerId}`, parent)
    expect((await looks(parent))[0]).toMatchObject({ self: true, action: 'read_own_learner' })
    expect((await looks(learner)).map(({ action }) => action)).not.toContain('read_own_learner')
  })

  test('the officer finds the lines of a learner by the number on the own page; the search is one of them', async () => {
    const { items } = await world.read<{ items: { action: string; person: string | null }[] }>(
      `/audit?learner=${parent.learnerId}`,
      officer,
    )
    expect(items.map(({ action }) => action)).toEqual(['search_audit', 'read_own_learner', 'read_learners'])
    expect(items[2]).toMatchObject({ person: 'Ilze Liepiņa' })
    expect((await looks(parent))[0]).toMatchObject({ tier: 'protection_officer', action: 'search_audit' })
  })

  test('the officer searches by person, action and day; a learner who is not there has no lines', async () => {
    const found = async (question: string) =>
      (
        await world.read<{ items: { person: string | null; action: string }[] }>(
          `/audit?${question}`,
          officer,
        )
      ).items
    expect(new Set((await found('person=liepina')).map(({ person }) => person))).toEqual(
      new Set(['Ilze Liepiņa']),
    )
    expect(new Set((await found('action=read_learners')).map(({ action }) => action))).toEqual(
      new Set(['read_learners']),
    )
    expect(await found('to=2020-01-01')).toEqual([])
    expect(await found('from=2020-01-01&person=nobody%20at%20all')).toEqual([])
    expect(await found(`learner=${crypto.randomUUID()}`)).toEqual([])
  })

  test('both come as files, with the same lines', async () => {
    const file = async (path: string, person: Signed) => {
      const answer = await world.get(`/api/v1${path}`, person)
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      return (await answer.text()).trimEnd().split('\n')
    }
    expect(await file('/looks.csv', parent)).toHaveLength((await looks(parent)).length + 1)
    const lines = await file('/audit.csv?action=read_own_learner', officer)
    expect(lines.slice(1)).toSatisfy((rows: string[]) =>
      rows.every((row) => row.includes('read_own_learner')),
    )
  })

  test('a long trail goes on page by page, without a line lost or told twice', async () => {
    type Page = { items: { requestId: string; action: string }[]; next: string | null }
    const whole = (await world.read<Page>('/audit?limit=1000&to=2999-01-01', officer)).items
    const paged: Page['items'] = []
    let next: string | null = null
    do {
      const page: Page = await world.read<Page>(
        `/audit?limit=3&to=2999-01-01${next ? `&cursor=${next}` : ''}`,
        officer,
      )
      paged.push(...page.items)
      next = page.next
    } while (next)
    expect(paged.slice(-whole.length)).toEqual(whole)
  })
})

test('names of pupils are opened for their school, for themselves and their parents: nobody else’s answer holds one', async () => {
  const named = await newWorld({ data: planted([{ name: 'Rīta skola', pupils: 12 }]) })
  const { items } = await named.read<{ items: { id: string }[] }>('/institutions')
  const paths = (of: string | null) => [
    `/institutions/${items[0]!.id}/learners?year=1997`,
    `/learners/${of}`,
    '/looks',
    '/looks.csv',
    '/audit',
    '/audit.csv',
    '/me',
    '/imports',
    `/profiles/${items[0]!.id}`,
  ]
  const { learnerId } = await named.signIn('learner')
  const holders: string[] = []
  for (const tier of [
    'school',
    'learner',
    'parent',
    'municipality',
    'inspector',
    'analyst',
    'steward',
    'protection_officer',
  ] as const) {
    const person = await named.signIn(tier)
    for (const path of paths(person.learnerId ?? learnerId)) {
      if ((await (await named.get(`/api/v1${path}`, person)).text()).includes('Zīmogvārds'))
        holders.push(`${tier} ${path.split('/')[1]}`)
    }
  }
  expect(holders).toEqual(['school institutions', 'learner learners', 'parent learners'])
})
