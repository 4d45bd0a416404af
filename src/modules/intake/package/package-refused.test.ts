import { expect, test } from 'vitest'
import { country, type Files, newPackages } from '#test/intake-package.ts'
import { ImportProblem } from '../index.ts'

const { imports, importsAt, write, rows } = await newPackages()

/** Everything the bank holds that came from files. */
const facts = () =>
  rows(`select (select count(*) from registry.territory_version) + (select count(*) from registry.institution_version)
             + (select count(*) from registry.learner) + (select count(*) from identity.person)
             + (select count(*) from registry.enrolment) + (select count(*) from records.result)
             + (select count(*) from registry.class_group) + (select count(*) from registry.staff_member)
             + (select count(*) from identity.staff) + (select count(*) from registry.site)
             + (select count(*) from records.assessment) + (select count(*) from registry.programme) as n`)

test('a trial checks and counts everything and keeps nothing but its report', async () => {
  const report = await imports(country, {}, { dryRun: true })
  expect(report).toMatchObject({ state: 'checked', trial: true, failure: null })
  expect(report.counts.enrolments).toMatchObject({ added: 2 })
  expect(await facts()).toEqual([{ n: 0 }])
  expect(
    await rows(
      `select count(distinct state)::int as states, bool_and(trial) as trial, min(state) as state from intake.import`,
    ),
  ).toEqual([{ states: 1, trial: true, state: 'checked' }])
  expect(await rows('select trial, snapshot_date, version from intake.package')).toEqual([
    { trial: true, snapshot_date: '2026-10-01', version: '1' },
  ])
})

test('the import after its trial is the first to change the bank', async () => {
  const report = await imports(country)
  expect(report).toMatchObject({ state: 'merged', trial: false, ruleSet: expect.stringMatching(/^\d+$/) })
  expect(report.files.map(({ entity }) => entity)).toEqual([
    null,
    ...['territories', 'founders', 'institutions', 'delivery_sites', 'programmes', 'staff', 'class_groups'],
    ...['learners', 'enrolments', 'employments', 'scales', 'assessments', 'results'],
  ])
  expect(new Set(report.files.map(({ packageId }) => packageId)).size).toBe(1)
})

test('every fact names its file and line', async () => {
  expect(
    await rows(`select i.file_name as file, e.line from registry.enrolment e join intake.import i using (import_id)
                union all select i.file_name, v.line from registry.institution_version v join intake.import i using (import_id)
                union all select i.file_name, v.line from registry.territory_version v join intake.import i using (import_id)
                 where v.code = 'LV' order by 1, 2`),
  ).toEqual([
    { file: 'enrolments.csv', line: 2 },
    { file: 'enrolments.csv', line: 3 },
    { file: 'institutions.csv', line: 2 },
    { file: 'institutions.csv', line: 3 },
    { file: 'manifest.json', line: 1 },
  ])
})

interface Bad {
  what: string
  files: Files
  refused: { file?: string; line: number; column: string | null; rule: string; value?: string | null }[]
}

