import { describe, expect, test } from 'vitest'
import { country, type Files, newPackages } from '#test/intake-package.ts'

const { imports, rows } = await newPackages()
await imports(country)

const heads = {
  assessments: 'code,subject,name_lv,name_en,school_year,grade,scale,kind,level,threshold,parts,cuts',
  marks: 'learner_uid,reg_number,school_year,grade,scale,marks',
  absences: 'learner_uid,reg_number,school_year,lessons,excused,unexcused',
  lessons: 'class_id,lessons',
}
const anna = '010110-20001'
const janis = '020220-20002'
const none = '0 0 0 0 0 0 0 0 0 0'
const held = '100 110 105 80 95 90 108 99 101 12'

/** One line of each new file, and two of some. */
const records = {
  assessments: [
    heads.assessments,
    'exam-9-maths-2027,exam-9-mathematics,Matemātika,Mathematics,2027,9,points,exam,,15,part-1:30 part-2:70.5,',
    'monitoring-9-2027,reading,Lasīšana,Reading,2027,9,points,monitoring,,,,30 50.5 80',
  ],
  results: [
    'learner_uid,assessment,reg_number,value,parts',
    `${anna},exam-9-maths-2027,4501,57,20.5 -`,
    `${anna},monitoring-9-2027,4501,60,`,
  ],
  marks: [
    heads.marks,
    `${anna},4501,2027,9,ten,mathematics:7/8/8 latvian:6/7/-`,
    `${janis},4502,2027,,levels,mathematics:2/-/3`,
  ],
  absences: [heads.absences, `${anna},4501,2027,${held},3 0 0 0 7 0 0 0 0 0,0 1 0 0 0 0 0 0 0 2`],
  lessons: [heads.lessons, 'C1,mathematics:175/168 physics-al:210/-'],
  sample_plans: [
    'programme_code,grade,subject,lessons,since,until',
    '21011111,9,mathematics,175,2020-09-01,',
    '21011111,9,physics,70,,2020-08-31',
  ],
  finance: [
    'reg_number,year,salary_state_grant,salary_municipal,maintenance,transport,meals,other',
    '4501,2026,1200000.55,300000,,,,12.5',
  ],
  vacancies: [
    'vacancy_id,reg_number,position_code,subject_code,rate,open_on,filled_on',
    'V1,4501,teacher,mathematics,0.8,2026-08-15,',
    'V2,4502,teacher,,1,2026-06-01,2026-09-03',
  ],
  population: [
    'atvk,year,age,sex,people',
    '0038000,2026,7,female,120',
    '0038000,2026,7,male,131',
    '0042000,2026,0,male,88',
  ],
  destinations: ['learner_uid,kind,on,place', `${anna},abroad,2028-09-01,`],
  context: ['learner_uid,school_year,quintile', `${anna},2027,4`, `${janis},2027,1`],
} satisfies Files

const tables = [
  ...[
    'marks',
    'absence',
    'lesson_delivery',
    'sample_plan',
    'finance',
    'population',
    'destination',
    'context',
  ].map((name) => `records.${name}`),
  'registry.vacancy',
]
/** Rows in force and rows of all times, of every new table. */
const counted = async () => {
  const found: Record<string, [now: number, ever: number]> = {}
  for (const table of tables) {
    const [row] = await rows<{ now: number; ever: number }>(
      `select count(*) filter (where superseded_by is null)::int as now, count(*)::int as ever from ${table}`,
    )
    found[table] = [row!.now, row!.ever]
  }
  return found
}
const refusals = async (files: Files) => {
  const { state, refusalList } = await imports(files)
  expect(state).toBe('refused')
  return refusalList.map(({ line, column, rule }) => [line, column, rule])
}

test('a trial of a package with every new file finds nothing wrong and keeps nothing', async () => {
  const report = await imports(records, {}, { dryRun: true })
  expect([report.state, report.refusalList]).toEqual(['checked', []])
  expect(
    Object.values(await counted())
      .flat()
      .every((n) => n === 0),
  ).toBe(true)
})

