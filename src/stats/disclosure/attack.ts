import { attackComponent, type Construct } from './attack-component.ts'
import { moveChecker } from './check.ts'
import { coordinates } from './coordinates.ts'
import { tabulate } from './growing.ts'
import { type Effort, mover } from './moves.ts'
import { producer } from './products.ts'
import type { ProgrammeSolver } from './programme.ts'
import { type Proofs, proofs } from './proofs.ts'
import { insidersOf, needsOf, type Protection, singletons } from './protection.ts'
import { type Prover, prover } from './prove.ts'
import { groupAt, type ShownMoves } from './shown.ts'
import { slackOf } from './slack.ts'
import type { LinkedTables } from './tables.ts'
import { components, contentAddress, unknownsOf } from './unknowns.ts'

export interface AttackOptions extends Protection {
  readonly solver: ProgrammeSolver
  /** a mark per cell behind which one contributor stands; cells with the number 1 when left out */
  readonly alone?: Uint8Array
  /**
   * Groups of tables that are said to fit everything published: each is checked, and what a group shows need not be
   * looked for.
   */
  readonly shown?: ShownMoves
  /**
   * Most programmes of the whole attack, 5,000 when left out. A cell for which it has none left and no proof is constructed
   * counts as a leak.
   */
  readonly programmes?: number
  /**
   * Of these, the most that ask what one person alone in a cell finds out; as many as all when left out. A person against whom no proof was found
   * without counts as one who finds it out.
   */
  readonly insiderProgrammes?: number
  /** a mark per primary cell that is asked about, and chains are followed farther for them; all when left out */
  readonly only?: Uint8Array
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

/** In a release that is well protected hardly any are needed; so many take minutes. */
const PROGRAMMES = 5000

/** How far chains of changes are followed before programmes are asked; the second for few cells, of which everything else has failed. */
const EFFORT: Effort = { width: 4, steps: 200 }
const LONG_EFFORT: Effort = { width: 6, steps: 10_000 }

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
  const price = tabulate(new Float64Array(hidden.length), (cell) => (hidden[cell] ? 0 : Infinity))
  const among = mover(tables, price, slack)
  const needs = values.map((value, cell) => {
    const { down, up } = needsOf(options, cell, value)
    return down * 2 ** 26 + up
  })
  const proved = proofs(hidden, values, person, options, null)
  // what keeps a cell from everybody who is alone in none
  const outside = proofs(hidden, values, new Int32Array(hidden.length).fill(-1), options, null)
  const { shown } = options
  for (let group = 0; shown && group + 1 < shown.groupStart.length; group++) {
    const moves = groupAt(shown, group)
    for (const move of moves) {
      const flaw = flawOf(move)
      if (flaw) throw new Error(`attack: a move ${flaw}`)
      outside.share([move])
    }
    proved.share(moves)
  }
  const construct: Construct = (cell, change, isBarred) => {
    const effort = options.only ? LONG_EFFORT : EFFORT
    const move = among.search(cell, change, effort, isBarred, false)
    const flaw = move && flawOf(move)
    if (flaw) throw new Error(`attack: a move ${flaw}`)
    return move
  }
  const nobody = new Int32Array(hidden.length).fill(-1)
  /** Looks for products and enters them among the proofs, against these people. */
  const glancing = (into: Proofs, people: Int32Array) => {
    let byProducts: Prover | null = null
    const nothing = () => {}
    const asIs = { hidden, price, hide: nothing, publish: nothing }
    return (cell: number) => {
      byProducts ??= prover(tables, asIs, into, people, options, slack, (from) =>
        producer(tables, coordinates(tables), price, from),
      )
      byProducts.glance(cell, options.only !== undefined)
    }
  }
  const glance = glancing(proved, person)
  const glanceOutside = glancing(outside, nobody)
  const budget = { left: options.programmes ?? PROGRAMMES }
  const insiderBudget = { left: Math.min(budget.left, options.insiderProgrammes ?? Infinity) }
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
    const address = options.kept && !options.only && contentAddress(part, tables, [hidden, needs, person])
    const before = address ? options.kept?.get(address) : undefined
    const finding =
      before ??
      attackComponent(part, {
        tables,
        hidden,
        person,
        construct,
        flawOf,
        glance,
        glanceOutside,
        proved,
        outside,
        budget,
        insiderBudget,
        options,
      })
    if (before) total.fromKept++
    // what was left undone for want of programmes is not kept
    else if (address && budget.left > 0 && insiderBudget.left > 0) options.kept?.set(address, finding)
    total.programmes += before ? 0 : finding.programmes
    total.constructed += finding.constructed
    leaks.push(...finding.leaks)
    if (finding.tightest && (!tightest || widthOf(finding.tightest) < widthOf(tightest))) {
      tightest = finding.tightest
    }
  }
  return { ...total, leaks, tightest }
}

function widthOf({ low, high }: { low: number; high: number }): number {
  return high - low
}