const institution = 'reg_number,kind,name_lv,name_en,legal_atvk'
const bad: Bad[] = [
  {
    what: 'a school in a municipality nobody knows',
    files: { institutions: [institution, '9,school,A,A,0099000'] },
    refused: [{ line: 2, column: 'legal_atvk', rule: 'reference.unknown', value: '0099000' }],
  },
  {
    what: 'a school whose legal address is a region',
    files: { institutions: [institution, '9,school,A,A,R1'] },
    refused: [{ line: 2, column: 'legal_atvk', rule: 'reference.unknown', value: 'R1' }],
  },
  {
    what: 'the same school twice',
    files: { institutions: [institution, '9,school,A,A,0038000', '9,school,B,B,0038000'] },
    refused: [{ line: 3, column: null, rule: 'row.repeated' }],
  },
  {
    what: 'a territory in one that is nowhere',
    files: { territories: ['code,kind,parent_code,name_lv,name_en', 'X1,municipality,X0,X,X'] },
    refused: [{ line: 2, column: 'parent_code', rule: 'reference.unknown', value: 'X0' }],
  },
  {
    what: 'a municipality that becomes a region',
    files: { territories: ['code,kind,name_lv,name_en', '0038000,region,Madona,Madona'] },
    refused: [{ line: 2, column: 'kind', rule: 'row.other_kind', value: 'region' }],
  },
  {
    what: 'a successor without a last day',
    files: {
      territories: ['code,kind,name_lv,name_en,until,successor_code', '0055000,municipality,V,V,,0038000'],
    },
    refused: [{ line: 2, column: 'successor_code', rule: 'succession.without_end', value: '0038000' }],
  },
  {
    what: 'an earlier code that belongs to another territory',
    files: { territories: ['code,kind,name_lv,name_en,previous_code', '0042000,municipality,P,P,0038000'] },
    refused: [{ line: 2, column: 'previous_code', rule: 'code.two_things', value: '0038000' }],
  },
  {
    what: 'a school that closed before it opened',
    files: {
      institutions: [`${institution},opened_on,closed_on`, '9,school,A,A,0038000,2020-09-01,2019-08-31'],
    },
    refused: [{ line: 2, column: 'closed_on', rule: 'row.ends_before_start', value: '2019-08-31' }],
  },
  {
    what: 'a description that begins when the school is closed',
    files: {
      institutions: [`${institution},closed_on,since`, '9,school,A,A,0038000,2019-08-31,2020-01-01'],
    },
    refused: [{ line: 2, column: 'since', rule: 'row.ends_before_start', value: '2020-01-01' }],
  },
  {
    what: 'values that cannot be, all of a line at once',
    files: {
      delivery_sites: ['site_id,reg_number,atvk,lat,condition,accessible', 'S9,4501,0038000,91,5,yes'],
    },
    refused: [
      { line: 2, column: 'lat', rule: 'value.out_of_range', value: '91' },
      { line: 2, column: 'condition', rule: 'value.out_of_range', value: '5' },
      { line: 2, column: 'accessible', rule: 'value.not_allowed', value: 'yes' },
    ],
  },
  {
    what: 'a programme code of seven characters',
    files: { programmes: ['reg_number,programme_code', '4501,3101101'] },
    refused: [{ line: 2, column: 'programme_code', rule: 'value.too_short', value: '3101101' }],
  },
  {
    what: 'a class whose code was used last year',
    files: { class_groups: ['class_id,reg_number,school_year,grade,name', 'C1,4501,2028,10,10.a'] },
    refused: [{ line: 2, column: 'school_year', rule: 'row.other_year', value: '2028' }],
  },
  {
    what: 'a class teacher nobody knows: the code is not repeated',
    files: {
      class_groups: ['class_id,reg_number,school_year,grade,name,class_teacher_uid', 'C9,4501,2027,1,1.,T-9'],
    },
    refused: [{ line: 2, column: 'class_teacher_uid', rule: 'reference.unknown', value: null }],
  },
  {
    what: 'an enrolment of a learner nobody knows',
    files: { enrolments: ['learner_uid,class_id', '999999-99999,C1'] },
    refused: [{ line: 2, column: 'learner_uid', rule: 'learner.unknown', value: null }],
  },
  {
    what: 'an enrolment in a class nobody knows',
    files: { enrolments: ['learner_uid,class_id', '010110-20001,C9'] },
    refused: [{ line: 2, column: 'class_id', rule: 'reference.unknown', value: 'C9' }],
  },
  {
    what: 'an enrolment outside of the school year of its class',
    files: { enrolments: ['learner_uid,class_id,from', '010110-20001,C1,2026-08-31'] },
    refused: [{ line: 2, column: 'from', rule: 'enrolment.outside_school_year', value: '2026-08-31' }],
  },
  {
    what: 'two main places of study on one day',
    files: { enrolments: ['learner_uid,class_id', '010110-20001,C1', '010110-20001,C2'] },
    refused: [{ line: 3, column: 'from', rule: 'enrolment.overlap' }],
  },
  {
    what: 'points beyond the scale of the round',
    files: { results: ['learner_uid,assessment,reg_number,value', '010110-20001,maths-9-2027,4501,100.5'] },
    refused: [{ line: 2, column: 'value', rule: 'value.out_of_range', value: '100.5' }],
  },
  {
    what: 'a result in a round nobody knows',
    files: { results: ['learner_uid,assessment,reg_number,value', '010110-20001,art,4501,1'] },
    refused: [{ line: 2, column: 'assessment', rule: 'reference.unknown', value: 'art' }],
  },
  {
    what: 'two results in one round',
    files: {
      results: [
        'learner_uid,assessment,reg_number,value',
        '010110-20001,maths-9-2027,4501,1',
        '010110-20001,maths-9-2027,4502,2',
      ],
    },
    refused: [{ line: 3, column: 'value', rule: 'result.repeated' }],
  },
  {
    what: 'a scale described anew',
    files: { scales: ['code,name_lv,name_en,minimum,maximum', 'points,Punkti,Points,0,50'] },
    refused: [{ line: 2, column: null, rule: 'assessment.differs', value: 'points' }],
  },
  {
    what: 'a scale upside down',
    files: { scales: ['code,name_lv,name_en,minimum,maximum', 'down,D,D,10,0'] },
    refused: [{ line: 2, column: 'maximum', rule: 'scale.upside_down', value: '0' }],
  },
  {
    what: 'rounds that start from each other',
    files: {
      assessments: [
        'code,subject,name_lv,name_en,school_year,scale,starts_from',
        'a,s,A,A,2027,points,b',
        'b,s,B,B,2027,points,a',
      ],
    },
    refused: [
      { line: 2, column: 'starts_from', rule: 'reference.unknown', value: 'b' },
      { line: 3, column: 'starts_from', rule: 'reference.unknown', value: 'a' },
    ],
  },
  {
    what: 'a load of eight rates',
    files: {
      employments: [
        'employment_id,staff_uid,reg_number,position_code,rate,from',
        'E9,T-1,4501,teacher,8,2020-09-01',
      ],
    },
    refused: [{ line: 2, column: 'rate', rule: 'value.out_of_range', value: '8' }],
  },
  {
    what: 'the same learner twice',
    files: { learners: ['learner_uid,sex', 'L-1,male', 'L-1,male'] },
    refused: [{ line: 3, column: null, rule: 'row.repeated' }],
  },
  {
    what: 'a column the contract does not know, without repeating its name',
    files: { founders: ['founder_id,kind,name_lv,name_en,Anna Bērziņa', 'F2,private,A,A,x'] },
    refused: [{ line: 1, column: null, rule: 'file.columns', value: null }],
  },
  {
    what: 'a column that is missing',
    files: { founders: ['founder_id,kind,name_lv', 'F2,private,A'] },
    refused: [{ line: 1, column: null, rule: 'file.columns' }],
  },
  {
    what: 'an empty file',
    files: { founders: Buffer.from('') },
    refused: [{ line: 1, column: null, rule: 'file.empty' }],
  },
  {
    what: 'a deletion of what was never known',
    files: { 'institutions.deleted': ['reg_number', '9999'] },
    refused: [{ line: 2, column: 'reg_number', rule: 'deletion.unknown' }],
  },
  {
    what: 'a deletion of a school that still has learners',
    files: { 'institutions.deleted': ['reg_number', '4501'] },
    refused: [{ line: 2, column: 'reg_number', rule: 'deletion.still_used' }],
  },
]

