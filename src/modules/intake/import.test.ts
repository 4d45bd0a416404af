import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { sealer } from '#modules/registry/index.ts'
import { newDatabase } from '#test/database.ts'
import { newIntake } from '#test/intake.ts'
import { columns, line, mappingOf } from '#test/intake-file.ts'
import { agreement, reference } from '#test/setup/reference.ts'
import { testKeys } from '#test/world.ts'
import { importFile } from './import.ts'
import { loadMapping } from './mapping/load-mapping.ts'
import { importByUuid } from './store.ts'

const everything = `
  select 'territory' as what, count(*)::int as n from registry.territory_version
  union all select 'institution', count(*)::int from registry.institution_version
  union all select 'learner', count(*)::int from registry.learner_version
  union all select 'identity', count(*)::int from identity.person
  union all select 'enrolment', count(*)::int from registry.enrolment
  union all select 'result', count(*)::int from records.result order by 1`

test('the sample becomes a state, 4 municipalities, 30 schools and 858 learners with two results each', async () => {
  const { db, rows } = await newIntake()
  const mapping = await loadMapping('samples/results.mapping.json')
  const progress: number[] = []
  const report = await importFile({
    db,
    keys: testKeys,
    mapping,
    file: 'samples/results.csv',
    onProgress: ({ bytes, ofBytes }) => progress.push(bytes / ofBytes),
  })
  expect(report).toMatchObject({ state: 'merged', rowsRead: 858, refusals: 0, file: 'results.csv' })
  expect(report.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(report.counts).toMatchObject({
    territories: { read: 5, added: 5 },
    institutions: { read: 30, added: 30 },
    learners: { read: 858, added: 858 },
    enrolments: { read: 858, added: 858 },
    results: { read: 1716, added: 1716, changed: 0, unchanged: 0, refused: 0 },
  })
  expect(progress.at(-1)).toBe(1)
  // 18.5 years and −6 months at the end of August 1997: born in August 1979.
  expect(
    await rows(
      `select l.sex, l.birth_month, e.school_year, e.grade, e.valid, v.name_lv, v.genitive_lv, v.locative_lv, t.name_lv as place
         from registry.learner_version l join registry.enrolment e using (learner_id)
         join registry.institution_version v using (institution_id)
         join registry.territory_version t using (territory_id) where l.line = 2`,
    ),
  ).toEqual([
    {
      sex: 'female',
      birth_month: '1979-08-01',
      school_year: 1997,
      grade: 12,
      valid: '[1996-09-01,1997-09-01)',
      name_lv: 'Skola 1',
      genitive_lv: 'Skolas 1',
      locative_lv: 'Skolā 1',
      place: 'Pašvaldība 1',
    },
  ])
  expect(
    await rows(
      `select a.code, r.value, r.status, f.code as start from records.result r
         join records.assessment a using (assessment_id)
         left join records.assessment f on f.assessment_id = a.starts_from where r.line = 2 order by a.school_year`,
    ),
  ).toEqual([
    { code: 'gcse-mean-1995', value: 6.115, status: 'official', start: null },
    { code: 'alevel-chemistry-1997', value: 4, status: 'official', start: 'gcse-mean-1995' },
  ])
})

agreement('agrees with chem97: 31,022 pupils, 2,410 schools, 131 municipalities, every result', async () => {
  const db = await newDatabase()
  const mapping = await loadMapping('samples/chem97.mapping.json')
  const report = await importFile({ db, keys: testKeys, mapping, file: reference('chem97/results.csv') })
  expect(report.state).toBe('merged')
  expect(report.counts).toMatchObject({
    territories: { added: 132 },
    institutions: { added: 2410 },
    learners: { added: 31_022 },
    results: { added: 62_044 },
  })
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ n: number; mean: number; sd: number }>(
      `select count(*) as n, avg(value) as mean, stddev_samp(value) as sd
         from records.result join records.assessment using (assessment_id) where subject = 'alevel-chemistry'`,
    ),
  )
  expect(rows[0]!.n).toBe(31_022)
  expect(rows[0]!.mean).toBeCloseTo(5.812584617368, 10)
  expect(rows[0]!.sd).toBeCloseTo(3.319167271521, 9)
})

test('the same file twice changes nothing', async () => {
  const { imports, rows } = await newIntake()
  const lines = [line(), line({ code: '2', school: '2', points: '' })]
  expect((await imports(lines)).state).toBe('merged')
  const before = await rows(everything)
  const again = await imports(lines)
  expect(again.state).toBe('unchanged')
  expect(again.counts).toMatchObject({
    learners: { read: 2, added: 0, changed: 0, unchanged: 2 },
    enrolments: { added: 0, unchanged: 2 },
    results: { read: 1, added: 0, unchanged: 1 },
  })
  expect(await rows(everything)).toEqual(before)
  expect(await rows('select count(*)::int as n from records.result where superseded_by is not null')).toEqual(
    [{ n: 0 }],
  )
})

