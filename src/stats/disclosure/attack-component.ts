import type { AttackOptions, Finding, Leak } from './attack.ts'
import type { Move } from './moves.ts'
import { type ProgrammeBudget, programmeMover } from './programme-move.ts'
import type { Proofs } from './proofs.ts'
import { type Bounds, factsByUnknown, narrowedBy, narrower, propagate } from './propagate.ts'
import { needsOf } from './protection.ts'
import type { LinkedTables } from './tables.ts'
import type { Unknowns } from './unknowns.ts'

/** A move of the cell by `change` that leaves barred cells as they are, checked; or null. */
export type Construct = (cell: number, change: number, isBarred: (cell: number) => boolean) => Move | null

/** Unknowns from which on products are looked for first: in smaller components chains find as much. */
const LARGE = 400

/** What the attacks on all components share. */
export interface Attacked {
  readonly tables: LinkedTables
  readonly hidden: Uint8Array
  /** who knows each cell, −1 nobody (`insidersOf`) */
  readonly person: Int32Array
  readonly construct: Construct
  /** what is wrong with a move, or null (`moveChecker`) */
  readonly flawOf: (move: Move) => string | null
  /** looks for products, fast, that prove both sides of a cell, and enters them among the proofs */
  readonly glance: (cell: number) => void
  /** the same for people who are alone in no cell */
  readonly glanceOutside: (cell: number) => void
  readonly proved: Proofs
  /** the same, for people who are alone in no cell */
  readonly outside: Proofs
  readonly budget: ProgrammeBudget
  /** of these, for questions about one person alone in a cell */
  readonly insiderBudget: ProgrammeBudget
  readonly options: AttackOptions
}

/** Who can narrow a cell: a person by number, or everybody (−1). */
interface Insider {
  readonly insider: number
  /** what propagation tells that person */
  readonly bounds: Bounds
}

/** By the number of a primary unknown, a person who knows too well how large it is at most, or at least. */
interface Narrowers {
  readonly up: Map<number, number>
  readonly down: Map<number, number>
}

/**
 * The attack on one component: propagation, by everybody and by people beside the cell; then tables that prove a cell safe,
 * constructed where possible, otherwise found by programmes.
 */