test.each(bad)(
  '$what: refused by file, line and column, and nothing of the package is kept',
  async ({ files, refused }) => {
    const before = await facts()
    // A file that is right stands beside it, and must not come in either.
    const report = await imports({ founders: [country.founders[0]!, 'F8,private,Laba,Good,'], ...files })
    expect(report.state).toBe('refused')
    const [name] = Object.keys(files)
    expect(report.files.filter(({ refusals }) => refusals > 0).map(({ file }) => file)).toEqual([
      `${name}.csv`,
    ])
    expect(report.refusalList).toMatchObject(refused)
    expect(report.refusals).toBe(refused.length)
    expect(await facts()).toEqual(before)
    expect(await rows(`select from registry.founder_version where code = 'F8'`)).toEqual([])
  },
)

test('where a file is refused, those that stand on it are not blamed for it', async () => {
  const files = {
    institutions: [institution, '7001,school,A,A,nowhere'],
    delivery_sites: ['site_id,reg_number,atvk', 'S7,7001,0038000', 'S8,7001,elsewhere'],
    class_groups: ['class_id,reg_number,school_year,grade,name', 'C7,7001,2027,1,1.'],
    enrolments: ['learner_uid,class_id', '010110-20001,C7'],
  }
  const report = await imports(files)
  expect(report.files.map(({ file, refusals, failure }) => [file, refusals, failure])).toEqual([
    ['manifest.json', 0, 'import.package_refused'],
    ['institutions.csv', 1, 'import.rows_refused'],
    ['delivery_sites.csv', 1, 'import.rows_refused'],
    ['class_groups.csv', 0, 'import.package_refused'],
    ['enrolments.csv', 0, 'import.package_refused'],
  ])
})