test('the same content in another order of lines and columns changes nothing', async () => {
  const { imports, importsFile } = await newIntake()
  const lines = [line(), line({ code: '2', name: 'Jānis', sex: 'M' }), line({ code: '3', school: '7' })]
  await imports(lines)
  expect((await imports(lines.toReversed())).state).toBe('unchanged')
  const turned = [columns, ...lines].map((each) => each.split(',').toReversed().join(','))
  expect((await importsFile(turned.join('\r\n'))).state).toBe('unchanged')
})

test('a changed row supersedes, the earlier version is kept, and the bank can be read as of each import', async () => {
  const { imports, rows } = await newIntake()
  const first = await imports([line({ points: 50 }), line({ code: '2', points: 60 })])
  const second = await imports([line({ points: 55, class: '9.b' }), line({ code: '2', points: 60 })])
  expect(second.state).toBe('merged')
  expect(second.counts).toMatchObject({
    enrolments: { added: 0, changed: 1, unchanged: 1 },
    results: { added: 0, changed: 1, unchanged: 1 },
  })
  const asOf = (number: number) =>
    rows(
      `select value from records.result where import_id <= $1 and (superseded_by is null or superseded_by > $1)
        order by value`,
      [number],
    )
  expect(await asOf(first.number)).toEqual([{ value: 50 }, { value: 60 }])
  expect(await asOf(second.number)).toEqual([{ value: 55 }, { value: 60 }])
  expect(
    await rows(
      `select class_name, import_id, superseded_by from registry.enrolment order by import_id, line`,
    ),
  ).toEqual([
    { class_name: '9.a', import_id: first.number, superseded_by: second.number },
    { class_name: '9.a', import_id: first.number, superseded_by: null },
    { class_name: '9.b', import_id: second.number, superseded_by: null },
  ])
})

test('a correction of days or of the school takes the place of the earlier enrolment', async () => {
  const { imports, rows } = await newIntake()
  await imports([line({ to: '2026-05-31' })])
  await imports([line({ from: '2025-10-15', school: '9' })])
  expect(
    await rows(
      `select e.valid, v.code from registry.enrolment e join registry.institution_version v using (institution_id)
        where e.superseded_by is null`,
    ),
  ).toEqual([{ valid: '[2025-10-15,2026-09-01)', code: '9' }])
})

test('an enrolment the source no longer says is withdrawn, not deleted; other years and learners stay', async () => {
  const { imports, rows } = await newIntake()
  await imports([
    line({ to: '2025-12-31' }),
    line({ from: '2026-01-01', school: '2', points: '' }),
    line({ year: 2025, grade: 8, from: '2024-09-01', to: '2025-08-31', points: '' }),
    line({ code: '2' }),
  ])
  const report = await imports([line()])
  expect(report.counts.enrolments).toMatchObject({ read: 1, added: 0, changed: 1, withdrawn: 1 })
  expect(
    await rows(`select school_year, superseded_by is null as current, count(*)::int as n
                  from registry.enrolment group by 1, 2 order by 1, 2`),
  ).toEqual([
    { school_year: 2025, current: true, n: 1 },
    { school_year: 2026, current: false, n: 2 },
    { school_year: 2026, current: true, n: 2 },
  ])
})

test('a second place of study stands beside the main one and is replaced on its own', async () => {
  const { imports, rows } = await newIntake()
  await imports([line()])
  const second = mappingOf({
    enrolments: [
      {
        schoolYear: { column: 'year' },
        grade: { column: 'grade' },
        className: { column: 'class' },
        main: false,
      },
    ],
    results: [],
    assessments: [],
    scales: [],
  })
  await imports([line({ school: 'music' })], { mapping: second })
  await imports([line({ school: 'music', class: 'solo' })], { mapping: second })
  expect(
    await rows(
      `select main, class_name, superseded_by is null as current from registry.enrolment order by 1, 2`,
    ),
  ).toEqual([
    { main: false, class_name: '9.a', current: false },
    { main: false, class_name: 'solo', current: true },
    { main: true, class_name: '9.a', current: true },
  ])
})

