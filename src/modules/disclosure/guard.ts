import {
  type AttackReport,
  attack,
  type Bounds,
  componentBounds,
  components,
  type Finding,
  type LinkedTables,
  needsOf,
  type ProgrammeSolver,
  propagate,
  SolverGaveUp,
  singletons,
  suppress,
  type Unknowns,
  unknownsOf,
} from '#stats/disclosure/index.ts'

/** Times that the cheapest numbers around a leaking cell are hidden; then everything in circles that double. */
const CHEAP_MENDINGS = 6

/**
 * Programmes of the first attack and of each after it: where they do not suffice, more is hidden instead. What remains when nothing can
 * be hidden any more is asked with the last number.
 */
const PROGRAMMES = { first: 400, insiders: 100, mending: 400, last: 5000 }

/** Unknowns up to which programmes are asked, at the end, what follows from earlier releases alone. */
const EXACT = 3000

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

/**
 * Counts that could not be proved safe although everything around them is hidden that this system may hide. Names cells, never their
 * numbers. `protectPeople` then hides what this system takes as told.
 */
export class NotProved extends Error {
  readonly keys: readonly string[]
  constructor(keys: readonly string[]) {
    super(`${keys.length} hidden counts are not proved safe, first ${keys.slice(0, 3).join('; ')}`)
    this.name = 'NotProved'
    this.keys = keys
  }
}

/**
 * Hides what must be hidden and as much else as it takes, then attacks. What the attack breaks is mended by hiding more around: a few
 * times the cheapest numbers, then everything in a circle that doubles each time. Hiding more never gives away what was kept, so only the
 * broken cells are attacked again, and the end is near: where the whole system is hidden there is nothing left to attack with.
 * What only a person who is alone in a hidden cell finds out is prevented where that is possible, and otherwise reported: somebody who
 * alone is different in a school knows of all the others that they are not.
 *
 * @throws  NotProved where it cannot be mended
 */
export function guard(demand: Demand, attacker: Attacker): Guarded {
  const { tables, lower, upper, fixed, together } = demand
  const alone = demand.alone ?? singletons(tables)
  const primary = demand.primary.map((mark, cell) => (mark && !fixed[cell] ? 1 : 0))
  const start = primary.map((mark, cell) => (mark || (demand.untold[cell] && !fixed[cell]) ? 1 : 0))
  let alreadyTold = demand.primary.filter((mark, cell) => mark && fixed[cell]).length
  const { solver } = attacker
  const pattern = suppress(tables, start, {
    ...protectionOf(primary, lower, upper),
    fixed,
    together,
    alone,
    solver,
  })
  // what is merely untold is not asked to stay uncertain
  const hidden = pattern.hidden.map((mark, cell) => (mark === 1 && !primary[cell] ? 2 : mark))
  const attacked = (programmes: number, only?: Uint8Array) =>
    attack(tables, hidden, {
      ...protectionOf(primary, lower, upper),
      ...attacker,
      alone,
      shown: pattern.shown,
      programmes,
      insiderProgrammes: PROGRAMMES.insiders,
      ...(only && { only }),
    })
  const hide = hider(demand, hidden)
  let found = attacked(PROGRAMMES.first)
  for (let mending = 0; ; mending++) {
    const leaking = publicLeaks(tables, found)
    if (leaking.length === 0) {
      return { hidden, attack: found, shown: pattern.shown.groupStart.length - 1, alreadyTold }
    }
    const lose = (cells: readonly number[]) => {
      for (const cell of cells) {
        primary[cell] = 0
        hidden[cell] = 2
      }
      alreadyTold += cells.length
    }
    lose(alreadyKnown(demand, leaking, null))
    const broken = leaking.filter((cell) => primary[cell])
    let isMore = false
    for (const cell of broken) {
      const more =
        mending < CHEAP_MENDINGS
          ? cheapestAround(tables, hidden, fixed, cell)
          : hideable(tables, hidden, fixed, cell, 2 ** (mending - CHEAP_MENDINGS))
      for (const other of more) isMore = hide(other) || isMore
    }
    // a circle that holds nothing new has not reached the end of the system
    const isEnd =
      !isMore && broken.every((cell) => hideable(tables, hidden, fixed, cell, Infinity).length === 0)
    if (!isMore && !isEnd) continue
    if (isEnd && broken.length > 0) lose(alreadyKnown(demand, broken, solver))
    const only = new Uint8Array(hidden.length)
    for (const cell of broken) only[cell] = primary[cell]!
    const again = attacked(isEnd ? PROGRAMMES.last : PROGRAMMES.mending, only)
    found = mended(found, again, new Set(leaking.map((cell) => tables.keys[cell]!)))
    if (isEnd && publicLeaks(tables, again).length > 0) {
      throw new NotProved(publicLeaks(tables, again).map((cell) => tables.keys[cell]!))
    }
  }
}

