import { expect, test } from 'vitest'
import { newIntake } from '#test/intake.ts'
import { line } from '#test/intake-file.ts'
import { importReportText } from './report.ts'

const { imports } = await newIntake()

test('the report says in the language asked for what was taken over', async () => {
  const report = { ...(await imports([line(), line({ code: '2' })])), seconds: 1.25, rowsPerSecond: 1234.5 }
  expect(importReportText(report, 'en').split('\n')).toEqual([
    'Imported.',
    '',
    `File: ${report.file} (SHA-256 ${report.sha256})`,
    'Rows: 2',
    'Time: 1.3 s (1,234.5 rows a second)',
    '',
    '              read  added  changed  withdrawn  unchanged  refused',
    'Territories      2      2        0          0          0        0',
    'Institutions     1      1        0          0          0        0',
    'Learners         2      2        0          0          0        0',
    'Enrolments       2      2        0          0          0        0',
    'Results          2      2        0          0          0        0',
  ])
  expect(importReportText(report, 'lv')).toMatch(
    /^Importēts\.[\s\S]*Laiks: 1,3 s \(1234,5 rindas sekundē\)[\s\S]*Skolēni/,
  )
})

test('the report of a refused file names line, column, value and rule, and what to do', async () => {
  const report = await imports([line({ points: '1,5' }).replace('1,5', '"1,5"'), 'A,B'])
  expect(importReportText(report, 'en')).toContain(
    'line 2, column points, value "1,5" [value.not_a_number]\n  This is not a number. Write digits, with a decimal point.',
  )
  expect(importReportText(report, 'lv')).toContain(
    'rinda 3 [row.column_count]\n  Rindā ir 2 vērtības, jābūt 12. Pārbaudiet atdalītājus un pēdiņas.',
  )
  expect(importReportText(report, 'lv')).toMatch(/^Fails noraidīts\. Nekas no tā nav pārņemts\./)
})

test('of many refusals the first are printed, and all are counted', async () => {
  const report = await imports(Array.from({ length: 30 }, (_, at) => line({ code: at, points: 'x' })))
  const text = importReportText(report, 'lv')
  expect(text.match(/\[value\.not_a_number\]/g)).toHaveLength(20)
  expect(text).toContain('Pavisam noraidījumu: 30.')
})
