import {
  type AttackReport,
  attack,
  type Finding,
  type LinkedTables,
  type ProgrammeSolver,
  singletons,
  suppress,
} from '#stats/disclosure/index.ts'

/** Times a pattern that the attack has broken is mended before the release is refused. */
const MENDINGS = 12

/** What is asked of one linked system. Arrays per cell of the tables. */
export interface Demand {
  readonly tables: LinkedTables
  /** must be hidden and stay uncertain between value − lower and value + upper */
  readonly primary: Uint8Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** hidden for other reasons; its number is no secret, but nobody is told it */
  readonly untold: Uint8Array
  /** told elsewhere, so that it can be hidden no more */
  readonly fixed: Uint8Array
  /** of the fixed ones, those that an earlier release told */
  readonly earlier: Uint8Array
  /** cells that are hidden or told together, by number; −1: alone */
  readonly together: Int32Array
  /** cells behind which one person stands, who knows that number; left out: those with the number 1 */
  readonly alone?: Uint8Array
}

/** Everything that is needed to attack: the solver, and what earlier attacks found out. */
export interface Attacker {
  readonly solver: ProgrammeSolver
  readonly kept: Map<string, Finding>
}

export interface Guarded {
  /** per cell: 0 told, otherwise hidden */
  readonly hidden: Uint8Array
  readonly attack: AttackReport
  /** tables that were constructed with the pattern, and that the attack has checked */
  readonly shown: number
  /** primary cells that were told before or follow from what was told before: nothing protects them any more */
  readonly alreadyTold: number
}

/** The attack found out more than it may, and hiding more did not help. Names cells, never their numbers. */
export class ReleaseRefused extends Error {
  readonly keys: readonly string[]
  constructor(keys: readonly string[]) {
    super(`the attack narrows ${keys.length} hidden counts too far, first ${keys.slice(0, 3).join('; ')}`)
    this.name = 'ReleaseRefused'
    this.keys = keys
  }
}

/**
 * Hides what must be hidden and as much else as it takes, then attacks. What the attack breaks is mended by hiding the
 * cheapest numbers around and trying again. What only a person who is alone in a hidden cell finds out is prevented where
 * that is possible, and otherwise reported: somebody who alone is different in a school knows of all the others that they
 * are not.
 *
 * @throws  ReleaseRefused where it cannot be mended
 */
export function guard(demand: Demand, attacker: Attacker): Guarded {
  const { tables, lower, upper, fixed, together } = demand
  const alone = demand.alone ?? singletons(tables)
  const primary = demand.primary.map((mark, cell) => (mark && !fixed[cell] ? 1 : 0))
  const untold = demand.untold.map((mark, cell) => (mark && !fixed[cell] ? 1 : 0))
  let alreadyTold = demand.primary.filter((mark, cell) => mark && fixed[cell]).length
  for (let mending = 0; ; ) {
    const protection = protectionOf(primary, lower, upper)
    const start = primary.map((mark, cell) => (mark || untold[cell] ? 1 : 0))
    const { solver } = attacker
    const pattern = suppress(tables, start, { ...protection, fixed, together, alone, solver })
    // what is merely untold is not asked to stay uncertain
    const hidden = pattern.hidden.map((mark, cell) => (mark === 1 && !primary[cell] ? 2 : mark))
    const found = attack(tables, hidden, { ...protection, ...attacker, alone, shown: pattern.shown })
    const leaking = publicLeaks(tables, found)
    if (leaking.length === 0) {
      return { hidden, attack: found, shown: pattern.shown.groupStart.length - 1, alreadyTold }
    }
    const lost = alreadyKnown(demand, leaking, attacker)
    for (const cell of lost) {
      primary[cell] = 0
      untold[cell] = 1
    }
    alreadyTold += lost.length
    if (lost.length > 0) continue
    const more = leaking.flatMap((cell) => cheapestAround(tables, hidden, fixed, cell))
    if (mending++ === MENDINGS || more.length === 0) {
      throw new ReleaseRefused(leaking.map((cell) => tables.keys[cell]!))
    }
    for (const cell of more) untold[cell] = 1
  }
}

/** Cells that everybody can narrow too far. */
function publicLeaks({ keys }: LinkedTables, { leaks }: AttackReport): number[] {
  const open = new Set(leaks.flatMap(({ key, insider }) => (insider === null ? [key] : [])))
  return open.size === 0 ? [] : keys.flatMap((key, cell) => (open.has(key) ? [cell] : []))
}

/**
 * Those of the leaking cells that follow from what was told earlier, whatever is hidden now. Nothing protects them any
 * more; to refuse every later release for their sake would protect nobody.
 */
function alreadyKnown(
  { tables, lower, upper, earlier }: Demand,
  leaking: readonly number[],
  { solver }: Attacker,
): number[] {
  if (!earlier.some((mark) => mark)) return []
  const primary = new Uint8Array(earlier.length)
  for (const cell of leaking) primary[cell] = 1
  const hidden = earlier.map((mark, cell) => (mark ? 0 : primary[cell] ? 1 : 2))
  return publicLeaks(tables, attack(tables, hidden, { ...protectionOf(primary, lower, upper), solver }))
}

/** What is asked of primary cells; nothing of the others. */
function protectionOf(primary: Uint8Array, lower: Float64Array, upper: Float64Array) {
  const of = (amounts: Float64Array) => amounts.map((amount, cell) => (primary[cell] ? amount : 0))
  return { lower: of(lower), upper: of(upper) }
}

/**
 * In every total around a cell, the smallest number that is still told and may be hidden. Where there is none, everything beside it is
 * hidden already: then the same is asked around the hidden ones, one step further each time.
 */
function cheapestAround(
  { values, cellStart, cellFact, factStart, factCell }: LinkedTables,
  hidden: Uint8Array,
  fixed: Uint8Array,
  cell: number,
): number[] {
  const seen = new Set([cell])
  let ring = [cell]
  while (ring.length > 0) {
    const found: number[] = []
    const next: number[] = []
    for (const here of ring) {
      for (let at = cellStart[here]!; at < cellStart[here + 1]!; at++) {
        const fact = cellFact[at]!
        let best = -1
        for (let i = factStart[fact]!; i < factStart[fact + 1]!; i++) {
          const other = factCell[i]!
          if (hidden[other] && !seen.has(other)) {
            seen.add(other)
            next.push(other)
          }
          if (hidden[other] || fixed[other] || values[other] === 0) continue
          if (best < 0 || values[other]! < values[best]!) best = other
        }
        if (best >= 0) found.push(best)
      }
    }
    if (found.length > 0) return found
    ring = next
  }
  return []
}
