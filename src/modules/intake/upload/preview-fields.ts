import type { Words } from '#terms/locale.ts'
import { Sex } from '#terms/sex.ts'
import { type Mapping, Source } from '../mapping/mapping.ts'
import { type Field, field, type Wanted } from '../read/fields.ts'
import { day, dayText, integer, type Kind, month, monthBefore, number, oneOf, text } from '../read/values.ts'
import { fieldLabel } from './preview-labels.ts'

/** A field of a mapping, and how its value is told. */
export interface ShownField {
  path: string
  label: Words
  columns: readonly string[]
  secret: boolean
  /** what a row says, in words; null when nothing or nothing that will do */
  tell: (row: readonly string[]) => string | null
}

/**
 * Every field that a mapping reads from the file, in the order of the mapping. Only to be looked at: what is refused is decided by
 * the reading itself.
 *
 * @param columns  column name → place in the row
 */
export function shownFields(mapping: Mapping, columns: ReadonlyMap<string, number>): ShownField[] {
  const { region, municipality, institution, learner, enrolments, results } = mapping
  return [
    ...fieldsOf('region', region),
    ...fieldsOf('municipality', municipality),
    ...fieldsOf('institution', institution),
    ...fieldsOf('learner', learner),
    ...enrolments.flatMap((each, at) => fieldsOf(`enrolments[${at}]`, each)),
    ...results.flatMap((each, at) => fieldsOf(`results[${at}]`, { value: each.value, status: each.status })),
  ].map(({ path, source }) => shown(path, source, columns))
}

type AnySource = Source | { column: string; monthsBefore: string }

function fieldsOf(path: string, part: object | undefined): { path: string; source: AnySource }[] {
  return Object.entries(part ?? {}).flatMap(([key, each]) => {
    const at = `${path}.${key}`
    if (typeof each !== 'object' || each === null) return []
    if (isSource(each)) return [{ path: at, source: each }]
    return 'lv' in each ? fieldsOf(at, each) : []
  })
}

function isSource(part: object): part is AnySource {
  return 'monthsBefore' in part || Source.safeParse(part).success
}

function shown(path: string, source: AnySource, columns: ReadonlyMap<string, number>): ShownField {
  const secret = path === 'learner.code' || path === 'learner.name'
  const kind = 'monthsBefore' in source ? monthBefore(source.monthsBefore) : kindOf(path)
  const wanted: Wanted<string | number> = { kind, path, optional: true, secret }
  const read: Field<string | number> = field(
    'monthsBefore' in source ? { column: source.column } : source,
    wanted,
    columns,
  )
  const isDay = 'monthsBefore' in source || /\.(from|to|since|birthMonth)$/.test(path)
  return {
    path,
    label: fieldLabel(path),
    columns: read.columns,
    secret,
    tell(row) {
      const value = read.read(row, () => {})
      if (value === null || value === undefined) return null
      if (isDay && typeof value === 'number')
        return path === 'learner.birthMonth' ? dayText(value).slice(0, 7) : dayText(value)
      return String(value)
    },
  }
}

/** What kind of value stands at a path of the mapping. */
function kindOf(path: string): Kind<string | number> {
  const key = path.split('.').at(-1)!
  if (path === 'learner.sex') return oneOf(Sex.options)
  if (path === 'learner.birthMonth')
    return (raw, limits) => (limits.days || raw.length > 7 ? day(raw, limits) : month(raw, limits))
  if (key === 'schoolYear') return integer(1990, 2100)
  if (key === 'grade') return integer(0, 13)
  if (key === 'from' || key === 'to' || key === 'since') return day
  return key === 'value' ? number(-1e9, 1e9) : text(200)
}
