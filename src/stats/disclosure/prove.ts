import { type CheapestMover, cheapestMover } from './cheapest-move.ts'
import { moveChecker } from './check.ts'
import type { Hiding } from './hiding.ts'
import { type Lost, noneLost } from './lost.ts'
import { type Effort, type Move, mover } from './moves.ts'
import type { Producer, Product, Wanted } from './products.ts'
import type { ProgrammeSolver } from './programme.ts'
import type { Proofs } from './proofs.ts'
import { needsOf, type Protection } from './protection.ts'
import type { Slack } from './slack.ts'
import type { LinkedTables } from './tables.ts'

/** How hard chains are looked for among hidden cells, and among cells that would have to be hidden. */
export interface Efforts {
  readonly free: Effort
  readonly paid: Effort
}

export interface Prover {
  /**
   * Looks for tables that prove both sides of a primary cell safe, for everybody and for every person alone in a cell, and
   * enters them among the proofs.
   *
   * @param mayPay  may further cells be hidden for it?
   * @returns       is the cell safe?
   */
  prove(cell: number, mayPay: boolean, efforts: Efforts): boolean
  /**
   * The same by linear programmes, at the least cost; who turns out to know a cell whatever is hidden is entered as lost.
   *
   * @returns  is the cell safe from everybody to whom it is not lost?
   */
  programme(cell: number): boolean
  /** Steps of all chains that were followed so far; a programme counts as many that take as long. */
  steps(): number
  /** The same by products alone and among hidden cells: a glance of some microseconds, of milliseconds where it is patient. */
  glance(cell: number, isPatient?: boolean): boolean
}

/** Steps of chains that take as long as a programme. */
const PROGRAMME_STEPS = 500

/** Tables that a product shows: the cell risen and fallen. */
interface Shown {
  readonly up: Move
  readonly down: Move
}

