import type { CopyRows } from '#db/copy.ts'
import type { Sealer, stagedLearner } from '#modules/registry/index.ts'
import { Sex } from '#terms/sex.ts'
import { always, type Field, field, type Refuse } from './fields.ts'
import type { Mapping } from './mapping.ts'
import { day, dayText, type Kind, month, monthBefore, oneOf, text } from './values.ts'

/** Learners whose attributes are remembered: enough for a file sorted by learner, school or year, and some 30 MB. */
const REMEMBERED = 100_000

type Known = {
  no: number
  line: number
  said: string
  sex: Sex | null
  birthMonth: number | null
  name: string | null
}

/**
 * The learners of the file. A code is hashed and sealed once, not once a line; where the file is long and in no order a
 * learner may be staged under several numbers, and the merge finds them by their hash.
 */
export class Learners {
  readonly #columns: readonly number[]
  readonly #code: Field<string>
  readonly #name: Field<string>
  readonly #sex: Field<Sex>
  readonly #birthMonth: Field<number>
  readonly #sealer: Sealer
  readonly #to: CopyRows<(typeof stagedLearner)['columns']>
  readonly #remembered = new Map<string, Known>()
  #staged = 0

  /** Whether a learner may have been staged more than once. */
  mayRepeat = false

  constructor(
    { learner }: Mapping,
    columns: ReadonlyMap<string, number>,
    sealer: Sealer,
    to: CopyRows<(typeof stagedLearner)['columns']>,
  ) {
    this.#sealer = sealer
    this.#to = to
    const { code, name, sex, birthMonth } = learner
    this.#code = field(code, { kind: text(50), path: 'learner.code', secret: true }, columns)
    this.#name = name
      ? field(name, { kind: text(200), path: 'learner.name', optional: true, secret: true }, columns)
      : always<string>(null)
    this.#sex = sex
      ? field(sex, { kind: oneOf(Sex.options), path: 'learner.sex' }, columns)
      : always<Sex>(null)
    this.#birthMonth = birthMonth ? birthMonthField(birthMonth, columns) : always<number>(null)
    const attributes = [this.#name, this.#sex, this.#birthMonth].flatMap((each) => each.columns)
    this.#columns = attributes.map((each) => columns.get(each)!)
  }

  /** How many were staged, those under several numbers more than once. */
  get count() {
    return this.#staged
  }

  /** Number of the learner a row speaks of; undefined when something about the learner was refused. */
  read(row: readonly string[], line: number, refuse: Refuse): number | undefined {
    const code = this.#code.read(row, refuse)
    if (code === undefined || code === null) return undefined
    let said = ''
    for (const column of this.#columns) said += `${row[column]}\u001F`
    const known = this.#remembered.get(code)
    if (known?.said === said) return known.no
    const name = this.#name.read(row, refuse)
    const sex = this.#sex.read(row, refuse)
    const birthMonth = this.#birthMonth.read(row, refuse)
    if (name === undefined || sex === undefined || birthMonth === undefined) return undefined
    if (known) return this.#same(known, { name, sex, birthMonth }, refuse) ? known.no : undefined
    const no = this.#stage(line, code, name, sex, birthMonth)
    this.#remember(code, { no, line, said, sex, birthMonth, name })
    return no
  }

  #same(known: Known, now: Pick<Known, 'name' | 'sex' | 'birthMonth'>, refuse: Refuse): boolean {
    const attribute = (['sex', 'birthMonth', 'name'] as const).find((each) => known[each] !== now[each])
    if (!attribute) return true
    const column = { sex: this.#sex, birthMonth: this.#birthMonth, name: this.#name }[attribute].column
    refuse('learner.conflict', column, null, { attribute, otherLine: known.line })
    return false
  }

  #stage(
    line: number,
    code: string,
    name: string | null,
    sex: Sex | null,
    birthMonth: number | null,
  ): number {
    const { hashCode, hashName, seal } = this.#sealer
    const no = this.#staged++
    this.#to.add([
      no,
      line,
      hashCode(code),
      seal('code', code),
      name === null ? null : seal('name', name),
      name === null ? null : hashName(code, name),
      sex,
      birthMonth,
    ])
    return no
  }

  #remember(code: string, known: Known) {
    if (this.#remembered.size >= REMEMBERED) {
      this.#remembered.clear()
      this.mayRepeat = true
    }
    this.#remembered.set(code, known)
  }
}

function birthMonthField(
  source: NonNullable<Mapping['learner']['birthMonth']>,
  columns: ReadonlyMap<string, number>,
): Field<number> {
  const path = 'learner.birthMonth'
  if ('monthsBefore' in source) {
    return field(
      { column: source.column },
      { kind: monthBefore(source.monthsBefore), path, optional: true },
      columns,
    )
  }
  return field(source, { kind: monthOrDay, path, optional: true }, columns)
}

/** A birth day is kept as its month only. */
const monthOrDay: Kind<number> = (raw, limits) => {
  if (limits.days === undefined && raw.length <= 7) return month(raw, limits)
  const found = day(raw, limits)
  return typeof found === 'number' ? month(dayText(found).slice(0, 7), {}) : found
}
