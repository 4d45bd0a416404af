import { componentBounds } from './bounds.ts'
import { moveChecker } from './check.ts'
import { type Effort, type Move, mover } from './moves.ts'
import { neighbourhoods } from './neighbourhood.ts'
import { type ProgrammeSolver, SolverGaveUp } from './programme.ts'
import { type Proofs, proofs } from './proofs.ts'
import { propagate } from './propagate.ts'
import { insidersOf, needsOf, type Protection, singletons } from './protection.ts'
import { slackOf } from './slack.ts'
import type { LinkedTables } from './tables.ts'
import { components, contentAddress, type Unknowns, unknownsOf } from './unknowns.ts'

export interface AttackOptions extends Protection {
  readonly solver: ProgrammeSolver
  /** a mark per cell behind which one contributor stands; cells with the number 1 when left out */
  readonly alone?: Uint8Array
  /**
   * Groups of tables that are said to fit everything published: each is checked, and what a group shows need not be
   * looked for.
   */
  readonly shown?: readonly (readonly Move[])[]
  /** findings of earlier attacks by content address; new ones are put in */
  readonly kept?: Map<string, Finding>
}

/** A primary cell that can be narrowed below its protection interval. */
export interface Leak {
  readonly key: string
  readonly value: number
  /** what can be found out */
  readonly low: number
  readonly high: number
  /** key of the cell whose only contributor finds it out; null: everybody does */
  readonly insider: string | null
}

/** What an attack on one component found out. */
export interface Finding {
  readonly leaks: readonly Leak[]
  readonly programmes: number
  /** tables constructed, without a programme, to prove a side of one or more primary cells safe */
  readonly constructed: number
  readonly tightest: Omit<Leak, 'insider'> | null
}

export interface AttackReport extends Finding {
  readonly unknowns: number
  readonly components: number
  /** unknowns of the largest component */
  readonly largest: number
  /** components whose finding was kept from an earlier attack */
  readonly fromKept: number
}

/**
 * Unknowns of the neighbourhoods in which programmes look for a proof, one after the other. A cell of a larger component that
 * is not proved safe in the last one counts as a leak.
 */
const NEIGHBOURHOODS = [300, 3000]
const EFFORT: Effort = { width: 4, steps: 200 }

/**
 * The attack on a pattern: can anybody narrow a primary cell below its protection interval, from everything published
 * together, or as the one person in a hidden cell? A cell is safe when two tables that fit everything published are
 * shown, one at each end of its interval. They are constructed where possible, otherwise found by linear
 * programmes, near the cell first and then over the whole component.
 *
 * @param hidden  per cell: 0 published, 1 primary, anything else secondary
 * @returns       no leaks: the pattern withstands
 * @throws        RangeError if marks or amounts are malformed; Error where the solver fails
 */
export function attack(tables: LinkedTables, hidden: Uint8Array, options: AttackOptions): AttackReport {
  const { values } = tables
  const parts = components(unknownsOf(tables, hidden))
  const person = insidersOf(tables, options.alone ?? singletons(tables))
  const slack = slackOf(tables)
  const flawOf = moveChecker(tables, hidden, slack)
  const among = mover(
    tables,
    Float64Array.from(hidden, (mark) => (mark ? 0 : Infinity)),
    slack,
  )
  const needs = values.map((value, cell) => {
    const { down, up } = needsOf(options, cell, value)
    return down * 2 ** 26 + up
  })
  const proved = proofs(hidden, values, person, options)
  for (const moves of options.shown ?? []) {
    for (const move of moves) {
      const flaw = flawOf(move)
      if (flaw) throw new Error(`attack: a move ${flaw}`)
    }
    proved.share(moves)
  }
  const construct: Construct = (cell, change, isBarred) => {
    const move = among.search(cell, change, EFFORT, isBarred)
    const flaw = move && flawOf(move)
    if (flaw) throw new Error(`attack: a move ${flaw}`)
    return move
  }
  const total = {
    unknowns: 0,
    components: parts.length,
    largest: 0,
    fromKept: 0,
    programmes: 0,
    constructed: 0,
  }
  const leaks: Leak[] = []
  let tightest: Finding['tightest'] = null
  for (const part of parts) {
    total.unknowns += part.cells.length
    total.largest = Math.max(total.largest, part.cells.length)
    if (!part.cells.some((cell) => hidden[cell] === 1)) continue
    const address = options.kept && contentAddress(part, tables, [hidden, needs, person])
    const before = address === undefined ? undefined : options.kept?.get(address)
    const finding = before ?? attackComponent(tables, hidden, part, person, construct, proved, options)
    if (before) total.fromKept++
    else if (address !== undefined) options.kept?.set(address, finding)
    total.programmes += before ? 0 : finding.programmes
    total.constructed += finding.constructed
    leaks.push(...finding.leaks)
    if (finding.tightest && (!tightest || widthOf(finding.tightest) < widthOf(tightest))) {
      tightest = finding.tightest
    }
  }
  return { ...total, leaks, tightest }
}

/** A move of the cell by `change` that leaves barred cells as they are, checked; or null. */
type Construct = (cell: number, change: number, isBarred: (cell: number) => boolean) => Move | null

function widthOf({ low, high }: { low: number; high: number }): number {
  return high - low
}

