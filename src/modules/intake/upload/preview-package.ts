import type { EntityDefinition } from '#db/entity.ts'
import { contract } from '../package/contract.ts'
import { LineReader, type ReadColumn, readColumns } from '../package/entity-rows.ts'
import { openPackage } from '../package/package-source.ts'
import { placeKnown } from '../read/header.ts'
import { kindOf } from '../read/kinds.ts'
import { dayText } from '../read/values.ts'
import { Refusals } from '../report/refusals.ts'
import { type Previewed, previewRows } from './preview.ts'
import { PREVIEWED, type PreviewTable } from './preview-model.ts'

const ONE_OF_MANY = 5 // lines shown of each file of a package

/**
 * The first lines of every file of a package as an import will read them, line by line: whether what they refer to is known only the
 * import itself can tell.
 *
 * @throws  ImportProblem when it is no package
 */
export async function previewPackage(path: string, name: string): Promise<PreviewTable[]> {
  const source = await openPackage(path, { name })
  try {
    const tables: PreviewTable[] = []
    for (const entity of contract) {
      const content = source.files.get(`${entity.name}.csv`)
      if (!content) continue
      const { format } = source.manifest
      tables.push(
        await previewRows({
          content,
          format,
          most: source.files.size > 1 ? ONE_OF_MANY : PREVIEWED,
          begin: (names) => beginEntity(entity, names, format),
        }),
      )
    }
    return tables
  } finally {
    source.close()
  }
}

function beginEntity(
  entity: EntityDefinition,
  names: readonly string[],
  format: Parameters<typeof readColumns>[2],
): Previewed {
  const columns = Object.entries(entity.columns)
  const places = placeKnown(names, {
    required: columns.filter(([, { isOptional }]) => !isOptional).map(([column]) => column),
    known: columns.map(([column]) => column),
  })
  const kinds = new Map(columns.map(([column, { schema }]) => [column, kindOf(schema)]))
  const refusals = new Refusals()
  const read = readColumns(entity, places, format, kinds)
  const reader = new LineReader(entity, read, { places, refusals })
  const present = read.filter((each) => places.has(each.name))
  return {
    refusals,
    columns: places,
    add: (row, line) => void reader.values(row, line),
    fields: present.map((each) => {
      const { words, isSecret = false } = entity.columns[each.name]!
      return {
        path: each.name,
        label: words,
        columns: [each.name],
        secret: isSecret,
        tell: (row) => told(each, row),
      }
    }),
  }
}

function told({ field, staged }: ReadColumn, row: readonly string[]): string | null {
  const value = field.read(row, () => {})
  if (value === null || value === undefined) return null
  return staged === 'date' && typeof value === 'number' ? dayText(value) : String(value)
}
