import { describe, expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { computeFreeTables } from '#modules/disclosure/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { catalogue, freeData } from '../../src/catalogue.ts'
import { computeFigures } from '../../src/compute-figures.ts'
import { newIntake } from '../intake.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { testKeys } from '../world.ts'
import { plantWays } from './ways-through-school.ts'

const names = [...columns.split(','), 'before']
const mapping = mappingOf({
  file: { columns: names },
  assessments: [
    {
      code: 'maths-2023',
      subject: 'maths',
      name: { lv: 'Matemātika', en: 'Mathematics' },
      schoolYear: 2025,
      scale: 'points',
    },
    {
      code: 'maths-2026',
      subject: 'maths',
      name: { lv: 'Matemātika', en: 'Mathematics' },
      schoolYear: 2026,
      scale: 'points',
      startsFrom: 'maths-2023',
    },
  ],
  results: [
    { assessment: 'maths-2023', value: { column: 'before', optional: true } },
    { assessment: 'maths-2026', value: { column: 'points', optional: true } },
  ],
})

/** Two school years of one learner: moved to another school and in the same grade again, with both results. */
const twoYears = (code: string, at: number) => [
  `${line({ code, school: at % 3, year: 2025, from: '2024-09-01', to: '2025-08-31', grade: 9, sex: at % 2 ? 'M' : 'F', points: '' })},`,
  `${line({ code, school: (at + 1) % 3, grade: 9, sex: at % 2 ? 'M' : 'F', points: 20 + (at % 60) })},${30 + ((at * 7) % 40)}`,
]
/** Growth is told of a hundred learners or more. */
const crowd = Array.from({ length: 120 }, (_, at) => twoYears(`C-${at}`, at)).flat()
const zane = '010110-20888'

async function bankWith(lines: readonly string[]) {
  const bank = await newIntake()
  const report = await bank.importsFile(`${[names.join(','), ...lines].join('\n')}\n`, { mapping })
  expect(report.state).toBe('merged')
  await plantWays(bank.db)
  return bank
}
const withHer = await bankWith([...crowd, ...twoYears(zane, 40)])
const withoutHer = await bankWith(crowd)

/** Every figure there is, by indicator and free data set, told without the numbers that differ from bank to bank. */
async function figures(db: Database): Promise<Map<string, string[]>> {
  await computeFigures(db)
  await computeFreeTables(db, testKeys, freeData)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ of: string; figure: string }>(
      `with unit as (
         select institution_id as id, 'school' as level, code from registry.institution_version
         union all select territory_id, kind, code from registry.territory_version join registry.territory using (territory_id)
       )
       select p.code as of, concat_ws(' ', p.school_year, c.level, u.code, c.subject, c.breakdown, c.category, c.n, c.sum_y, c.sum_yy,
                c.vals::text, c.counts::text) as figure
         from indicators.pointer join indicators.cube_part using (cube_id) join indicators.part p using (part_id)
         join indicators.cell c using (part_id) left join unit u on u.id = c.unit_id and u.level = c.level
       union all
       select p.data_set, concat_ws(' ', p.school_year, a.level, u.code, a.categories::text, a.n)
         from disclosure.free_pointer join disclosure.free_version_part using (free_version_id)
         join disclosure.free_part p using (part_id) join disclosure.free_atom a using (part_id)
         left join unit u on u.id = a.unit_id and u.level = a.level
        order by 1, 2`,
    ),
  )
  const by = Map.groupBy(rows, ({ of }) => of)
  return new Map([...by].map(([of, found]) => [of, found.map(({ figure }) => figure)]))
}

/** The officer, as somebody who has signed in. */
async function officerOf(db: Database, tier: 'protection_officer' | 'steward' | 'analyst') {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ personId: number; mandateId: number }>(
      `with person as (insert into access.person (display_name) values ($1) returning person_id)
       insert into access.mandate (person_id, tier, valid, source)
       select person_id, $1, daterange(access.today(), null), 'test' from person
       returning person_id as "personId", mandate_id as "mandateId"`,
      [tier],
    ),
  )
  return { tier, ...rows[0]!, requestId: 'test' } as const
}
const officer = await officerOf(withHer.db, 'protection_officer')
const record = async (
  code: string,
  from: string,
  until: string | null,
  who: typeof officer | Awaited<ReturnType<typeof officerOf>> = officer,
) => {
  const { rows } = await asActor(withHer.db, who, (tx) =>
    tx.query<{ made: string | null }>(
      `select rights.record_objection($1, 'objection', 'Iesniegums nr. 1', daterange($2::date, $3::date)) as made`,
      [sealer(testKeys).hashCode(code), from, until],
    ),
  )
  return rows[0]!.made
}
const withdraw = async (objection: string) => {
  const { rows } = await asActor(withHer.db, officer, (tx) =>
    tx.query<{ done: boolean }>(`select rights.withdraw_objection($1, 'Atsaukts') as done`, [objection]),
  )
  return rows[0]!.done
}

const all = await figures(withHer.db)
const none = await figures(withoutHer.db)
const { rows: ofLearners } = await asJob(withHer.db, (tx) =>
  tx.query<{ name: string }>(
    `select t::text as name from rights.tables_with('learner_id') t union all select 'assessments.measured'`,
  ),
)
/** Of teachers and posts she is in no figure anyway. */
const isAboutLearners = (facts: string | null) =>
  facts !== null && ofLearners.some(({ name }) => facts.includes(name))
const counted = [
  ...catalogue.filter(({ facts }) => isAboutLearners(facts)).map(({ code }) => code),
  ...freeData.map(({ dataSet }) => dataSet),
]

describe.each(counted)('%s', (of) => {
  test('she is in its figures as long as she does not object', () => {
    expect(all.get(of)?.length).toBeGreaterThan(0)
    expect(all.get(of)).not.toEqual(none.get(of))
  })
})

test('once she objects, every figure is as if she had never been here; once she takes it back, as before', async () => {
  const made = await record(zane, '2026-01-01', null)
  expect(made).not.toBeNull()
  expect(await figures(withHer.db)).toEqual(none)
  expect(await withdraw(made!)).toBe(true)
  expect(await figures(withHer.db)).toEqual(all)
  expect(await withdraw(made!)).toBe(false)
})

test('an objection of other days is not obeyed today', async () => {
  const past = await record(zane, '2020-01-01', '2021-01-01')
  expect(past).not.toBeNull()
  expect(await figures(withHer.db)).toEqual(all)
})

test('only the officer and the steward may record one; somebody unknown is nobody', async () => {
  expect(await record('010110-99999', '2026-01-01', null)).toBeNull()
  await expect(record(zane, '2026-01-01', null, await officerOf(withHer.db, 'analyst'))).rejects.toThrow(
    'permission denied',
  )
  expect(
    await record(zane, '2020-01-01', '2021-01-01', await officerOf(withHer.db, 'steward')),
  ).not.toBeNull()
})