test('a complete file withdraws what it lacks, within the schools and years it speaks of and no further', async () => {
  const enrolments = ['learner_uid,class_id', '010110-20001,C1']
  const standing = () =>
    rows<{ code: string }>(
      `select c.code from registry.enrolment e join registry.class_group_version c using (class_group_id)
        where e.superseded_by is null order by 1`,
    )
  await imports({ learners: ['learner_uid,sex', 'L-5,male'], enrolments: ['learner_uid,class_id', 'L-5,C1'] })
  expect((await standing()).map(({ code }) => code)).toEqual(['C1', 'C1', 'C2'])
  const partial = await imports({ enrolments })
  expect(partial.counts.enrolments).toMatchObject({ withdrawn: 0 })
  const complete = await imports({ enrolments }, { complete: ['enrolments'] })
  expect(complete.counts.enrolments).toMatchObject({ withdrawn: 1 })
  expect((await standing()).map(({ code }) => code)).toEqual(['C1', 'C2'])
})

test('a complete file of schools withdraws one nobody refers to, and leaves those that are in use', async () => {
  await imports({ institutions: [institution, '4599,school,Kļūda,Mistake,0038000'] })
  const report = await imports(
    { institutions: [institution, '4502,school,Varakļānu pamatskola,Varakļāni Basic School,0055000'] },
    { complete: ['institutions'] },
  )
  expect(report.counts.institutions).toMatchObject({ withdrawn: 1 })
  expect(
    await rows(`select code from registry.institution_version where superseded_by is null order by 1`),
  ).toEqual([{ code: '4501' }, { code: '4502' }])
})

test('deletions withdraw what they name, those that refer to others first, and once', async () => {
  const files = {
    'results.deleted': ['learner_uid,assessment', '010110-20001,maths-6-2024'],
    'enrolments.deleted': ['learner_uid,class_id', '020220-20002,C2'],
    'learners.deleted': ['learner_uid', '020220-20002'],
    'employments.deleted': ['employment_id', 'E1', 'E2'],
    'class_groups.deleted': ['class_id', 'C2'],
    'programmes.deleted': ['reg_number,programme_code,licence_no,site_id', '4502,21011111,V-2,'],
  }
  const report = await imports(files)
  expect(report.refusalList).toEqual([])
  expect(
    Object.fromEntries(Object.entries(report.counts).map(([name, counts]) => [name, counts!.withdrawn])),
  ).toEqual({
    territories: 0,
    results: 1,
    employments: 2,
    enrolments: 1,
    learners: 1,
    class_groups: 1,
    programmes: 1,
  })
  expect(
    await rows(
      "select 1 from identity.person p join registry.learner_version v using (learner_id) where v.sex = 'male'",
    ),
  ).toHaveLength(1)
  const { 'learners.deleted': _, 'enrolments.deleted': __, ...again } = files
  expect(await imports(again)).toMatchObject({ state: 'unchanged' })
})

const problem = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ImportProblem)
  const { code, detail } = error as ImportProblem
  return { code, detail }
}

test('what is no package is not begun, and says why', async () => {
  expect(await problem(importsAt('/nowhere/at/all'))).toMatchObject({ code: 'file.missing' })
  expect(await problem(imports({}))).toMatchObject({ code: 'package.empty' })
  expect(await problem(imports({ pupils: ['a'] }))).toMatchObject({
    code: 'package.unknown_file',
    detail: { file: 'pupils.csv' },
  })
  expect(
    await problem(imports(country, { dataKind: 'wrong', snapshotDate: '2026-02-30', extra: 1 })),
  ).toMatchObject({
    code: 'manifest.invalid',
    detail: { fields: expect.stringMatching(/dataKind: .*snapshotDate: /) },
  })
  expect(
    await problem(imports({ founders: country.founders, 'manifest.json': Buffer.from('{') })),
  ).toMatchObject({
    code: 'manifest.invalid',
  })
  expect(await problem(imports(country, { dataKind: 'reference' }))).toMatchObject({
    code: 'database.other_kind',
  })
  expect(
    await problem(
      imports(country, { state: { code: 'EE', name: { lv: 'I', en: 'E' }, genitive: 'I', locative: 'I' } }),
    ),
  ).toMatchObject({ code: 'state.other' })
})

test('one file of a folder comes alone, with the manifest beside it', async () => {
  const folder = write({
    founders: [country.founders[0]!, 'F5,private,Pieci,Five,'],
    institutions: ['broken'],
  })
  const report = await importsAt(`${folder}/founders.csv`)
  expect(report).toMatchObject({ state: 'merged', counts: { founders: { added: 1 } } })
  expect(report.files.map(({ file }) => file)).toEqual(['manifest.json', 'founders.csv'])
})
