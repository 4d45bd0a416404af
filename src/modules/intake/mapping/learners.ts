import type { CopyRows } from '#db/copy.ts'
import type { Sealer, stagedLearner } from '#modules/registry/index.ts'
import { Sex } from '#terms/sex.ts'
import { always, type Field, field, type Refuse } from '../read/fields.ts'
import { monthOrDay } from '../read/kinds.ts'
import { monthBefore, oneOf, ownCopy, text } from '../read/values.ts'
import type { Mapping, Source } from './mapping.ts'

/** Learners who are remembered: more than the country has in general education, and some 50 MB. */
const REMEMBERED = 300_000

/** Between raw values that are remembered together. */
const SEPARATOR = '\u001F'

/**
 * The learners of the file. A code is hashed and sealed once, not once a line; where a file has very many learners in no
 * order, one may be staged under several numbers, and the merge finds them by their hash.
 */
export class Learners {
  readonly #code: Field<string>
  readonly #attributes: { sex: Field<Sex>; birthMonth: Field<number>; name: Field<string> }
  readonly #previous: Field<string>
  readonly #isDescribed: boolean
  readonly #columns: readonly number[]
  readonly #sealer: Sealer
  readonly #to: CopyRows<(typeof stagedLearner)['columns']>
  readonly #most: number
  readonly #numbers = new Map<string, number>()
  #from = 0 // number of the first who is remembered
  #said: string[] = [] // raw attributes of those who are remembered
  #lines: number[] = []
  #last = { code: '', said: '', no: -1 }

  /** Whether a learner may have been staged more than once. */
  mayRepeat = false

  constructor(
    { learner, previous }: { learner: Mapping['learner']; previous?: Source },
    columns: ReadonlyMap<string, number>,
    sealer: Sealer,
    to: CopyRows<(typeof stagedLearner)['columns']>,
    most = REMEMBERED,
  ) {
    this.#most = most
    this.#sealer = sealer
    this.#to = to
    const { code, name, sex, birthMonth } = learner
    this.#code = field(code, { kind: text(50), path: 'learner.code', secret: true }, columns)
    this.#attributes = {
      sex: sex ? field(sex, { kind: oneOf(Sex.options), path: 'learner.sex' }, columns) : always<Sex>(null),
      birthMonth: birthMonth ? birthMonthField(birthMonth, columns) : always<number>(null),
      name: name
        ? field(name, { kind: text(200), path: 'learner.name', optional: true, secret: true }, columns)
        : always<string>(null),
    }
    this.#isDescribed = sex !== undefined
    this.#previous = previous
      ? field(previous, { kind: text(50), path: 'learner.previous', optional: true, secret: true }, columns)
      : always<string>(null)
    const names = Object.values(this.#attributes).flatMap((each) => each.columns)
    this.#columns = names.map((each) => columns.get(each)!)
  }

  /** Number of the learner a row speaks of; undefined when something about the learner was refused. */
  read(row: readonly string[], line: number, refuse: Refuse): number | undefined {
    const code = this.#code.read(row, refuse)
    if (code === undefined || code === null) return undefined
    let said = ''
    for (const column of this.#columns) said += row[column]! + SEPARATOR
    if (code === this.#last.code && said === this.#last.said) return this.#last.no
    const no = this.#find(row, line, refuse, code, said)
    if (no !== undefined) this.#last = { code, said, no }
    return no
  }

  #find(
    row: readonly string[],
    line: number,
    refuse: Refuse,
    code: string,
    said: string,
  ): number | undefined {
    const known = this.#numbers.get(code)
    const before = known === undefined ? undefined : this.#said[known - this.#from]
    if (before === said) return known
    const { sex, birthMonth, name } = this.#read(row, refuse)
    if (sex === undefined || birthMonth === undefined || name === undefined) return undefined
    if (known !== undefined) return this.#isSame(row, known, refuse) ? known : undefined
    const previous = this.#previous.read(row, refuse)
    if (previous === undefined) return undefined
    return this.#stage(line, code, said, { sex, birthMonth, name, previous })
  }

  #read(row: readonly string[], refuse: Refuse) {
    const { sex, birthMonth, name } = this.#attributes
    return {
      sex: sex.read(row, refuse),
      birthMonth: birthMonth.read(row, refuse),
      name: name.read(row, refuse),
    }
  }

  /** Whether two rows mean the same, though they do not write it the same. */
  #isSame(row: readonly string[], known: number, refuse: Refuse): boolean {
    const earlier: string[] = []
    const raw = this.#said[known - this.#from]!.split(SEPARATOR)
    this.#columns.forEach((column, at) => {
      earlier[column] = raw[at]!
    })
    const now = this.#read(row, refuse)
    const then = this.#read(earlier, refuse)
    const attribute = (['sex', 'birthMonth', 'name'] as const).find((each) => now[each] !== then[each])
    if (!attribute) return true
    const otherLine = this.#lines[known - this.#from]!
    refuse('learner.conflict', this.#attributes[attribute].column, null, { attribute, otherLine })
    return false
  }

  #stage(
    line: number,
    code: string,
    said: string,
    {
      sex,
      birthMonth,
      name,
      previous,
    }: { sex: Sex | null; birthMonth: number | null; name: string | null; previous: string | null },
  ): number {
    if (this.#numbers.size >= this.#most) this.#forget()
    const no = this.#from + this.#said.length
    this.#numbers.set(ownCopy(code), no)
    this.#said.push(ownCopy(said))
    this.#lines.push(line)
    const { hashCode, hashName, seal } = this.#sealer
    const named = name !== null
    this.#to.add([
      no,
      line,
      hashCode(code),
      this.#isDescribed ? seal('code', code) : null, // who is only referred to is sealed already
      named ? seal('name', name) : null,
      named ? hashName(code, name) : null,
      sex,
      birthMonth,
      previous === null ? null : hashCode(previous),
    ])
    return no
  }

  #forget() {
    this.#from += this.#said.length
    this.#numbers.clear()
    this.#said = []
    this.#lines = []
    this.mayRepeat = true
  }
}

function birthMonthField(
  source: NonNullable<Mapping['learner']['birthMonth']>,
  columns: ReadonlyMap<string, number>,
): Field<number> {
  const path = 'learner.birthMonth'
  if ('monthsBefore' in source) {
    const kind = monthBefore(source.monthsBefore)
    return field({ column: source.column }, { kind, path, optional: true }, columns)
  }
  return field(source, { kind: monthOrDay, path, optional: true }, columns)
}