/** Products first where there is a producer, chains for what they leave open. */
export function prover(
  tables: LinkedTables,
  hiding: Pick<Hiding, 'hidden' | 'price' | 'hide' | 'publish'>,
  known: Proofs,
  person: Int32Array,
  protection: Protection,
  slack: Slack,
  makeProducer: ((values: Float64Array) => Producer) | null,
  { lost = noneLost(), solver }: { lost?: Lost; solver?: ProgrammeSolver | undefined } = {},
): Prover {
  const { values } = tables
  // the true numbers, and what a sum of products has made of them so far
  const now = values.slice()
  const producer = makeProducer?.(now)
  const { hidden, hide } = hiding
  const flawOf = moveChecker(tables, hidden, slack)
  const chains = mover(tables, hiding.price, slack)
  const cheapest = solver && cheapestMover(tables, hiding.price, slack, solver)
  const largest = largestNeed(tables, hidden, protection)
  // people whose cells a second product must leave as they are
  const barred = new Uint8Array(values.length)

  const lacks = (cell: number): { up: number; down: number } => {
    const { up, down } = needsOf(protection, cell, values[cell]!)
    return { up: up > 0 && known.up[cell]! < 0 ? up : 0, down: down > 0 && known.down[cell]! < 0 ? down : 0 }
  }
  const isSafe = (cell: number): boolean => {
    const { up, down } = lacks(cell)
    return up === 0 && down === 0
  }

  /** The product as moves up and down, as far as they go up to the largest need; null where it is none after all. */
  const movesOf = ({ cells, signs }: Product, { up, down }: Wanted): Shown | null => {
    let rise = largest
    let fall = largest
    for (let at = 0; at < cells.length; at++) {
      const value = values[cells[at]!]!
      if (signs[at]! < 0) rise = Math.min(rise, value)
      else fall = Math.min(fall, value)
    }
    for (const [by, back] of [
      [rise, fall],
      [up, down],
    ] as const) {
      const moves = {
        up: { cells, changes: Float64Array.from(signs, (sign) => by * sign) },
        down: { cells, changes: Float64Array.from(signs, (sign) => -back * sign) },
      }
      if (!flawOf(moves.up) && !flawOf(moves.down)) return moves
    }
    return null
  }
  /** Hides what a product costs until it turns out to be none. */
  const paying = <Found>(product: Product, attempt: () => Found | null): Found | null => {
    const published = product.cells.filter((cell) => hidden[cell] === 0)
    for (const cell of published) hide(cell)
    const found = attempt()
    if (!found) for (const cell of published) hiding.publish(cell)
    return found
  }
  const produce = (wanted: Wanted): Shown | null => {
    const product = producer?.search(wanted)
    return product ? paying(product, () => movesOf(product, wanted)) : null
  }
  /** One side in steps: products one after the other, of which none alone goes far enough. */
  const produceSum = (wanted: Wanted): Shown | null => {
    const sign = wanted.up > 0 ? 1 : -1
    const touched = new Set<number>()
    const add = (left: number, step: number): Move | null => {
      if (left === 0) return moveTo(now, touched, values)
      const [up, down] = sign > 0 ? [step, 0] : [0, step]
      const product = producer?.search({ ...wanted, up, down })
      if (!product) return step > 1 ? add(left, step >> 1) : null
      return paying(product, () => {
        product.cells.forEach((cell, at) => {
          now[cell]! += sign * step * product.signs[at]!
          touched.add(cell)
        })
        return add(left - step, Math.min(step, left - step))
      })
    }
    const amount = wanted.up + wanted.down
    const move = add(amount, amount >> 1)
    for (const cell of touched) now[cell] = values[cell]!
    return move && !flawOf(move) ? { up: move, down: move } : null
  }
  /** Enters a product, or two of which nobody is alone in both. */
  const enter = (cell: number, find: (isBarred: (cell: number) => boolean) => Shown | null): boolean => {
    const own = person[cell]!
    const safe = find((other) => person[other]! >= 0 && person[other] !== own)
    if (safe) {
      known.share([safe.up])
      if (safe.down !== safe.up) known.share([safe.down])
      return true
    }
    const one = find(() => false)
    if (!one) return false
    const people = [...one.up.cells].map((other) => person[other]!).filter((p) => p >= 0 && p !== own)
    for (const other of people) barred[other] = 1
    const another = find((other) => person[other]! >= 0 && barred[person[other]!] === 1)
    for (const other of people) barred[other] = 0
    if (!another) return false
    known.share([one.up, another.up])
    if (one.down !== one.up) known.share([one.down, another.down])
    return true
  }
  const tryProducts = (cell: number, mayPay: boolean, isPatient = false): void => {
    const { up, down } = lacks(cell)
    const single = (sides: { up: number; down: number }) =>
      enter(cell, (isBarred) => produce({ cell, ...sides, mayPay, isPatient, isBarred }))
    if (up > 0 && down > 0 && single({ up, down })) return
    for (const sides of [
      { up, down: 0 },
      { up: 0, down },
    ]) {
      const amount = sides.up + sides.down
      if (amount === 0 || single(sides) || amount === 1) continue
      enter(cell, (isBarred) => produceSum({ cell, ...sides, mayPay, isPatient, isBarred }))
    }
  }

  const strangersTo = (cell: number) => {
    const own = person[cell]!
    return (other: number) => {
      const who = person[other]!
      return who >= 0 && who !== own && !lost.knows(cell, who)
    }
  }
  /** A move for everybody, and for each person alone in one of its cells another that leaves that person's cells. */
  const byChains = (cell: number, change: number, mayPay: boolean, effort: Effort): boolean => {
    const isStranger = strangersTo(cell)
    const find = (isBarred: (cell: number) => boolean): Move | null => {
      const move = chains.search(cell, change, effort, isBarred, mayPay)
      if (mayPay) for (const member of move?.cells ?? []) hide(member)
      return move
    }
    const safe = find(isStranger)
    if (safe) {
      known.share([safe])
      return true
    }
    const move = find(() => false)
    if (!move) return false
    const moves = [move]
    for (const insider of peopleIn(move, isStranger)) {
      const another = find((other) => person[other] === insider)
      if (!another) return false
      moves.push(another)
    }
    known.share(moves)
    return true
  }
  const peopleIn = ({ cells }: Move, isStranger: (cell: number) => boolean) =>
    new Set([...cells].filter(isStranger).map((member) => person[member]!))

  /** As by chains; where there is no other table at all, it is known of whom. */
  const byProgrammes = (cell: number, change: number, { search }: CheapestMover): boolean => {
    const isStranger = strangersTo(cell)
    const find = (isBarred: (cell: number) => boolean) => {
      const move = search(cell, change, isBarred)
      if (move === null || move === 'none') return move
      for (const member of move.cells) hide(member)
      const flaw = flawOf(move)
      if (flaw) throw new Error(`prover: a move ${flaw}`)
      return move
    }
    const enter = (...moves: Move[]) => {
      known.share(moves)
      return true
    }
    const safe = find(isStranger)
    if (safe !== null && safe !== 'none') return enter(safe)
    const one = find(() => false)
    if (one === 'none') lost.add(cell, -1)
    if (one === null || one === 'none') return false
    const people = peopleIn(one, isStranger)
    if (people.size > 1) {
      const another = find((other) => people.has(person[other]!))
      if (another !== null && another !== 'none') return enter(one, another)
    }
    const moves = [one]
    for (const insider of people) {
      const another = find((other) => person[other] === insider)
      if (another === null) return false
      if (another === 'none') lost.add(cell, insider)
      else moves.push(another)
    }
    return enter(...moves)
  }

  const stages = (cell: number, mayPay: boolean, efforts: Efforts): boolean => {
    for (const pay of mayPay ? [false, true] : [false]) {
      if (producer) tryProducts(cell, pay)
      if (isSafe(cell)) return true
    }
    const { up, down } = lacks(cell)
    for (const change of [up, -down]) {
      if (change === 0) continue
      const isFound =
        byChains(cell, change, false, efforts.free) || (mayPay && byChains(cell, change, true, efforts.paid))
      if (!isFound) return false
    }
    return true
  }
  return {
    steps: () => chains.steps() + PROGRAMME_STEPS * (cheapest?.programmes ?? 0),
    prove: (cell, mayPay, efforts) => isSafe(cell) || stages(cell, mayPay, efforts),
    programme(cell) {
      const { up, down } = lacks(cell)
      const isFound = [up, -down].map(
        (change) => change === 0 || (cheapest !== undefined && byProgrammes(cell, change, cheapest)),
      )
      return isFound.every((found) => found)
    },
    glance(cell, isPatient) {
      tryProducts(cell, false, isPatient)
      return isSafe(cell)
    },
  }
}

/** What has changed among the touched cells. */
function moveTo(now: Float64Array, touched: ReadonlySet<number>, values: Float64Array): Move {
  const cells = Int32Array.from(touched)
    .filter((cell) => now[cell] !== values[cell])
    .sort()
  return { cells, changes: Float64Array.from(cells, (cell) => now[cell]! - values[cell]!) }
}

/** Moves go as far as some primary cell needs: then they prove the more. */
function largestNeed(tables: LinkedTables, hidden: Uint8Array, protection: Protection): number {
  let largest = 0
  for (let cell = 0; cell < hidden.length; cell++) {
    if (hidden[cell] !== 1) continue
    const { up, down } = needsOf(protection, cell, tables.values[cell]!)
    largest = Math.max(largest, up, down)
  }
  return largest
}
