import { type Batch, type File, type Row, Rows } from '../contract.ts'
import type { Plan, Size } from '../size.ts'
import { mixed } from '../words/people.ts'

/** What a check looks at, as `#modules/checks` tells it. */
export type Subject = 'institution' | 'site' | 'class' | 'learner' | 'staff'

/** What becomes of a row: itself, another one, several, or none. */
export type Handler<F extends File> = (row: Row<F>) => Row<F> | readonly Row<F>[]
export type Handlers = { readonly [F in File]?: Handler<F> }

/** Faults of a kind that are planted: about people and classes, and about institutions, of which a small country has few. */
const EACH = 22
const EACH_OF_INSTITUTIONS: Record<Size, number> = { small: 1, demo: 3, country: 21 }

/** Keeps what was planted, and says what is still wanted. */
export class Ledger {
  readonly size: Size
  private readonly counts = new Map<string, number>()
  private readonly touched = new Set<string>()
  private readonly rows: Row<'planted_errors'>[] = []

  constructor({ size }: Plan) {
    this.size = size
  }

  /** Of some checks one that wants another fault, in turn; null: none. */
  wanted<Check extends string>(checks: readonly Check[], subject: Subject): Check | null {
    const enough = subject === 'institution' || subject === 'site' ? EACH_OF_INSTITUTIONS[this.size] : EACH
    let best: Check | null = null
    for (const check of checks) {
      const own = this.count(check)
      if (own < enough && (best === null || own < this.count(best))) best = check
    }
    return best
  }

  count(check: string): number {
    return this.counts.get(check) ?? 0
  }

  /** A fault. One thing has one; what follows from it is noted as `follows`. */
  plant(check: string, subject: Subject, reg: unknown, key: unknown, follows: readonly string[] = []): void {
    for (const each of [check, ...follows]) {
      this.reserve(each)
      this.keep(each, subject, reg, key)
    }
  }

  /** A fault of a record beside the thing it is about, which may have another one: neither hides the other. */
  plantBeside(check: string, subject: Subject, reg: unknown, key: unknown): void {
    this.reserve(check)
    this.rows.push({ check, subject, reg_number: String(reg), key: String(key) })
  }

  /** A fault is going to be planted: it counts, and is told by `keep` once its key is known. */
  reserve(check: string): void {
    this.counts.set(check, this.count(check) + 1)
  }

  keep(check: string, subject: Subject, reg: unknown, key: unknown): void {
    this.touched.add(`${subject} ${key}`)
    this.rows.push({ check, subject, reg_number: String(reg), key: String(key) })
  }

  isTouched(subject: Subject, key: unknown): boolean {
    return this.touched.has(`${subject} ${key}`)
  }

  *truths(): Generator<Batch> {
    const rows = new Rows('planted_errors')
    for (const row of this.rows) rows.add(row)
    yield* rows.rest()
  }
}

/** Whether something is among the few that are looked at, one in `of`; always the same. */
export function isPicked(key: unknown, of: number): boolean {
  let hash = 17
  for (const letter of String(key)) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0
  return mixed(hash, 11) % of === 0
}
