import { expect, test } from 'vitest'
import { type Files, newPackages } from '#test/intake-package.ts'
import type { ImportProblem } from '../index.ts'

const { imports, rows } = await newPackages()

const version = (found: string) => [
  'propertyName,value',
  'manifest.version,1.0',
  `oneroster.version,${found}`,
]
const bulk = {
  manifest: version('1.2'),
  orgs: [
    'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
    'n,,,Latvija,national,,',
    'r,,,Vidzeme,state,,n',
    'd,,,Madonas novads,district,0038001,r',
    's,,,"Madonas vidusskola, centrs",school,4501,d',
  ],
  academicSessions: [
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    'y,,,2026./2027.,schoolYear,2026-09-01,2027-09-01,,2027',
  ],
  classes: [
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds',
    'c1,,,Trešā a klase,03,k,3.a,homeroom,,s,y',
    'c2,,,Matemātika 3,03,k,,scheduled,,s,y',
  ],
  users: [
    'sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,middleName,identifier',
    'u1,,,true,anna,Anna,Bērziņa,,170217-20001',
    'u2,,,true,jānis,Jānis,Ozols,,',
    'u3,,,true,ilze,Ilze,Kalniņa,,',
    'u4,,,true,mamma,Māra,Bērziņa,,',
  ],
  roles: [
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId',
    '1,,,u1,primary,student,,,s',
    '2,,,u2,primary,student,,,s',
    '3,,,u3,primary,teacher,,,s',
    '4,,,u4,primary,parent,,,s',
  ],
  demographics: [
    'sourcedId,status,dateLastModified,birthDate,sex',
    'u1,,,2017-02-17,female',
    'u3,,,1980-05-05,female',
  ],
  enrollments: [
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    'e1,,,c1,s,u1,student,,2026-09-01,2027-06-01',
    'e2,,,c2,s,u1,student,,,',
    'e3,,,c1,s,u3,teacher,,,',
    'e4,,,c1,s,u2,student,,,',
  ],
  lineItems: [
    'sourcedId,status,dateLastModified,title,classSourcedId,dueDate,resultValueMin,resultValueMax',
    'l1,,,Reizrēķins,c1,2026-10-15,0,10',
    'l2,,,Lasīšana,c1,2026-10-16,0,10',
  ],
  results: [
    'sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate',
    'r1,,,l1,u1,fully graded,8.5,2026-10-16',
    'r2,,,l1,u2,exempt,,2026-10-16',
    'r3,,,l2,u1,partially graded,7,2026-10-17',
  ],
  courses: ['sourcedId,title', 'k,Matemātika'],
} satisfies Files

const added = (counts: Awaited<ReturnType<typeof imports>>['counts']) =>
  Object.fromEntries(Object.entries(counts).map(([name, each]) => [name, each!.added]))

test('a bulk package becomes places, homerooms, learners, staff, enrolments and results', async () => {
  const report = await imports(bulk)
  expect(report.refusalList).toEqual([])
  expect(added(report.counts)).toEqual({
    territories: 3,
    institutions: 1,
    class_groups: 1,
    learners: 2,
    staff: 1,
    enrolments: 2,
    scales: 1,
    assessments: 2,
    results: 2,
  })
  expect(
    await rows(`select v.name_lv as school, t.name_lv as place, c.name, c.grade, c.school_year, e.valid::text, l.sex, i.file_name as file, e.line
                  from registry.enrolment e join registry.class_group_version c using (class_group_id)
                  join registry.institution_version v on v.institution_id = e.institution_id
                  join registry.territory_version t using (territory_id)
                  join registry.learner_version l using (learner_id) join intake.import i on i.import_id = e.import_id order by e.line`),
  ).toEqual([
    {
      school: 'Madonas vidusskola, centrs',
      place: 'Madonas novads',
      name: '3.a',
      grade: 3,
      school_year: 2027,
      valid: '[2026-09-01,2027-06-01)',
      sex: 'female',
      file: 'enrollments.csv',
      line: 2,
    },
    expect.objectContaining({ valid: '[2026-09-01,2027-09-01)', sex: 'unknown', line: 5 }),
  ])
  expect(await rows('select value, status from records.result order by value')).toEqual([
    { value: 7, status: 'preliminary' },
    { value: 8.5, status: 'official' },
  ])
})