test('every fact leads back to its import and line', async () => {
  const { imports, rows } = await newIntake()
  const { number } = await imports([line(), line({ code: '2', school: '2', municipality: 'B' })])
  for (const table of [
    'registry.enrolment',
    'records.result',
    'registry.learner_version',
    'identity.person',
  ]) {
    expect(await rows(`select import_id, line from ${table} order by line`), table).toEqual([
      { import_id: number, line: 2 },
      { import_id: number, line: 3 },
    ])
  }
})

test('a place gets a new name from a day on: before it the old one holds, and what was known before is kept', async () => {
  const { imports, rows } = await newIntake()
  const named = (name: string, since?: string) =>
    mappingOf({
      institution: {
        code: { column: 'school' },
        name: { lv: { constant: name }, en: { constant: name } },
        ...(since && { since: { constant: since } }),
      },
    })
  await imports([line()], { mapping: named('Vecais') })
  const renamed = await imports([line()], { mapping: named('Jaunais', '2025-09-01') })
  expect(renamed.counts.institutions).toMatchObject({ added: 0, changed: 1 })
  const current = `select name_lv, valid from registry.institution_version where superseded_by is null order by valid`
  const expected = [
    { name_lv: 'Vecais', valid: '(,2025-09-01)' },
    { name_lv: 'Jaunais', valid: '[2025-09-01,)' },
  ]
  expect(await rows(current)).toEqual(expected)
  // Neither file changes anything when it comes again.
  expect((await imports([line()], { mapping: named('Jaunais', '2025-09-01') })).state).toBe('unchanged')
  expect((await imports([line()], { mapping: named('Vecais') })).state).toBe('unchanged')
  expect(await rows(current)).toEqual(expected)
  // A correction of the day's description takes its place.
  await imports([line()], { mapping: named('Jaunākais', '2025-09-01') })
  expect(await rows(current)).toEqual([expected[0], { name_lv: 'Jaunākais', valid: '[2025-09-01,)' }])
  expect(await rows('select count(*)::int as n from registry.institution_version')).toEqual([{ n: 4 }])
})

test('a name is sealed, a new one takes its place, and neither code nor name stands anywhere in the database', async () => {
  const { imports, rows } = await newIntake()
  await imports([line({ name: 'Ilze Kalniņa' })])
  const renamed = await imports([line({ name: 'Ilze Ozola' })])
  expect(renamed.counts.learners).toMatchObject({ added: 0, changed: 1 })
  expect((await imports([line({ name: 'Ilze Ozola' })])).state).toBe('unchanged')
  const { open } = sealer(testKeys)
  const [person] = await rows<{ sealed_code: Buffer; sealed_name: Buffer }>(
    'select sealed_code, sealed_name from identity.person',
  )
  expect([open('code', person!.sealed_code), open('name', person!.sealed_name)]).toEqual([
    '010110-20001',
    'Ilze Ozola',
  ])
  const tables = await rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where has_table_privilege(format('%I.%I', schemaname, tablename), 'select')
        and schemaname not in ('pg_catalog', 'information_schema', 'migration')`,
  )
  const held: string[] = []
  for (const { name } of tables) {
    held.push(
      ...(await rows<{ text: string }>(`select t::text as text from ${name} t`)).map(({ text }) => text),
    )
  }
  expect(held.join('\n')).toContain('9.a') // the search finds what is there
  expect(held.join('\n')).not.toMatch(/Ilze|010110-?20001/)
  expect(held.join('\n')).not.toContain(Buffer.from('Ilze').toString('hex'))
})

test('with and without a dash a personal code is the same learner', async () => {
  const { imports, rows } = await newIntake()
  await imports([line({ code: '010110-20001' })])
  await imports([line({ code: '01011020001', points: 70 })])
  expect(await rows('select count(*)::int as n from registry.learner')).toEqual([{ n: 1 }])
})

test('names with SQL, HTML and formulas stay the text they are', async () => {
  const { imports, rows } = await newIntake()
  const names = [
    `'); drop table registry.learner; --`,
    '<script>alert(1)</script>',
    '=HYPERLINK("http://x")',
    '\\N',
    '+1; -2 @SUM',
  ]
  const mapping = mappingOf({
    institution: {
      code: { column: 'school' },
      name: { lv: { column: 'name' }, en: { column: 'name' } },
    },
    learner: { code: { column: 'code' }, sex: { constant: 'unknown' } },
  })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const report = await imports(
    names.map((name, at) => line({ code: String(at), school: String(at), name: quoted(name) })),
    { mapping },
  )
  expect(report.state).toBe('merged')
  const found = await rows<{ name_lv: string }>(
    'select name_lv from registry.institution_version order by code',
  )
  expect(found.map(({ name_lv }) => name_lv)).toEqual(names)
})