test('every new file comes in, lists as arrays in the order in which they were written', async () => {
  expect((await imports(records)).state).toBe('merged')
  expect(
    await rows(
      `select subjects, first_term, second_term, year_mark, scale, grade from records.marks order by line`,
    ),
  ).toEqual([
    {
      subjects: ['mathematics', 'latvian'],
      first_term: [7, 6],
      second_term: [8, 7],
      year_mark: [8, null],
      scale: 'ten',
      grade: 9,
    },
    {
      subjects: ['mathematics'],
      first_term: [2],
      second_term: [null],
      year_mark: [3],
      scale: 'levels',
      grade: null,
    },
  ])
  expect(await rows('select lessons, excused, unexcused from records.absence')).toEqual([
    {
      lessons: [100, 110, 105, 80, 95, 90, 108, 99, 101, 12],
      excused: [3, 0, 0, 0, 7, 0, 0, 0, 0, 0],
      unexcused: [0, 1, 0, 0, 0, 0, 0, 0, 0, 2],
    },
  ])
  expect(await rows('select subjects, planned, delivered from records.lesson_delivery')).toEqual([
    { subjects: ['mathematics', 'physics-al'], planned: [175, 210], delivered: [168, null] },
  ])
  expect(
    await rows('select salary_state_grant::text as pay, maintenance, other::text from records.finance'),
  ).toEqual([{ pay: '1200000.55', maintenance: null, other: '12.50' }])
  expect(
    await rows(`select a.kind, a.threshold, a.part_names, a.part_maxima, a.level_cuts, r.parts
                  from records.result r join records.assessment a using (assessment_id)
                 where a.school_year = 2027 order by a.code`),
  ).toEqual([
    {
      kind: 'exam',
      threshold: 15,
      part_names: ['part-1', 'part-2'],
      part_maxima: [30, 70.5],
      level_cuts: null,
      parts: [20.5, null],
    },
    {
      kind: 'monitoring',
      threshold: null,
      part_names: null,
      part_maxima: null,
      level_cuts: [30, 50.5, 80],
      parts: null,
    },
  ])
  expect(await rows('select sum(people)::int as people from records.population')).toEqual([{ people: 339 }])
})

test('the same package again changes nothing', async () => {
  const before = await counted()
  expect((await imports(records)).state).toBe('unchanged')
  expect(await counted()).toEqual(before)
})

test('a row said differently takes the place of the earlier one, which is kept', async () => {
  const report = await imports({
    marks: [heads.marks, `${anna},4501,2027,9,ten,mathematics:7/8/9 latvian:6/7/-`],
    absences: [heads.absences, `${anna},4501,2027,${held},${none},0 1 0 0 0 0 0 0 0 2`],
    population: ['atvk,year,age,sex,people', '0038000,2026,7,female,121'],
    vacancies: [
      'vacancy_id,reg_number,position_code,rate,open_on,filled_on',
      'V1,4501,teacher,0.8,2026-08-15,2026-10-02',
    ],
  })
  expect(report.state).toBe('merged')
  expect(await counted()).toMatchObject({
    'records.marks': [2, 3],
    'records.absence': [1, 2],
    'records.population': [3, 4],
    'registry.vacancy': [2, 3],
    'records.context': [2, 2],
  })
  expect(
    await rows(
      `select subject_code, filled_on::text from registry.vacancy where code = 'V1' and superseded_by is null`,
    ),
  ).toEqual([{ subject_code: 'mathematics', filled_on: '2026-10-02' }])
})

test('a complete file withdraws what it lacks within what it speaks of, and nothing else', async () => {
  await imports(
    { marks: [heads.marks, `${janis},4501,2027,,levels,mathematics:2/2/3`] },
    { complete: ['marks'] },
  )
  expect(
    await rows(`select i.code, m.scale from records.marks m
     join registry.institution_version i using (institution_id)
    where m.superseded_by is null and i.superseded_by is null order by 1`),
  ).toEqual([
    { code: '4501', scale: 'levels' }, // Anna’s marks at the same school are gone
    { code: '4502', scale: 'levels' },
  ])
})

test('what a file of deletions names is withdrawn, by learner and by place', async () => {
  const report = await imports({
    'marks.deleted': ['learner_uid,reg_number,school_year', `${janis},4502,2027`],
    'destinations.deleted': ['learner_uid,kind,on', `${anna},abroad,2028-09-01`],
    'population.deleted': ['atvk,year,age,sex', '0042000,2026,0,male'],
    'lessons.deleted': ['class_id', 'C1'],
  })
  expect(report.state).toBe('merged')
  expect(await counted()).toMatchObject({
    'records.marks': [1, 4],
    'records.destination': [0, 1],
    'records.population': [2, 4],
    'records.lesson_delivery': [0, 1],
  })
})