test('the same package again changes nothing', async () => {
  expect(await imports(bulk)).toMatchObject({ state: 'unchanged' })
})

test('a delta adds what is active and withdraws what is to be deleted', async () => {
  const head = (name: keyof typeof bulk) => bulk[name][0]!
  const report = await imports({
    manifest: version('1.2'),
    users: [head('users'), 'u5,active,,true,eva,Eva,Liepa,,'],
    roles: [head('roles'), '5,active,,u5,primary,student,,,s'],
    enrollments: [head('enrollments'), 'e4,tobedeleted,,c1,s,u2,student,,,', 'e5,active,,c1,s,u5,student,,,'],
    results: [head('results'), 'r3,tobedeleted,,l2,u1,partially graded,7,2026-10-17'],
  })
  expect(report.refusalList).toEqual([])
  expect(report.counts).toMatchObject({
    learners: { added: 1 },
    enrolments: { added: 1, withdrawn: 1 },
    results: { added: 0, withdrawn: 1 },
  })
})

const tail = (name: keyof typeof bulk, ...lines: string[]) => [bulk[name][0]!, ...lines]
const standing = async () =>
  rows(`select 'enrolment' as what, count(*)::int as n from registry.enrolment where superseded_by is null
        union all select 'result', count(*)::int from records.result where superseded_by is null
        union all select 'learner', count(*)::int from registry.learner_version where superseded_by is null order by 1`)

test('what is deleted under one id and comes under another stays: a delta withdraws no more than it says', async () => {
  const before = await standing()
  const report = await imports({
    manifest: version('1.2'),
    orgs: bulk.orgs,
    academicSessions: bulk.academicSessions,
    classes: bulk.classes,
    lineItems: bulk.lineItems,
    enrollments: tail(
      'enrollments',
      'e1,tobedeleted,,c1,s,u1,student,,2026-09-01,2027-06-01',
      'e11,active,,c1,s,u1,student,,2026-09-01,2027-06-01',
    ),
    results: tail(
      'results',
      'r1,tobedeleted,,l1,u1,fully graded,8.5,2026-10-16',
      'r11,active,,l1,u1,fully graded,9,2026-10-16',
    ),
  })
  expect(report.refusalList).toEqual([])
  expect(report.counts).toMatchObject({ enrolments: { withdrawn: 0 }, results: { changed: 1, withdrawn: 0 } })
  expect(await standing()).toEqual(before)
})

test('two ids of what is one here are deleted once', async () => {
  const report = await imports({
    manifest: version('1.2'),
    enrollments: tail(
      'enrollments',
      'e5,tobedeleted,,c1,s,u5,student,,,',
      'e55,tobedeleted,,c1,s,u5,student,,,',
    ),
  })
  expect(report.refusalList).toEqual([])
  expect(report.counts).toMatchObject({ enrolments: { withdrawn: 1 } })
})

test('what is wrong is said by the file and line that were sent', async () => {
  const refused = async (files: Files) =>
    (await imports({ ...bulk, ...files })).files.flatMap(({ file, refusalList }) =>
      refusalList.map(({ line, rule }) => [file, line, rule]),
    )
  const nobody = [bulk.enrollments[0]!, '', 'e3,,,c1,s,u3,teacher,,,', 'e9,,,c1,s,nobody,student,,,']
  expect(await refused({ enrollments: nobody })).toEqual([['enrollments.csv', 4, 'learner.unknown']])
  const other = [...bulk.classes, 'c3,,,Kļūdaina,Other,k,x,homeroom,,s,y']
  expect(await refused({ classes: other })).toEqual([['classes.csv', 4, 'value.not_an_integer']])
})

test('another version, a file without its columns and a package without our manifest are not begun', async () => {
  const codeOf = (work: Promise<unknown>) => work.catch((error: unknown) => (error as ImportProblem).code)
  expect(await codeOf(imports({ ...bulk, manifest: version('1.1') }))).toBe('oneroster.version')
  expect(await codeOf(imports({ ...bulk, orgs: ['a,b', '1,2'] }))).toBe('file.columns')
  expect(await codeOf(imports(bulk, { dataKind: 'nothing' }))).toBe('manifest.invalid')
})