test('days keep their date at the turn of the school year and when the clocks change', async () => {
  const { imports, rows } = await newIntake()
  const report = await imports([
    line({ code: '1', from: '2025-09-01', to: '2025-10-26' }), // clocks go back
    line({ code: '1', from: '2025-10-27', to: '2026-03-29', points: '' }), // clocks go forward
    line({ code: '1', from: '2026-03-30', to: '2026-08-31', points: '' }),
    line({ code: '2', year: 2025, from: '2024-09-01', to: '2025-08-31' }),
    line({ code: '2', year: 2026, from: '2025-09-01', to: '2025-09-01', points: '' }),
  ])
  expect(report.refusalList).toEqual([])
  expect(
    (await rows<{ valid: string }>('select valid from registry.enrolment order by line')).map(
      ({ valid }) => valid,
    ),
  ).toEqual([
    '[2025-09-01,2025-10-27)',
    '[2025-10-27,2026-03-30)',
    '[2026-03-30,2026-09-01)',
    '[2024-09-01,2025-09-01)',
    '[2025-09-01,2025-09-02)',
  ])
})

test('learners beyond those remembered are found again by their code, and their lines checked together', async () => {
  const { imports, rows } = await newIntake()
  const learners = Array.from({ length: 7 }, (_, at) => line({ code: String(at), name: `Learner ${at}` }))
  const years = learners.map((each) =>
    each
      .replace('2026,9', '2025,8')
      .replace('2025-09-01', '2024-09-01')
      .replace('2026-08-31,50', '2025-08-31,'),
  )
  const report = await imports([...learners, ...years], { rememberedLearners: 3 })
  expect(report).toMatchObject({
    state: 'merged',
    counts: { learners: { read: 7, added: 7 }, enrolments: { added: 14 } },
  })
  expect(await rows('select count(*)::int as n from registry.learner')).toEqual([{ n: 7 }])
  const refused = await imports([...learners, ...learners], { rememberedLearners: 3 })
  expect(refused.refusalList.filter(({ rule }) => rule === 'enrolment.repeated')).toHaveLength(7)
  expect(refused.refusalList.filter(({ rule }) => rule === 'result.repeated')).toHaveLength(7)
  const conflict = await imports(
    [...learners, line({ code: '0', sex: 'M', name: 'Learner 0', year: 2025 })],
    {
      rememberedLearners: 3,
    },
  )
  expect(conflict.refusalList).toContainEqual(
    expect.objectContaining({ rule: 'learner.conflict', line: 9, column: 'sex', value: null }),
  )
})

test('a file may refer to learners and schools the register knows, and gives their results only', async () => {
  const { imports, importsFile, rows } = await newIntake()
  await imports([line({ points: '' })])
  const onlyResults = mappingOf({
    file: { columns: ['school', 'code', 'points'] },
    municipality: undefined,
    institution: { code: { column: 'school' } },
    learner: { code: { column: 'code' } },
    enrolments: [],
    results: [{ assessment: 'maths-2026', value: { column: 'points' } }],
  })
  const report = await importsFile('school,code,points\n1,010110-20001,77\n', { mapping: onlyResults })
  expect(report).toMatchObject({
    state: 'merged',
    counts: { results: { added: 1 }, learners: { unchanged: 1 } },
  })
  expect(await rows('select value from records.result')).toEqual([{ value: 77 }])
  const unknown = await importsFile('school,code,points\n1,x,77\n8,010110-20001,78\n', {
    mapping: onlyResults,
  })
  expect(unknown.refusalList.map(({ line: at, column, rule, value }) => [at, column, rule, value])).toEqual([
    [2, 'code', 'learner.unknown', null],
    [3, 'school', 'institution.unknown', '8'],
  ])
})

test('regions stand between municipalities and the state', async () => {
  const { imports, rows } = await newIntake()
  const mapping = mappingOf({
    region: {
      code: { column: 'class' },
      name: { lv: { template: 'Reģions {class}' }, en: { template: 'Region {class}' } },
    },
  })
  expect((await imports([line({ class: 'R' })], { mapping })).state).toBe('merged')
  expect(
    await rows(`select t.kind, v.code, p.code as parent from registry.territory_version v
                  join registry.territory t using (territory_id)
                  left join registry.territory_version p on p.territory_id = v.parent_id order by t.territory_id`),
  ).toEqual([
    { kind: 'state', code: 'LV', parent: null },
    { kind: 'region', code: 'R', parent: 'LV' },
    { kind: 'municipality', code: 'A', parent: 'R' },
  ])
})

