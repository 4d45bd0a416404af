import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { storedColumns } from '#db/entity-staged.ts'
import { Month } from '#db/entity-values.ts'
import { newPackages } from '#test/intake-package.ts'
import { Entity } from '../model.ts'
import { kindOf } from '../read/kinds.ts'
import { Fault } from '../read/values.ts'
import { contract } from './contract.ts'
import { contractFiles, contractTable } from './contract-files.ts'

const { rows } = await newPackages()

const guide = readFileSync('docs/import.md', 'utf8')

test('the guide shows the contract as it is declared', () => {
  const shown = guide.split('<!-- contract -->\n')[1]!.split('<!-- /contract -->')[0]!
  // Tables are laid out by hand or by machine; what they say is the same.
  const bare = (text: string) =>
    text
      .replace(/ *\| */g, '|')
      .replace(/-{3,}/g, '---')
      .trim()
  expect(bare(shown)).toBe(bare(contractTable()))
})

test('every entity of a report has its file in the contract, and the other way round', () => {
  expect(contract.map(({ name }) => name).toSorted()).toEqual([...Entity.options].toSorted())
})

test('what is declared is there: tables and columns of the bank', async () => {
  const there = new Set(
    (
      await rows<{ name: string }>(
        `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
          where table_schema in ('registry', 'records')`,
      )
    ).map(({ name }) => name),
  )
  const declared = contract.flatMap(({ columns, destination, usedBy = [] }) => {
    const uses = usedBy.map(({ table, column }) => `${table}.${column}`)
    if (destination.as === 'own') return uses
    const stored = Object.entries(columns).flatMap(([name, column]) => storedColumns(name, column))
    return [...uses, ...stored.map((column) => `${destination.table}.${column}`)]
  })
  expect(declared.filter((name) => !there.has(name))).toEqual([])
})

test('every reference is to an entity of the contract, and codes that refer come after what they refer to', () => {
  contract.forEach(({ name, columns }, at) => {
    for (const { refersTo } of Object.values(columns)) {
      if (refersTo === undefined) continue
      const target = contract.findIndex((each) => each.name === refersTo)
      expect(target, `${name} → ${refersTo}`).toBeGreaterThanOrEqual(0)
      expect(target, `${name} → ${refersTo}`).toBeLessThanOrEqual(at)
    }
  })
})

test('the CSVW metadata name every file and column, what must be there and what refers to what', () => {
  const { tables } = JSON.parse(contractFiles()['csvw.json'])
  expect(tables.map(({ url }: { url: string }) => url)).toEqual(contract.map(({ name }) => `${name}.csv`))
  const classes = tables.find(({ url }: { url: string }) => url === 'class_groups.csv').tableSchema
  expect(classes.primaryKey).toEqual(['class_id'])
  expect(classes.columns.find(({ name }: { name: string }) => name === 'grade')).toMatchObject({
    datatype: { base: 'integer', minimum: 0, maximum: 13 },
    required: true,
  })
  expect(classes.foreignKeys).toContainEqual({
    columnReference: ['reg_number'],
    reference: { resource: 'institutions.csv', columnReference: ['reg_number'] },
  })
  for (const { tableSchema } of tables) {
    for (const { datatype, 'dc:description': words } of tableSchema.columns) {
      expect(datatype).toBeTruthy()
      expect(words.map((each: { '@language': string }) => each['@language'])).toEqual(['lv', 'en'])
    }
  }
})

/** What the zod schema of a column says of a text: the value it holds, or nothing. */
function asZod(schema: z.ZodType, text: string): boolean {
  if (schema instanceof z.ZodNumber) {
    const shape = schema.format === 'safeint' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d{1,15})?$/
    return shape.test(text) && schema.safeParse(Number(text)).success
  }
  if (schema instanceof z.ZodBoolean) return text === 'true' || text === 'false'
  return schema.safeParse(text).success
}

describe('values are read as their zod schema says', () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.integer({ min: -10, max: 2200 }).map(String),
    fc.double({ min: -400, max: 400, noNaN: true }).map((value) => value.toFixed(3)),
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    fc.constantFrom(
      'true',
      'false',
      'female',
      'state',
      'full_time',
      '2026-02-30',
      '2026-13-01',
      '01.09.2026',
      '1e3',
      '31011011',
      'a-b',
      'music:7/8/-',
      'music:7/8/11',
      'music:7 music:8',
      'p-1:70.5 p-2:3',
      'physics-al:210/-',
      '1 2 3 4 5 6 7 8 9 10',
      '1 2  3',
      '- 4.5',
    ),
    fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  )
  const all = contract.flatMap(({ name, columns }) =>
    Object.entries(columns).map(([column, { schema }]) => [`${name}.${column}`, schema] as const),
  )
  test.each(all.filter(([, schema]) => schema !== Month))('%s', (_, schema) => {
    const { kind } = kindOf(schema)
    fc.assert(
      fc.property(texts, (written) => {
        const text = written.trim().normalize('NFC')
        // A value is trimmed, not empty and visible before its kind is asked; years beyond 1900–2199 are no days of ours.
        fc.pre(text !== '' && !/^(0\d|1[0-8]|2[2-9]|[3-9]\d)\d\d-/.test(text))
        const isRight = !(kind(text, {}) instanceof Fault)
        expect(isRight, text).toBe(asZod(schema, text))
      }),
      { numRuns: 60 },
    )
  })
})
