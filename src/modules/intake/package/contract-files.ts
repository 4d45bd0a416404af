import { z } from 'zod'
import type { EntityColumn, EntityDefinition } from '#db/entity.ts'
import { type ListShape, listShape } from '#db/entity-lists.ts'
import { Month } from '#db/entity-values.ts'
import { contract } from './contract.ts'

/** The contract for whoever writes packages: CSVW metadata for programs, a table for people. Both come from the declarations. */
export function contractFiles(): { 'csvw.json': string; 'contract.md': string } {
  return { 'csvw.json': `${JSON.stringify(csvw(), null, 2)}\n`, 'contract.md': contractTable() }
}

/** Metadata of all files as W3C “Metadata Vocabulary for Tabular Data” (https://www.w3.org/TR/tabular-metadata/). */
function csvw() {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    dialect: { encoding: 'utf-8', delimiter: ',', header: true },
    tables: contract.map((entity) => ({
      url: `${entity.name}.csv`,
      'dc:title': both(entity.words),
      tableSchema: {
        columns: Object.entries(entity.columns).map(([name, column]) => describeColumn(name, column)),
        ...(hasPrimaryKey(entity) && { primaryKey: [...entity.key] }),
        ...foreignKeys(entity),
      },
    })),
  }
}

/** Things that may come in several lines, one for each description over time, have no key of one line. */
function hasPrimaryKey({ destination }: EntityDefinition): boolean {
  return destination.as !== 'versions' || destination.since === undefined
}

function foreignKeys(entity: EntityDefinition) {
  const keys = Object.entries(entity.columns).flatMap(([name, { refersTo, isList }]) => {
    const target = contract.find((each) => each.name === refersTo)
    if (!target || isList || target.key.length !== 1) return []
    return [
      {
        columnReference: [name],
        reference: { resource: `${target.name}.csv`, columnReference: [...target.key] },
      },
    ]
  })
  return keys.length > 0 ? { foreignKeys: keys } : {}
}

function describeColumn(name: string, column: EntityColumn) {
  return {
    name,
    titles: [name],
    'dc:description': both(column.words),
    datatype: datatype(column.schema),
    required: !column.isOptional,
    ...((column.isList || listShape(column.schema)) && { separator: ' ' }),
  }
}

const both = ({ lv, en }: { lv: string; en: string }) => [
  { '@value': lv, '@language': 'lv' },
  { '@value': en, '@language': 'en' },
]

/** The CSVW datatype of a zod schema. */
function datatype(schema: z.ZodType): string | Record<string, string | number> {
  if (schema === Month) return 'gYearMonth'
  if (schema instanceof z.ZodISODate) return { base: 'date', format: 'yyyy-MM-dd' }
  if (schema instanceof z.ZodBoolean) return { base: 'boolean', format: 'true|false' }
  if (schema instanceof z.ZodEnum) return { base: 'string', format: schema.options.join('|') }
  if (schema instanceof z.ZodNumber) {
    const [minimum, maximum] = [schema.minValue, schema.maxValue]
    return {
      base: isWhole(schema) ? 'integer' : 'decimal',
      ...(isLimit(minimum) && { minimum }),
      ...(isLimit(maximum) && { maximum }),
    }
  }
  if (schema instanceof z.ZodString) {
    const [minLength, maxLength] = [schema.minLength, schema.maxLength]
    return {
      base: 'string',
      ...(minLength !== null && { minLength }),
      ...(maxLength !== null && { maxLength }),
    }
  }
  throw new TypeError(`no CSVW datatype for ${schema.def.type}`)
}

const isWhole = ({ format }: z.ZodNumber) => format === 'safeint'

const isLimit = (limit: number | null): limit is number =>
  limit !== null && Number.isFinite(limit) && Math.abs(limit) < Number.MAX_SAFE_INTEGER

/** One table per entity, for docs/import.md. */
export function contractTable(): string {
  return contract.map(tableOf).join('\n')
}

function tableOf(entity: EntityDefinition): string {
  const rows = Object.entries(entity.columns).map(([name, column]) => [
    `\`${name}\`${column.isOptional ? '?' : ''}`,
    values(column),
    [column.words.en, ...(column.isSecret ? ['identity: sealed, never shown'] : [])].join('; '),
  ])
  const heads = ['column', 'value', 'meaning']
  const all = [heads, heads.map(() => '---'), ...rows]
  const lines = all.map((cells) => `| ${cells.join(' | ')} |`)
  return `### ${entity.name}.csv\n\n${entity.words.en} · ${entity.words.lv}. Key: ${entity.key.map((key) => `\`${key}\``).join(', ')}.\n\n${lines.join('\n')}\n`
}

function listWords({ pattern, length, numbers }: ListShape): string {
  const { lowest, highest, type } = numbers[0]!
  const kind = `${type === 'smallint' ? 'whole numbers' : 'numbers'} ${lowest} to ${highest}`
  const dash = numbers.some(({ isOptional }) => isOptional) ? ', - where missing' : ''
  return `${length ?? 'list'} of \`${pattern}\`: ${kind}${dash}, one space between`
}

/** What a value is, in words. */
function values({ schema, refersTo, isList, ofKind }: EntityColumn): string {
  if (refersTo) return `${isList ? 'keys' : 'key'} of ${refersTo}${ofKind ? ` (${ofKind})` : ''}`
  if (isList) return 'codes with spaces between them'
  const shape = listShape(schema)
  if (shape) return listWords(shape)
  if (schema === Month) return 'YYYY-MM'
  if (schema instanceof z.ZodISODate) return 'day'
  if (schema instanceof z.ZodBoolean) return 'true, false'
  if (schema instanceof z.ZodEnum) return schema.options.join(', ')
  if (schema instanceof z.ZodNumber) {
    const [minimum, maximum] = [schema.minValue, schema.maxValue]
    const kind = isWhole(schema) ? 'whole number' : 'number'
    return isLimit(minimum) && isLimit(maximum) ? `${kind}, ${minimum} to ${maximum}` : kind
  }
  const { minLength, maxLength } = schema as z.ZodString
  if (minLength !== null && minLength === maxLength) return `text, ${maxLength} characters`
  return maxLength === null ? 'text' : `text, at most ${maxLength} characters`
}