test('windows-1257 with semicolons, decimal commas, dotted days and carriage returns is read as declared', async () => {
  const { importsFile, rows } = await newIntake()
  const mapping = mappingOf({
    file: {
      columns: ['pašvaldība', 'skola', 'kods', 'punkti', 'no'],
      delimiter: ';',
      encoding: 'windows-1257',
    },
    municipality: {
      code: { column: 'pašvaldība' },
      name: { lv: { column: 'pašvaldība' }, en: { column: 'pašvaldība' } },
    },
    institution: { code: { column: 'skola' }, name: { lv: { column: 'skola' }, en: { column: 'skola' } } },
    learner: { code: { column: 'kods' }, sex: { constant: 'unknown' } },
    enrolments: [
      { schoolYear: { constant: 2026 }, grade: { constant: 9 }, from: { column: 'no', days: 'DD.MM.YYYY' } },
    ],
    results: [{ assessment: 'maths-2026', value: { column: 'punkti', decimal: 'comma' } }],
  })
  const text = 'pašvaldība;skola;kods;punkti;no\r\nŽagare;Ķekava;1;49,5;01.10.2025.\r\n'
  const codes: Record<string, number> = { š: 0xf0, ī: 0xee, ē: 0xe7, Ž: 0xde, Ķ: 0xcd }
  const bytes = Buffer.from([...text].map((letter) => codes[letter] ?? letter.charCodeAt(0)))
  expect(await importsFile(bytes, { mapping })).toMatchObject({ state: 'merged', refusalList: [] })
  expect(
    await rows(`select v.name_lv, e.valid, r.value from registry.enrolment e
                  join registry.institution_version v using (institution_id) join records.result r using (learner_id)`),
  ).toEqual([{ name_lv: 'Ķekava', valid: '[2025-10-01,2026-09-01)', value: 49.5 }])
  const asUtf8 = await importsFile(text, { mapping })
  expect(asUtf8).toMatchObject({ state: 'refused' })
})

test('one database is about one kind of data and one state', async () => {
  const { imports } = await newIntake()
  await imports([line()])
  await expect(imports([line()], { mapping: mappingOf({ dataKind: 'real' }) })).rejects.toMatchObject({
    code: 'database.other_kind',
    words: { lv: expect.stringContaining('izdomāti'), en: expect.stringContaining('real data') },
  })
  const state = { code: 'EE', name: { lv: 'I', en: 'E' }, genitive: 'I', locative: 'I' }
  await expect(imports([line()], { mapping: mappingOf({ state }) })).rejects.toMatchObject({
    code: 'state.other',
  })
})

test('real data are refused where the database runs under an account that others use', async () => {
  const { db, imports, rows } = await newIntake()
  const embedded = { account: 'nobody' } as NonNullable<typeof db.embedded>
  const real = mappingOf({ dataKind: 'real' })
  await expect(imports([line()], { db: { ...db, embedded }, mapping: real })).rejects.toMatchObject({
    code: 'database.not_for_real_data',
  })
  expect(await rows('select count(*)::int as n from intake.import')).toEqual([{ n: 0 }])
})

test('a refused file does not decide what kind of data the database holds', async () => {
  const { imports } = await newIntake()
  expect((await imports([line({ points: 'x' })])).state).toBe('refused')
  expect((await imports([line()], { mapping: mappingOf({ dataKind: 'real' }) })).state).toBe('merged')
})

test('a round or scale is never described anew under its results', async () => {
  const { imports, rows } = await newIntake()
  await imports([line()])
  const scales = [{ code: 'points', name: { lv: 'Punkti', en: 'Points' }, minimum: 0, maximum: 50 }]
  await expect(imports([line()], { mapping: mappingOf({ scales }) })).rejects.toMatchObject({
    code: 'assessment.differs',
    detail: { code: 'points', differs: 'minimum, maximum' },
  })
  expect(await rows('select state, failure from intake.import order by import_id desc limit 1')).toEqual([
    { state: 'refused', failure: 'assessment.differs' },
  ])
  expect(await rows('select maximum from records.scale')).toEqual([{ maximum: 100 }])
})

test('the report can be read again by the steward', async () => {
  const { imports, db } = await newIntake()
  const report = await imports([line(), line({ code: '2', points: 101 })])
  const { seconds, rowsPerSecond, ...kept } = report
  expect(seconds).toBeGreaterThan(0)
  expect(rowsPerSecond).toBeGreaterThan(0)
  expect(await asJob(db, (tx) => importByUuid(tx, report.id))).toEqual(kept)
})