function attackComponent(
  tables: LinkedTables,
  hidden: Uint8Array,
  part: Unknowns,
  person: Int32Array,
  construct: Construct,
  proved: Proofs,
  options: AttackOptions,
): Finding {
  const { values, keys } = tables
  const bounds = propagate(part)
  const leaks: Leak[] = []
  let programmes = 0
  let constructed = 0
  let tightest: Finding['tightest'] = null
  const neighbours = neighbourhoods(part, values)

  /** A table with the cell moved by `change` and cells of `isOwn` as they are. Null: there is none. */
  const programmeMove = (at: number, change: number, isOwn: (cell: number) => boolean): Move | null => {
    for (const size of NEIGHBOURHOODS) {
      const near = neighbours(at, size)
      const start = startBounds(near, values, isOwn)
      const cell = part.cells[at]!
      const place = near.cells.indexOf(cell)
      let reached: Move | null = null
      const wanted = values[cell]! + change
      // between the true number and the one to be shown: reached or not, nothing farther is looked for
      start.low[place] = Math.max(start.low[place]!, Math.min(values[cell]!, wanted))
      start.high[place] = Math.min(start.high[place]!, Math.max(values[cell]!, wanted))
      const watched: ProgrammeSolver = {
        open(programme) {
          const open = options.solver.open(programme)
          return {
            solve(column, sense, whole) {
              const answer = open.solve(column, sense, whole)
              const isWhole = answer?.every((x) => Math.abs(x - Math.round(x)) < 1e-6)
              if (answer && isWhole && (Math.round(answer[place]!) - wanted) * change >= 0) {
                reached = moveOf(near, values, answer)
              }
              return answer
            },
            close: () => open.close(),
          }
        },
      }
      const found = boundsOrGiveUp(near, values, watched, (other) => other === cell, start)
      programmes += found.programmes
      const isReached = change > 0 ? found.high[place]! >= wanted : found.low[place]! <= wanted
      // bounds without an answer to show (no upper bound, a tree): then every person in the neighbourhood is asked
      if (isReached) return reached ?? { cells: near.cells, changes: new Float64Array(near.cells.length) }
      if (near.cells.length === part.cells.length) return null
    }
    return null
  }
  /** Is the cell safe on this side, for everybody and for each person alone in a cell? Otherwise: who finds it out. */
  const attackSide = (at: number, change: number): { insider: number } | null => {
    const cell = part.cells[at]!
    const own = person[cell]!
    const isForeign = (other: number) => person[other]! >= 0 && person[other] !== own
    const safe = construct(cell, change, isForeign)
    if (safe) {
      proved.share([safe])
      constructed++
      return null
    }
    const strict = programmeMove(at, change, isForeign)
    if (strict) return null
    let isConstructed = true
    const find = (insider: number): Move | null => {
      const isBarred = (other: number) => insider >= 0 && person[other] === insider
      const move = construct(cell, change, isBarred)
      if (move) return move
      isConstructed = false
      return programmeMove(at, change, isBarred)
    }
    const move = find(-1)
    if (!move) return { insider: -1 }
    const people = new Set([...move.cells].map((other) => person[other]!).filter((p) => p >= 0 && p !== own))
    for (const insider of people) if (!find(insider)) return { insider }
    if (isConstructed) constructed++
    return null
  }

  for (let at = 0; at < part.cells.length; at++) {
    const cell = part.cells[at]!
    if (hidden[cell] !== 1) continue
    const value = values[cell]!
    const { down, up } = needsOf(options, cell, value)
    const known = { key: keys[cell]!, value, low: bounds.low[at]!, high: bounds.high[at]! }
    if (!tightest || widthOf(known) < widthOf(tightest)) tightest = known
    const narrow = known.low > value - down || known.high < value + up
    const found = narrow
      ? { insider: -1 }
      : ((up > 0 && proved.up[cell]! < 0 ? attackSide(at, up) : null) ??
        (down > 0 && proved.down[cell]! < 0 ? attackSide(at, -down) : null))
    if (!found) continue
    const start = startBounds(part, values, (other) => found.insider >= 0 && person[other] === found.insider)
    const isAsked = (other: number) => other === cell && part.cells.length <= NEIGHBOURHOODS[1]!
    const exact = boundsOrGiveUp(part, values, options.solver, isAsked, start)
    programmes += exact.programmes
    const leak = { key: keys[cell]!, value, low: exact.low[at]!, high: exact.high[at]! }
    if (found.insider < 0 && widthOf(leak) < widthOf(tightest)) tightest = leak
    leaks.push({ ...leak, insider: found.insider < 0 ? null : keys[found.insider]! })
  }
  return { leaks, programmes, constructed, tightest }
}

/** As `componentBounds`; a solver that gives up proves nothing, so that only what was shown on the way counts. */
function boundsOrGiveUp(
  ...[part, values, solver, isWanted, start]: Required<Parameters<typeof componentBounds>>
) {
  try {
    return componentBounds(part, values, solver, isWanted, start)
  } catch (error) {
    if (!(error instanceof SolverGaveUp)) throw error
    const truth = Float64Array.from(part.cells, (cell) => values[cell]!)
    return { low: truth, high: truth, programmes: 1 }
  }
}

/** What somebody knows beforehand: nothing, but the true number of own cells. */
function startBounds(part: Unknowns, values: Float64Array, isOwn: (cell: number) => boolean) {
  return {
    low: Float64Array.from(part.cells, (cell) => (isOwn(cell) ? values[cell]! : 0)),
    high: Float64Array.from(part.cells, (cell) => (isOwn(cell) ? values[cell]! : Infinity)),
  }
}

function moveOf(part: Unknowns, values: Float64Array, answer: Float64Array): Move {
  const moved = [...part.cells.keys()].filter((at) => Math.round(answer[at]!) !== values[part.cells[at]!])
  return {
    cells: Int32Array.from(moved, (at) => part.cells[at]!),
    changes: Float64Array.from(moved, (at) => Math.round(answer[at]!) - values[part.cells[at]!]!),
  }
}
