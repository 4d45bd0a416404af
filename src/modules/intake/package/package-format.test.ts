import { expect, test } from 'vitest'
import { country, newPackages } from '#test/intake-package.ts'

const { imports, rows } = await newPackages()
await imports({ territories: country.territories })

/** The few letters of these tests as windows-1257 has them. */
const baltic: Record<string, number> = {
  ā: 0xe2,
  ē: 0xe7,
  ī: 0xee,
  ļ: 0xef,
  š: 0xf0,
  ž: 0xfe,
  Ķ: 0xcd,
  '–': 0x96,
}
const inBaltic = (text: string) =>
  Buffer.from([...text].map((letter) => baltic[letter] ?? letter.charCodeAt(0)))

const names = () =>
  rows<{ name: string }>(
    `select name_lv as name from registry.founder_version where superseded_by is null order by founder_version_id`,
  )
const last = async () => (await names()).at(-1)!.name

const header = 'founder_id,kind,name_lv,name_en'

test('UTF-8 with and without a byte order mark', async () => {
  await imports({ founders: Buffer.from(`${header}\nB1,private,Ķīšu žļāē,A\n`) })
  expect(await last()).toBe('Ķīšu žļāē')
  await imports({ founders: Buffer.from(`\uFEFF${header}\nB2,private,Ķīša,A\n`) })
  expect(await last()).toBe('Ķīša')
})

test('windows-1257 where the manifest says so, and a refusal where it does not', async () => {
  const founders = inBaltic(`${header}\nB3,private,Ķīšu – žļāē,A\n`)
  await imports({ founders }, { format: { encoding: 'windows-1257' } })
  expect(await last()).toBe('Ķīšu – žļāē')
  expect(await imports({ founders })).toMatchObject({
    state: 'refused',
    failure: 'file.encoding',
    refusalList: [{ line: 2, rule: 'file.encoding' }],
  })
  const utf8 = Buffer.from(`${header}\nB4,private,Ķīša,A\n`)
  expect(await imports({ founders: utf8 }, { format: { encoding: 'windows-1257' } })).toMatchObject({
    failure: 'file.encoding',
  })
})

test('semicolons, decimal commas and days as people write them', async () => {
  await imports({ institutions: country.institutions, founders: country.founders, staff: country.staff })
  const sites = ['site_id;reg_number;atvk;lat;lon;since', 'S1;4501;0038000;56,8533;26,2171;01.09.2020']
  const format = { delimiter: ';', decimal: 'comma', days: 'DD.MM.YYYY' }
  const report = await imports({ delivery_sites: sites }, { format })
  expect(report.refusalList).toEqual([])
  expect(await rows('select lat, lon, valid::text from registry.site_version')).toEqual([
    { lat: 56.8533, lon: 26.2171, valid: '[2020-09-01,)' },
  ])
  const learners = ['learner_uid;sex;birth_month', 'L1;female;2010-01', 'L2;male;17.02.2010']
  expect(await imports({ learners }, { format })).toMatchObject({ state: 'merged' })
  expect(
    await rows(
      'select birth_month from registry.learner_version where superseded_by is null order by birth_month',
    ),
  ).toEqual([{ birth_month: '2010-01-01' }, { birth_month: '2010-02-01' }])
  const points = ['site_id;reg_number;atvk;lat', 'S2;4501;0038000;56.85']
  expect(await imports({ delivery_sites: points }, { format })).toMatchObject({
    refusalList: [{ line: 2, column: 'lat', rule: 'value.not_a_number', detail: { decimal: 'comma' } }],
  })
})

test('tabs and bars, line ends of every kind, quotes with delimiters inside', async () => {
  const tabs = header.replaceAll(',', '\t')
  await imports(
    { founders: Buffer.from(`${tabs}\r\nB5\tprivate\tAr, komatu\tA\r\n`) },
    { format: { delimiter: '\t' } },
  )
  expect(await last()).toBe('Ar, komatu')
  const bars = header.replaceAll(',', '|')
  await imports(
    {
      founders: Buffer.from(
        `${bars}\rB6|private|Ar "pēdiņām"|A\r`.replace('Ar "pēdiņām"', '"Ar ""pēdiņām"""'),
      ),
    },
    { format: { delimiter: '|' } },
  )
  expect(await last()).toBe('Ar "pēdiņām"')
  await imports({ founders: Buffer.from(`${header}\nB7,private,"SIA ""Viens, divi""",A`) })
  expect(await last()).toBe('SIA "Viens, divi"')
})

test('a line break inside quotes is refused where a name cannot have one, and lines after it keep their number', async () => {
  const founders = Buffer.from(`${header}\nB8,private,"Viens\ndivi",A\nB9,wrong,Trīs,A\n`)
  expect((await imports({ founders })).refusalList).toMatchObject([
    { line: 3, column: 'name_lv', rule: 'value.control_characters' },
    { line: 4, column: 'kind', rule: 'value.not_allowed' },
  ])
})

test('columns come in any order, and spaces around values are not theirs', async () => {
  await imports({ founders: ['name_en,kind, founder_id ,name_lv', 'A, private ,B10,  Desmit  '] })
  expect(await last()).toBe('Desmit')
})

test('a file with a header and no lines says that there are none', async () => {
  expect(await imports({ founders: [header] })).toMatchObject({ state: 'unchanged', rowsRead: 0 })
  expect(await imports({ employments: country.employments })).toMatchObject({ state: 'merged' })
  const none = await imports({ employments: [country.employments[0]!] }, { complete: ['employments'] })
  // It names no school, so it speaks for none.
  expect(none.counts.employments).toMatchObject({ withdrawn: 0 })
})