/** Hides a cell with its group, never one that is told elsewhere; says whether anything was told before. */
function hider({ fixed, together }: Demand, hidden: Uint8Array): (cell: number) => boolean {
  const groups = Map.groupBy(together.keys(), (cell) => together[cell]!)
  return (cell) => {
    const group = together[cell]! < 0 ? [cell] : groups.get(together[cell]!)!
    const told = group.filter((member) => !hidden[member] && !fixed[member])
    for (const member of told) hidden[member] = 2
    return told.length > 0
  }
}

/** What is known after some cells were attacked again. */
function mended(before: AttackReport, again: AttackReport, asked: ReadonlySet<string>): AttackReport {
  return {
    ...again,
    leaks: [...before.leaks.filter(({ key }) => !asked.has(key)), ...again.leaks],
    programmes: before.programmes + again.programmes,
    constructed: before.constructed + again.constructed,
  }
}

/** Cells that everybody can narrow too far. */
function publicLeaks({ keys }: LinkedTables, { leaks }: AttackReport): number[] {
  const open = new Set(leaks.flatMap(({ key, insider }) => (insider === null ? [key] : [])))
  return open.size === 0 ? [] : keys.flatMap((key, cell) => (open.has(key) ? [cell] : []))
}

/**
 * Those of the leaking cells that follow from what was told earlier, whatever is hidden now. Nothing protects them any
 * more; to refuse every later release for their sake would protect nobody. A cell that only could not be proved safe is none of them.
 *
 * @param solver  asked in components that are not too large; null: only what propagation tells
 */
function alreadyKnown(
  { tables, lower, upper, earlier }: Demand,
  leaking: readonly number[],
  solver: ProgrammeSolver | null,
): number[] {
  if (!earlier.some((mark) => mark)) return []
  const { values } = tables
  const wanted = new Set(leaking)
  const hidden = earlier.map((mark) => (mark ? 0 : 1))
  return components(unknownsOf(tables, hidden)).flatMap((part) => {
    const asked = [...part.cells.keys()].filter((at) => wanted.has(part.cells[at]!))
    if (asked.length === 0) return []
    const { low, high } = boundsFrom(part, values, wanted, solver)
    return asked.flatMap((at) => {
      const cell = part.cells[at]!
      const { down, up } = needsOf({ lower, upper }, cell, values[cell]!)
      return low[at]! > values[cell]! - down || high[at]! < values[cell]! + up ? [cell] : []
    })
  })
}

/** True bounds of the wanted cells, the narrowest that the solver finds. */
function boundsFrom(
  part: Unknowns,
  values: Float64Array,
  wanted: ReadonlySet<number>,
  solver: ProgrammeSolver | null,
): Bounds {
  if (!solver || part.cells.length > EXACT) return propagate(part)
  try {
    return componentBounds(part, values, solver, (cell) => wanted.has(cell), undefined, false)
  } catch (error) {
    if (!(error instanceof SolverGaveUp)) throw error
    return propagate(part)
  }
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

/** Everything that may still be hidden within so many facts of a cell. */
function hideable(
  { cellStart, cellFact, factStart, factCell }: LinkedTables,
  hidden: Uint8Array,
  fixed: Uint8Array,
  cell: number,
  steps: number,
): number[] {
  const seen = new Set([cell])
  const asked = new Set<number>()
  const found: number[] = []
  let ring = [cell]
  for (let step = 0; step < steps && ring.length > 0; step++) {
    const next: number[] = []
    for (const here of ring) {
      for (let at = cellStart[here]!; at < cellStart[here + 1]!; at++) {
        const fact = cellFact[at]!
        if (asked.has(fact)) continue
        asked.add(fact)
        for (let i = factStart[fact]!; i < factStart[fact + 1]!; i++) {
          const other = factCell[i]!
          if (fixed[other] || seen.has(other)) continue
          seen.add(other)
          next.push(other)
          if (!hidden[other]) found.push(other)
        }
      }
    }
    ring = next
  }
  return found
}
