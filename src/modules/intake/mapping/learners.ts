import type { CopyRows } from '#db/copy.ts'
import type { Sealer, stagedLearner } from '#modules/registry/index.ts'
import { Sex } from '#terms/sex.ts'
import { always, type Field, field, type Refuse } from '../read/fields.ts'
import { monthOrDay } from '../read/kinds.ts'
import { monthBefore, oneOf, text } from '../read/values.ts'
import { CodeTable } from './code-table.ts'
import type { Mapping, Source } from './mapping.ts'

/** Learners who are remembered: more than the country has had in education for ten years, and some 70 MB. */
const REMEMBERED = 1_000_000

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
  readonly #known: CodeTable
  #from: number // number of the first who is remembered
  #remembered = new CodeTable()
  #last = { code: '', said: '', no: -1 }

  /** Whether a learner may have been staged more than once. */
  mayRepeat = false

  /**
   * @param most   how many are remembered at once
   * @param known  those a file before this one described: they keep their numbers and are not staged again
   */
  constructor(
    { learner, previous }: { learner: Mapping['learner']; previous?: Source },
    columns: ReadonlyMap<string, number>,
    sealer: Sealer,
    to: CopyRows<(typeof stagedLearner)['columns']>,
    { most = REMEMBERED, known = nobody }: { most?: number | undefined; known?: CodeTable | undefined } = {},
  ) {
    this.#most = most
    this.#known = known
    this.#from = known.size
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
    const described = this.#known.find(code)
    if (described >= 0) return described
    const known = this.#remembered.find(code)
    if (known >= 0 && this.#remembered.said(known) === said) return this.#from + known
    const { sex, birthMonth, name } = this.#read(row, refuse)
    if (sex === undefined || birthMonth === undefined || name === undefined) return undefined
    if (known >= 0) return this.#isSame(row, known, refuse) ? this.#from + known : undefined
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
    const raw = this.#remembered.said(known).split(SEPARATOR)
    this.#columns.forEach((column, at) => {
      earlier[column] = raw[at]!
    })
    const now = this.#read(row, refuse)
    const then = this.#read(earlier, refuse)
    const attribute = (['sex', 'birthMonth', 'name'] as const).find((each) => now[each] !== then[each])
    if (!attribute) return true
    const otherLine = this.#remembered.line(known)
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
    if (this.#remembered.size >= this.#most) this.#forget()
    // One of those who are known may have had this code before.
    if (this.#known.size > 0) this.mayRepeat = true
    const no = this.#from + this.#remembered.add(code, said, line)
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
    this.#from += this.#remembered.size
    this.#remembered = new CodeTable()
    this.mayRepeat = true
  }

  /** Everybody with their numbers, for the files after this one; undefined where some were forgotten. */
  get all(): CodeTable | undefined {
    return this.mayRepeat || this.#known.size > 0 ? undefined : this.#remembered
  }
}

const nobody = new CodeTable()

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
