import type { Sealer } from '#modules/registry/index.ts'
import { fileContent } from './content.ts'
import { FileFault } from './file-fault.ts'
import { placeColumns } from './header.ts'
import type { Mapping } from './mapping.ts'
import { shownFields } from './preview-fields.ts'
import { fieldLabel } from './preview-labels.ts'
import { PREVIEWED, type PreviewCell, type PreviewTable } from './preview-model.ts'
import { readRows } from './read.ts'
import { Refusals } from './refusals.ts'
import { Rows } from './rows.ts'
import { ruleWords } from './rules.ts'

const LONGEST = 80 // characters of a value that are shown
const PERSONAL_CODE = /\d{6}-?\d{5}/

/** Enough was read. */
class Enough extends Error {}

/**
 * The first lines of a file as an import through the mapping will read them: the same reader, the same rules, of the beginning of the
 * file only. Codes and names of people are never told.
 *
 * @throws  ImportProblem when a constant of the mapping does not fit
 */
export async function previewFile(
  file: string,
  name: string,
  mapping: Mapping,
  sealer: Sealer,
): Promise<PreviewTable> {
  const table: PreviewTable = { file: name, fault: null, fields: [], lines: [] }
  const refusals = new Refusals()
  const seen: { row: readonly string[]; line: number }[] = []
  let columns = new Map<string, number>()
  let rows: Rows | undefined
  try {
    await readRows({
      content: fileContent(file, name, 0),
      format: mapping.file,
      onHeader(names) {
        columns = placeColumns(names, mapping.file.columns)
        rows = new Rows(mapping, columns, sealer, refusals)
      },
      onRow(row, line) {
        if (seen.length === PREVIEWED) throw new Enough()
        seen.push({ row: [...row], line })
        rows!.add(row, line)
      },
      onPiece: async () => {},
    })
  } catch (error) {
    if (error instanceof FileFault) {
      const { rule, line, detail } = error
      table.fault = { rule, line, message: ruleWords(rule, detail) }
    } else if (!(error instanceof Enough)) throw error
  }
  if (!rows) return table
  const fields = shownFields(mapping, columns)
  const refused = refusals.list()
  table.fields = fields.map(({ path, columns: of, secret }) => ({
    path,
    label: fieldLabel(path),
    columns: [...of],
    secret,
  }))
  table.lines = seen.map(({ row, line }) => {
    const here = refused.filter((each) => each.line === line)
    const isWhole = row.length === columns.size
    const cells = fields.map((field): PreviewCell => {
      const refusal = here.find(({ column }) => column !== null && field.columns.includes(column))
      return {
        raw: field.secret || !isWhole ? null : rawOf(field.columns.map((each) => row[columns.get(each)!]!)),
        value: field.secret || refusal || !isWhole ? null : masked(field.tell(row)),
        refusal: refusal ? { rule: refusal.rule, message: refusal.message } : null,
      }
    })
    const told = new Set(cells.flatMap(({ refusal }) => (refusal ? [refusal.rule] : [])))
    const others = here.filter(({ column, rule }) => column === null || !told.has(rule))
    return { line, cells, refusals: others.map(({ rule, message }) => ({ rule, message })) }
  })
  return table
}

function rawOf(values: readonly string[]): string | null {
  return values.length === 0 ? null : masked(values.join(' · '))
}

/** A personal code that has slipped into a column where nobody expects one is not shown either. */
function masked(value: string | null): string | null {
  if (value === null || PERSONAL_CODE.test(value)) return null
  return value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value
}
