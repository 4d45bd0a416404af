import type { Words } from '#terms/locale.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import type { CheckedExtract, ExtractDemand, Failing, RiskReport } from './extract.ts'
import { type ExtractFile, PSEUDONYM } from './extract-files.ts'

/** A file of an extract as the codebook tells it. */
export interface CodebookFile {
  url: string
  title: Words
  schoolYear: SchoolYear
  /** why there is no such file; null: it is there */
  refused: readonly Failing[] | 'linkage' | null
  rows: number
  leftOut: number
  columns: {
    name: string
    title: Words
    datatype: string
    role: string
    level: number
    levelTitle: Words | null
  }[]
  risk: RiskReport['risk'] | null
  k: number | null
}

const datatypes = { text: 'string', whole: 'integer', number: 'double' } as const

/** What is written down of one file. */
export function bookOfFile(
  file: ExtractFile,
  schoolYear: SchoolYear,
  became:
    | { refused: readonly Failing[] | 'linkage' }
    | { extract: CheckedExtract; levels: Readonly<Record<string, number>> },
): CodebookFile {
  const about = { url: file.name, title: file.label, schoolYear }
  if ('refused' in became) {
    return { ...about, refused: became.refused, rows: 0, leftOut: 0, columns: [], risk: null, k: null }
  }
  const { extract, levels } = became
  const described = extract.header.map((name): CodebookFile['columns'][number] => {
    if (name === 'pseudonym') {
      return { name, title: PSEUDONYM, datatype: 'string', role: 'key', level: 0, levelTitle: null }
    }
    const column = file.columns.find((each) => each.name === name)!
    const level = levels[name] ?? 0
    const datatype = column.role === 'quasi' ? 'string' : datatypes[column.type]
    const levelTitle = level === 0 ? null : column.levels![level - 1]!
    return { name, title: column.label, datatype, role: column.role, level, levelTitle }
  })
  const { rows, k, risk } = extract.report
  return { ...about, refused: null, rows, leftOut: extract.leftOut, columns: described, risk, k }
}

/** The codebook: a table group of CSV on the Web, with what protects the people in it. */
export function codebookOf(
  { uuid, purpose }: { uuid: string; purpose: string },
  demand: ExtractDemand,
  files: readonly CodebookFile[],
) {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    '@id': `urn:uuid:${uuid}`,
    'ikms:purpose': purpose,
    'ikms:demand': demand,
    tables: files.map((file) => ({
      url: file.url,
      'dc:title': file.title,
      'ikms:schoolYear': file.schoolYear,
      'ikms:refused': file.refused,
      'ikms:rows': file.rows,
      'ikms:leftOut': file.leftOut,
      'ikms:k': file.k,
      'ikms:risk': file.risk,
      tableSchema: {
        primaryKey: 'pseudonym',
        columns: file.columns.map(({ name, title, datatype, role, level, levelTitle }) => ({
          name,
          titles: title,
          datatype,
          'ikms:role': role,
          'ikms:level': level,
          'ikms:levelTitle': levelTitle,
        })),
      },
    })),
  }
}