export function attackComponent(part: Unknowns, attacked: Attacked): Finding {
  const { tables, hidden, person, construct, flawOf, glance, glanceOutside, proved, outside, options } =
    attacked
  const { values, keys } = tables
  const bounds = propagate(part)
  const index = factsByUnknown(part)
  const programmes = programmeMover(part, values, options.solver, attacked.budget)
  let cellsOf: Map<number, number[]> | null = null
  const leaks: Leak[] = []
  let constructed = 0
  let tightest: Finding['tightest'] = null

  const ownCells = () => (cellsOf ??= Map.groupBy(part.cells.keys(), (at) => person[part.cells[at]!]!))
  /** What a person finds out by propagation from the own cells. */
  const seenBy = (insider: number): Bounds =>
    narrowedBy(ownCells().get(insider) ?? [], part, index, bounds, values)
  /** Who narrows which primary unknown too far by propagation, first person first. */
  const narrowers = (): Narrowers => {
    const found: Narrowers = { up: new Map(), down: new Map() }
    const ask = narrower(part, index, bounds, values)
    for (const [insider, known] of ownCells()) {
      if (insider < 0) continue
      ask(known, (at, low, high) => {
        const cell = part.cells[at]!
        if (hidden[cell] !== 1 || person[cell] === insider) return
        const { down, up } = needsOf(options, cell, values[cell]!)
        if (high < values[cell]! + up && !found.up.has(at)) found.up.set(at, insider)
        if (low > values[cell]! - down && !found.down.has(at)) found.down.set(at, insider)
      })
    }
    return found
  }
  let narrowing: Narrowers | null = null
  /** A programme that is paid from what is meant for people alone in a cell. */
  const searchForOne = (at: number, change: number, isKnown: (cell: number) => boolean): Move | null => {
    if (attacked.insiderBudget.left <= 0) return null
    const before = programmes.programmes
    const move = programmes.search(at, change, isKnown, true)
    attacked.insiderBudget.left -= programmes.programmes - before
    return move
  }
  /** What a programme shows proves other cells too, if it withstands plain addition. */
  const shareFound = (...moves: Move[]) => {
    if (moves.every((move) => move.cells.length > 0 && !flawOf(move))) proved.share(moves)
  }
  /** Is there a proof for people who are alone in no cell? In large components products are looked for. */
  const isShownToAll = (at: number, change: number): boolean => {
    const cell = part.cells[at]!
    const shown = change > 0 ? outside.up : outside.down
    if (shown[cell]! < 0 && part.cells.length > LARGE) glanceOutside(cell)
    return shown[cell]! >= 0
  }
  /** Whatever a person finds out who is alone in a cell: is it kept from everybody else? */
  const isKeptFromOthers = (at: number, change: number): boolean => {
    const cell = part.cells[at]!
    if (isShownToAll(at, change)) return true
    const move = construct(cell, change, () => false) ?? programmes.search(at, change, () => false)
    if (move) outside.share([move])
    return move !== null
  }
  /** Is the cell safe on this side, for everybody and for each person alone in a cell? Otherwise: who finds it out. */
  const attackSide = (at: number, change: number): Insider | null => {
    const cell = part.cells[at]!
    const own = person[cell]!
    const isStranger = (other: number) => person[other]! >= 0 && person[other] !== own
    const strangersIn = (move: Move) => new Set([...move.cells].filter(isStranger).map((c) => person[c]!))
    const nobody = () => false
    const show = (...moves: Move[]) => {
      proved.share(moves)
      constructed++
      return null
    }
    const safe = construct(cell, change, isStranger)
    if (safe) return show(safe)
    narrowing ??= narrowers()
    const seeing = (change > 0 ? narrowing.up : narrowing.down).get(at)
    if (seeing !== undefined) {
      return isKeptFromOthers(at, change)
        ? { insider: seeing, bounds: seenBy(seeing) }
        : { insider: -1, bounds }
    }
    const one = construct(cell, change, nobody)
    if (one) {
      const people = strangersIn(one)
      const another = construct(cell, change, (other) => people.has(person[other]!))
      if (another) return show(one, another)
    }
    const kept = searchForOne(at, change, isStranger)
    if (kept) {
      shareFound(kept)
      return null
    }
    if (!one && isShownToAll(at, change)) {
      // kept from everybody who is alone in no cell; that it is kept from each of the others was not found
      const someone = [...ownCells().keys()].find((who) => who >= 0 && who !== own)
      return someone === undefined ? null : { insider: someone, bounds }
    }
    const move = one ?? programmes.search(at, change, nobody)
    if (!move) return { insider: -1, bounds }
    const moves = [move]
    for (const insider of strangersIn(move)) {
      const isKnown = (other: number) => person[other] === insider
      const found = construct(cell, change, isKnown) ?? searchForOne(at, change, isKnown)
      if (!found) return { insider, bounds: seenBy(insider) }
      moves.push(found)
    }
    shareFound(...moves)
    return null
  }

  for (let at = 0; at < part.cells.length; at++) {
    const cell = part.cells[at]!
    if (hidden[cell] !== 1) continue
    const value = values[cell]!
    const { down, up } = needsOf(options, cell, value)
    const low = bounds.low[at]!
    const high = bounds.high[at]!
    if (!tightest || high - low < tightest.high - tightest.low) {
      tightest = { key: keys[cell]!, value, low, high }
    }
    if (options.only && !options.only[cell]) continue
    const isNarrow = low > value - down || high < value + up
    const lacking = () =>
      (up > 0 && proved.up[cell]! < 0 ? 1 : 0) + (down > 0 && proved.down[cell]! < 0 ? 1 : 0)
    const before = lacking()
    if (!isNarrow && before > 0 && part.cells.length > LARGE) {
      glance(cell)
      constructed += before - lacking()
    }
    const found = isNarrow
      ? { insider: -1, bounds }
      : ((up > 0 && proved.up[cell]! < 0 ? attackSide(at, up) : null) ??
        (down > 0 && proved.down[cell]! < 0 ? attackSide(at, -down) : null))
    if (!found) continue
    const isKnown = (other: number) => found.insider >= 0 && person[other] === found.insider
    const leak = { key: keys[cell]!, value, ...programmes.bounds(at, isKnown, found.bounds) }
    if (found.insider < 0 && leak.high - leak.low < tightest.high - tightest.low) tightest = leak
    leaks.push({ ...leak, insider: found.insider < 0 ? null : keys[found.insider]! })
  }
  return { leaks, programmes: programmes.programmes, constructed, tightest }
}
