import { type Entity, LISTED, type Refusal } from '../model.ts'
import { type Detail, type Rule, ruleWords } from '../rules.ts'

const LONGEST = 80 // characters of a value

/** A Latvian personal code that has slipped into a column where nobody expects one must not be repeated. */
const PERSONAL_CODE = /\d{6}[- ]?\d{5}/

/** Nor may what looks like a first and a last name: in a file whose columns have shifted it stands anywhere. */
const NAME_OF_PERSON = /^\p{Lu}\p{Ll}+(?:[ -]+\p{Lu}\p{Ll}+)+$/u

/** The refusals of one file: the first thousand in the order of lines, all of them counted. */
export class Refusals {
  #listed: Refusal[] = []
  #line: number | null = null
  #inLine = new Set<string>()
  total = 0
  lines = 0
  byEntity: Partial<Record<Entity, number>> = {}

  /** Lines come in ascending order from the reader; the checks over all rows come afterwards, see `addFound`. */
  add(
    entity: Entity | null,
    refusal: {
      line: number | null
      column: string | null
      rule: Rule
      value: string | null
      detail?: Detail
    },
  ) {
    const { line, column, rule, value, detail = {} } = refusal
    if (line !== this.#line) {
      this.#line = line
      this.#inLine.clear()
      this.lines += 1
    }
    // One value may be needed for several fields; it is refused once.
    const what = `${column} ${rule}`
    if (this.#inLine.has(what)) return
    this.#inLine.add(what)
    this.total += 1
    if (entity) this.byEntity[entity] = (this.byEntity[entity] ?? 0) + 1

    if (this.#listed.length >= LISTED) return
    this.#listed.push({ line, column, rule, value: shown(value), ...told(rule, detail) })
  }

  /** Takes over what a check over all rows found: the list is cut already, `total` is not. */
  addFound(
    entity: Entity,
    found: readonly {
      line: number
      column: string | null
      rule: string
      value: string | null
      detail: Detail
    }[],
    total: number,
  ) {
    this.total += total
    this.lines += total
    this.byEntity[entity] = (this.byEntity[entity] ?? 0) + total
    this.#listed.push(
      ...found.map((each) => ({
        ...each,
        value: shown(each.value),
        ...told(each.rule, each.detail),
      })),
    )
  }

  /** In the order of lines. */
  list(): Refusal[] {
    return this.#listed.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, LISTED)
  }
}

/** The sentence of a rule and what it is made of; words of the file that may be of a person are left out of both. */
function told(rule: string, detail: Detail) {
  const kept = Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'string' ? (shown(value) ?? '•••') : value,
    ]),
  ) as Detail
  return { detail: kept, message: ruleWords(rule, kept) }
}

function shown(value: string | null): string | null {
  if (value === null || PERSONAL_CODE.test(value) || NAME_OF_PERSON.test(value)) return null
  return value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value
}