describe('what cannot be right is refused where it stands', () => {
  test.each<[what: string, files: Files, found: [number, string | null, string][]]>([
    [
      'a mark of eleven',
      { marks: [heads.marks, `${anna},4501,2027,9,ten,mathematics:11/8/8`] },
      [[2, 'marks', 'list.out_of_range']],
    ],
    [
      'a mark that is no number',
      { marks: [heads.marks, `${anna},4501,2027,9,ten,mathematics:nv/8/8`] },
      [[2, 'marks', 'list.shape']],
    ],
    [
      'a subject twice',
      { marks: [heads.marks, `${anna},4501,2027,9,ten,music:9/9/9 music:8/8/8`] },
      [[2, 'marks', 'list.repeated']],
    ],
    [
      'a level of seven',
      { marks: [heads.marks, `${anna},4501,2027,3,levels,mathematics:3/7/3`] },
      [[2, 'marks', 'marks.beyond_levels']],
    ],
    [
      'nine months',
      { absences: [heads.absences, `${anna},4501,2027,1 2 3 4 5 6 7 8 9,${none},${none}`] },
      [[2, 'lessons', 'list.length']],
    ],
    [
      'the marks of one learner, school and year in two lines',
      {
        marks: [
          heads.marks,
          `${anna},4501,2027,9,ten,music:9/9/9`,
          `${janis},4501,2027,9,ten,music:9/9/9`,
          `${anna},4501,2027,9,ten,music:8/8/8`,
        ],
      },
      [[4, null, 'row.repeated']],
    ],
    [
      'marks of somebody nobody knows, in a school nobody knows',
      { marks: [heads.marks, `X-1,4501,2027,9,ten,music:9/9/9`, `${anna},9999,2027,9,ten,music:9/9/9`] },
      [
        [2, 'learner_uid', 'learner.unknown'],
        [3, 'reg_number', 'reference.unknown'],
      ],
    ],
    [
      'a sixth fifth',
      { context: ['learner_uid,school_year,quintile', `${anna},2027,6`] },
      [[2, 'quintile', 'value.out_of_range']],
    ],
    [
      'a post filled before it was free',
      {
        vacancies: [
          'vacancy_id,reg_number,position_code,rate,open_on,filled_on',
          'V9,4501,teacher,1,2026-08-15,2026-08-01',
        ],
      },
      [[2, 'filled_on', 'row.ends_before_start']],
    ],
    [
      'more parts than the test has, a part above its most, and parts of a test without',
      {
        results: [
          'learner_uid,assessment,reg_number,value,parts',
          `${anna},exam-9-maths-2027,4501,57,1 2 3`,
          `${janis},exam-9-maths-2027,4501,57,31 2`,
          `${janis},monitoring-9-2027,4501,57,31`,
        ],
      },
      [
        [2, 'parts', 'assessment.parts'],
        [3, 'parts', 'list.out_of_range'],
        [4, 'parts', 'assessment.without_parts'],
      ],
    ],
    [
      'a threshold that is not on the scale',
      { assessments: [heads.assessments, 'e-1,e,E,E,2027,9,points,exam,,120,,'] },
      [[2, 'threshold', 'threshold.outside_scale']],
    ],
    [
      'a third level that begins below the second',
      { assessments: [heads.assessments, 'e-1,e,E,E,2027,9,points,monitoring,,,,50 40 60'] },
      [[2, 'cuts', 'assessment.cuts']],
    ],
  ])('%s', async (_, files, found) => {
    expect(await refusals(files)).toEqual(found)
  })
})

describe('two tests whose results would be added into one figure', () => {
  test('of another grade, in one file, are refused with the other named', async () => {
    expect(
      await refusals({
        assessments: [
          heads.assessments,
          'num-3,numeracy,R3,N3,2027,3,points,monitoring,,,,',
          'num-6,numeracy,R6,N6,2027,6,points,monitoring,,,,',
        ],
      }),
    ).toEqual([[3, 'subject', 'assessment.same_series']])
  })
  test('of another grade than one in the bank are refused too', async () => {
    expect(
      await refusals({
        assessments: [heads.assessments, 'reading-6,reading,L6,R6,2027,6,points,monitoring,,,,'],
      }),
    ).toEqual([[2, 'subject', 'assessment.same_series']])
  })
  test('are taken when kind or level keeps them apart, in another year, or in the same grade', async () => {
    const report = await imports({
      assessments: [
        heads.assessments,
        'reading-6-exam,reading,L,R,2027,6,points,exam,,,,',
        'reading-12-ol,reading,L,R,2027,12,points,exam,OL,,,',
        'reading-9-2028,reading,L,R,2028,9,points,monitoring,,,,',
        'reading-9-again,reading,L,R,2027,9,points,monitoring,,,,',
      ],
    })
    expect(report.state).toBe('merged')
  })
})
