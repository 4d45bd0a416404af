import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newIntake } from '#test/intake.ts'
import { mappingOf } from '#test/intake-file.ts'
import { ImportProblem } from '../rules.ts'
import { loadMapping, parseMapping } from './load-mapping.ts'

/** What a mapping with a fault is refused for. */
function refusal(parts: object): string {
  try {
    mappingOf(parts)
  } catch (error) {
    if (error instanceof ImportProblem) return `${error.code} ${error.detail.fields}`
  }
  return 'accepted'
}

test.each([
  ['an unknown part', { pupils: {} }, /Unrecognized key: "pupils"/],
  ['an unknown kind of data', { dataKind: 'test' }, /^mapping.invalid dataKind: /],
  [
    'a column the file does not have',
    { learner: { code: { column: 'id' } } },
    /learner\.code: expected a column of file\.columns, got "id"/,
  ],
  ['a template of such a column', { learner: { code: { template: 'x{id}' } } }, /learner\.code: .* got "id"/],
  [
    'a template without a column',
    { learner: { code: { template: 'x' } } },
    /learner\.code\.template: expected words with a column in braces/,
  ],
  [
    'a field that is a bare word',
    { learner: { code: 'code' } },
    /learner\.code: expected \{ "column": … \}, \{ "constant"/,
  ],
  [
    'a column named twice',
    { file: { columns: ['code', 'code'] } },
    /file\.columns: expected every column once/,
  ],
  [
    'a result without a round',
    { results: [{ assessment: 'x', value: { column: 'points' } }] },
    /results\[0\]\.assessment: .* got "x"/,
  ],
  ['a round without a scale', { scales: [] }, /assessments\[0\]\.scale: .* got "points"/],
  [
    'a scale upside down',
    { scales: [{ code: 'points', name: { lv: 'P', en: 'P' }, minimum: 9, maximum: 1 }] },
    /scales\[0\]\.maximum: expected more/,
  ],
  [
    'nothing to import',
    { enrolments: [], results: [] },
    /enrolments: expected at least one enrolment or result/,
  ],
  [
    'an institution in no municipality',
    { municipality: undefined },
    /municipality: expected the municipality/,
  ],
  [
    'a progress measured from a later round',
    {
      assessments: [
        {
          code: 'a',
          subject: 'a',
          name: { lv: 'A', en: 'A' },
          schoolYear: 2026,
          scale: 'points',
          startsFrom: 'b',
        },
      ],
    },
    /assessments\[0\]\.startsFrom/,
  ],
])('%s is refused with the path of the field and what is expected there', (_, parts, words) => {
  expect(refusal(parts)).toMatch(words)
})

test('a constant that does not fit its field is refused before anything is read', async () => {
  const { imports, rows } = await newIntake()
  const enrolments = [{ schoolYear: { constant: 2026 }, grade: { constant: 'nine' } }]
  await expect(imports([], { mapping: mappingOf({ enrolments }) })).rejects.toMatchObject({
    code: 'mapping.invalid',
    detail: { fields: expect.stringContaining('enrolments[0].grade: "nine"') },
  })
  expect(await rows('select count(*)::int as n from intake.import')).toEqual([{ n: 0 }])
})

test('a mapping takes over what it does not say itself from the one it extends', async () => {
  const mapping = await loadMapping('samples/chem97.mapping.json')
  expect(mapping).toMatchObject({ name: 'chem97', dataKind: 'reference', state: { code: 'DEMO' } })
  expect(mapping.results).toHaveLength(2)
})

test('a mapping that is missing, no JSON or extends itself is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ikms-mapping-'))
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const code = (path: string) => loadMapping(path).catch((error: ImportProblem) => error.code)
  expect(await code(join(folder, 'none.json'))).toBe('mapping.missing')
  expect(await code(write('text.json', 'name: x'))).toBe('mapping.not_json')
  expect(await code(write('list.json', '[]'))).toBe('mapping.not_json')
  write('b.json', '{ "extends": "a.json" }')
  expect(await code(write('a.json', '{ "extends": "b.json" }'))).toBe('mapping.circular')
  expect(await code(write('c.json', '{ "extends": "d.json" }'))).toBe('mapping.missing')
  expect(await code(write('e.json', '{}'))).toBe('mapping.invalid')
})

test('a mapping kept with an import reads back as the same mapping', () => {
  const mapping = mappingOf()
  expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping)
})
