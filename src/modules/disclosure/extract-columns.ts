/** A column of an extract: everybody may know it of a person (quasi), or nobody should (sensitive). There is no third kind. */
export interface ExtractColumn {
  readonly name: string
  readonly role: 'quasi' | 'sensitive'
  /** one value per row */
  readonly values: readonly string[]
  /** quasi: each makes a value coarser than the one before, from the value as it is; the last may join all */
  readonly coarser?: readonly ((value: string) => string)[]
  /** sensitive: values are numbers, and near ones are alike */
  readonly ordered?: boolean
}

/** Rows as a request hands them over: one a person. */
export interface ExtractSource {
  /** who each row is about; never written out */
  readonly persons: readonly string[]
  readonly columns: readonly ExtractColumn[]
}

/** @throws RangeError if columns differ in length or name, or a person has several rows: then rows that look alike may be one */
export function requireSource({ persons, columns }: ExtractSource): void {
  if (persons.length === 0 || columns.every(({ role }) => role !== 'quasi')) {
    throw new RangeError('an extract requires rows and a column that others may know')
  }
  if (columns.some(({ values }) => values.length !== persons.length)) {
    throw new RangeError('an extract requires columns with one value per row')
  }
  if (new Set(columns.map(({ name }) => name)).size < columns.length) {
    throw new RangeError('an extract requires columns with different names')
  }
  if (new Set(persons).size < persons.length) {
    throw new RangeError(
      'an extract requires one row a person: put what is told of several times side by side',
    )
  }
}

/** The same value, the same whole number; in order of the numbers where the column has one. */
export function codesOf(values: readonly string[], ordered = false): Int32Array {
  const numbers = new Map<string, number>()
  const codes = new Int32Array(values.length)
  values.forEach((value, at) => {
    let code = numbers.get(value)
    if (code === undefined) {
      code = numbers.size
      numbers.set(value, code)
    }
    codes[at] = code
  })
  if (!ordered) return codes
  const ascending = [...numbers.keys()].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
  const place = new Int32Array(numbers.size)
  ascending.forEach((value, at) => {
    place[numbers.get(value)!] = at
  })
  return codes.map((code) => place[code]!)
}

/**
 * A quasi-identifier at one level: 0 as it is, 1 the first coarser form, …
 *
 * @throws  RangeError if there is no such level
 */
export function atLevel({ name, values, coarser = [] }: ExtractColumn, level: number): readonly string[] {
  if (level === 0) return values
  const make = coarser[level - 1]
  if (!make) throw new RangeError(`an extract requires levels that its columns have: ${name}`)
  const made = new Map<string, string>()
  return values.map((value) => {
    let own = made.get(value)
    if (own === undefined) {
      own = make(value)
      made.set(value, own)
    }
    return own
  })
}
