import { type Source, templateColumns } from '../mapping/mapping.ts'
import { type Detail, ImportProblem, type Rule } from '../rules.ts'
import { Fault, isInvisible, type Kind, type Limits, ownCopy } from './values.ts'

/** Takes note of a refusal in the line at hand. */
export type Refuse = (rule: Rule, column: string | null, value: string | null, detail?: Detail) => void

/**
 * One field of an entity, ready to be read from a row.
 * `read` gives the value, null when there is none, undefined when it was refused.
 */
export type Field<T> = {
  /** Where it is read from; null when it is a constant or made of several. */
  column: string | null
  columns: readonly string[]
  read(row: readonly string[], refuse: Refuse): T | null | undefined
}

export type Wanted<T> = {
  kind: Kind<T>
  /** Path in the mapping, for the refusal of a constant that does not fit. */
  path: string
  /** An empty value is allowed whatever the mapping says. */
  optional?: boolean
  /** Part of an identity: its value is never shown or kept. */
  secret?: boolean
}

/** Values that come again and again (days, grades, classes) are checked once. */
const REMEMBERED = 4096

/**
 * @param columns  column name → place in the row
 * @throws         ImportProblem when a constant is not what the field wants
 */
export function field<T>(source: Source, wanted: Wanted<T>, columns: ReadonlyMap<string, number>): Field<T> {
  if ('constant' in source) return constant(String(source.constant), wanted)
  if ('template' in source) return template(source.template, wanted, columns)
  return column(source, wanted, columns)
}

/** A field the mapping leaves out: always the same value. */
export function always<T>(value: T | null): Field<T> {
  return { column: null, columns: [], read: () => value }
}

function constant<T>(raw: string, { kind, path }: Wanted<T>): Field<T> {
  const value = kind(raw, {})
  if (value instanceof Fault) {
    throw new ImportProblem('mapping.invalid', {
      fields: `${path}: "${raw}" is refused by the rule ${value.rule}`,
    })
  }
  return always(value)
}

function template<T>(words: string, wanted: Wanted<T>, columns: ReadonlyMap<string, number>): Field<T> {
  const names = templateColumns(words)
  const places = names.map((name) => columns.get(name)!)
  const between = words.split(/\{[^{}]+\}/)
  return {
    column: names.length === 1 ? names[0]! : null,
    columns: names,
    read(row, refuse) {
      const parts = places.map((place) => row[place]!.trim())
      const empty = parts.indexOf('')
      if (empty >= 0) return refused(refuse, new Fault('value.empty'), names[empty]!, '', wanted.secret)
      const made = between.reduce((whole, piece, at) => whole + parts[at - 1]! + piece)
      return checked(made, {}, wanted, names[0]!, refuse)
    },
  }
}

function column<T>(
  source: Limits & { column: string },
  wanted: Wanted<T>,
  columns: ReadonlyMap<string, number>,
): Field<T> {
  const name = source.column
  const place = columns.get(name)!
  const optional = wanted.optional || source.optional
  const remembered = new Map<string, T | null>()
  const remember = (raw: string, value: T | null | undefined) => {
    if (value === undefined || wanted.secret) return value
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(ownCopy(raw), value)
    return value
  }
  return {
    column: name,
    columns: [name],
    read(row, refuse) {
      const found = row[place]!
      const known = remembered.get(found)
      if (known !== undefined) return known
      const raw = translated(found.trim(), source)
      if (raw instanceof Fault) return refused(refuse, raw, name, found, wanted.secret)
      if (raw === '') {
        return optional
          ? remember(found, null)
          : refused(refuse, new Fault('value.empty'), name, '', wanted.secret)
      }
      return remember(found, checked(raw, source, wanted, name, refuse, found))
    },
  }
}

/** What we write for what the file writes. */
function translated(raw: string, { values }: Limits): string | Fault {
  if (!values || raw === '') return raw
  if (!Object.hasOwn(values, raw)) {
    return new Fault('value.not_allowed', { allowed: Object.keys(values).slice(0, 12).join(', ') })
  }
  return String(values[raw] ?? '')
}

function checked<T>(
  raw: string,
  limits: Limits,
  wanted: Wanted<T>,
  name: string,
  refuse: Refuse,
  found = raw,
): T | undefined {
  const value = isInvisible(raw) ? new Fault('value.control_characters') : wanted.kind(raw, limits)
  return value instanceof Fault ? refused(refuse, value, name, found, wanted.secret) : value
}

function refused(refuse: Refuse, fault: Fault, name: string, value: string, secret = false): undefined {
  refuse(fault.rule, name, secret ? null : value, fault.detail)
}
