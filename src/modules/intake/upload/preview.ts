import type { Sealer } from '#modules/registry/index.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { Rows } from '../mapping/rows.ts'
import { type Content, fileContent } from '../read/content.ts'
import { FileFault } from '../read/file-fault.ts'
import { placeColumns } from '../read/header.ts'
import { type Format, readRows } from '../read/read.ts'
import { Refusals } from '../report/refusals.ts'
import { ruleWords } from '../rules.ts'
import { type ShownField, shownFields } from './preview-fields.ts'
import { PREVIEWED, type PreviewCell, type PreviewTable } from './preview-model.ts'

const LONGEST = 80 // characters of a value that are shown
const PERSONAL_CODE = /\d{6}-?\d{5}/

/** Enough was read. */
class Enough extends Error {}

/** How the lines of a file are looked at, once its header is known. */
export interface Previewed {
  fields: readonly ShownField[]
  /** column of the file → place in the row */
  columns: ReadonlyMap<string, number>
  refusals: Refusals
  /** Reads a line as an import does; what is wrong with it goes to `refusals`. */
  add: (row: readonly string[], line: number) => void
}

/**
 * The first lines of a file as an import through the mapping will read them: the same reader, the same rules, of the beginning of the
 * file only. Codes and names of people are never told.
 *
 * @throws  ImportProblem when a constant of the mapping does not fit
 */
export function previewFile(
  file: string,
  name: string,
  mapping: Mapping,
  sealer: Sealer,
): Promise<PreviewTable> {
  return previewRows({
    content: fileContent(file, name, 0),
    format: mapping.file,
    most: PREVIEWED,
    begin(names) {
      const columns = placeColumns(names, mapping.file.columns)
      const refusals = new Refusals()
      const rows = new Rows(mapping, columns, sealer, refusals)
      return {
        refusals,
        columns,
        fields: shownFields(mapping, columns),
        add: (row, line) => rows.add(row, line),
      }
    },
  })
}

/** The first lines of a file, as far as it can be read. */
export async function previewRows(given: {
  content: Content
  format: Format
  most: number
  begin: (names: readonly string[]) => Previewed
}): Promise<PreviewTable> {
  const { content, format, most, begin } = given
  const seen: { row: readonly string[]; line: number }[] = []
  let fault: PreviewTable['fault'] = null
  let begun: Previewed | undefined
  try {
    await readRows({
      content,
      format,
      onHeader: (names) => {
        begun = begin(names)
      },
      onRow(row, line) {
        if (seen.length === most) throw new Enough()
        seen.push({ row: [...row], line })
        begun!.add(row, line)
      },
      onPiece: async () => {},
    })
  } catch (error) {
    if (error instanceof FileFault) {
      const { rule, line, detail } = error
      fault = { rule, line, message: ruleWords(rule, detail) }
    } else if (!(error instanceof Enough)) throw error
  }
  return {
    file: content.name,
    fault,
    fields: (begun?.fields ?? []).map(({ path, label, columns, secret }) => ({
      path,
      label,
      columns: [...columns],
      secret,
    })),
    lines: begun ? seen.map(({ row, line }) => shownLine(row, line, begun!)) : [],
  }
}

function shownLine(row: readonly string[], line: number, { fields, columns, refusals }: Previewed) {
  const here = refusals.list().filter((each) => each.line === line)
  const isWhole = row.length === columns.size
  const cells = fields.map((field): PreviewCell => {
    const refusal = here.find(({ column }) => column !== null && field.columns.includes(column))
    const isTold = isWhole && !field.secret
    return {
      raw: isTold ? rawOf(field.columns.map((each) => row[columns.get(each)!]!)) : null,
      value: isTold && !refusal ? masked(field.tell(row)) : null,
      refusal: refusal ? { rule: refusal.rule, message: refusal.message } : null,
    }
  })
  const told = new Set(cells.flatMap(({ refusal }) => (refusal ? [refusal.rule] : [])))
  const others = here.filter(({ column, rule }) => column === null || !told.has(rule))
  return { line, cells, refusals: others.map(({ rule, message }) => ({ rule, message })) }
}

function rawOf(values: readonly string[]): string | null {
  return values.length === 0 ? null : masked(values.join(' · '))
}

/** A personal code that has slipped into a column where nobody expects one is not shown either. */
function masked(value: string | null): string | null {
  if (value === null || PERSONAL_CODE.test(value)) return null
  return value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value
}
