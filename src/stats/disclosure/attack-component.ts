import type { AttackOptions, Finding, Leak } from './attack.ts'
import type { Move } from './moves.ts'
import { type ProgrammeBudget, programmeMover } from './programme-move.ts'
import type { Proofs } from './proofs.ts'
import { type Bounds, factsByUnknown, narrowedBy, propagate } from './propagate.ts'
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
  /** looks for products, fast, that prove both sides of a cell, and enters them among the proofs */
  readonly glance: (cell: number) => void
  readonly proved: Proofs
  /** the same, for people who are alone in no cell */
  readonly outside: Proofs
  readonly budget: ProgrammeBudget
  readonly options: AttackOptions
}

/** Who can narrow a cell: a person by number, or everybody (−1). */
interface Insider {
  readonly insider: number
  /** what propagation tells that person */
  readonly bounds: Bounds
}

/**
 * The attack on one component: propagation, by everybody and by people beside the cell; then tables that prove a cell safe,
 * constructed where possible, otherwise found by programmes.
 */
export function attackComponent(part: Unknowns, attacked: Attacked): Finding {
  const { tables, hidden, person, construct, glance, proved, outside, budget, options } = attacked
  const { values, keys } = tables
  const bounds = propagate(part)
  const index = factsByUnknown(part)
  const programmes = programmeMover(part, values, options.solver, budget)
  let cellsOf: Map<number, number[]> | null = null
  const leaks: Leak[] = []
  let constructed = 0
  let tightest: Finding['tightest'] = null

  /** What a person finds out by propagation from the own cells. */
  const seenBy = (insider: number): Bounds => {
    cellsOf ??= Map.groupBy(part.cells.keys(), (at) => person[part.cells[at]!]!)
    return narrowedBy(cellsOf.get(insider) ?? [], part, index, bounds, values)
  }
  const peopleBeside = (at: number): Set<number> => {
    const people = new Set<number>()
    for (let i = index.start[at]!; i < index.start[at + 1]!; i++) {
      const fact = index.fact[i]!
      for (let j = part.factStart[fact]!; j < part.factStart[fact + 1]!; j++) {
        people.add(person[part.cells[part.factUnknown[j]!]!]!)
      }
    }
    return people
  }
  /** Whatever a person finds out who is alone in a cell: is it kept from everybody else? */
  const isKeptFromOthers = (at: number, change: number): boolean => {
    const cell = part.cells[at]!
    if ((change > 0 ? outside.up : outside.down)[cell]! >= 0) return true
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
    for (const insider of peopleBeside(at)) {
      if (insider < 0 || insider === own) continue
      const seen = seenBy(insider)
      const wanted = values[cell]! + change
      const isSeen = change > 0 ? seen.high[at]! < wanted : seen.low[at]! > wanted
      if (isSeen) return isKeptFromOthers(at, change) ? { insider, bounds: seen } : { insider: -1, bounds }
    }
    const one = construct(cell, change, nobody)
    if (one) {
      const people = strangersIn(one)
      const another = construct(cell, change, (other) => people.has(person[other]!))
      if (another) return show(one, another)
    }
    if (programmes.search(at, change, isStranger)) return null
    const move = one ?? programmes.search(at, change, nobody)
    if (!move) return { insider: -1, bounds }
    for (const insider of strangersIn(move)) {
      const isKnown = (other: number) => person[other] === insider
      const found = construct(cell, change, isKnown) ?? programmes.search(at, change, isKnown)
      if (!found) return { insider, bounds: seenBy(insider) }
    }
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
