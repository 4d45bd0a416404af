import { philox } from '../numeric/random.ts'
import { type HidingRules, hiding, lossWeights } from './hiding.ts'
import { type Effort, type Move, mover } from './moves.ts'
import { insidersOf, needsOf, type Protection, singletons } from './protection.ts'
import type { LinkedTables } from './tables.ts'

export interface SuppressOptions extends Protection, HidingRules {
  /** what hiding a cell costs, > 0; `lossWeights` when left out */
  readonly weights?: Float64Array
  /** a mark per cell behind which one contributor stands; cells with the number 1 when left out */
  readonly alone?: Uint8Array
}

/** Which cells are hidden. */
export interface Pattern {
  /** per cell: 0 published, 1 primary, 2 secondary */
  readonly hidden: Uint8Array
  /** primary cells for which no protection was found, and fixed ones; a release with any must be refused */
  readonly unprotected: readonly number[]
  /** sum of the weights of secondary cells */
  readonly loss: number
  /**
   * Tables that were constructed on the way, those that prove a cell safe only together in one group. The attack checks
   * them before it looks for its own.
   */
  readonly shown: readonly (readonly Move[])[]
}

/** Up to this many cells searches go deeper, and prices are shaken in so many rounds, of which the best counts. */
const SMALL = 400
const ROUNDS = 24

/**
 * Secondary suppression: hides further cells until every primary cell can take both ends of its protection interval
 * in tables that fit everything published, also for a person who is alone in a hidden cell. Cheap rather than cheapest:
 * cell by cell, smallest first, the cheapest chain of changes found; then each secondary cell is published
 * again where nothing leans on it (in small systems also where other proofs are found). The answer depends on keys and numbers only, not on any order. Small tables are done in
 * several rounds with prices shaken a little, because cell by cell the first choice can stand in the way of the second.
 *
 * Cells with the number 0 are hidden only where nothing else helps.
 *
 * @param primary  a mark per cell that must be hidden
 * @throws         RangeError if marks, weights or amounts are malformed
 */
export function suppress(tables: LinkedTables, primary: Uint8Array, options: SuppressOptions): Pattern {
  const { values } = tables
  const weights = options.weights ?? lossWeights(tables)
  if (primary.length !== values.length || weights.length !== values.length) {
    throw new RangeError('suppress requires one mark and one weight per cell')
  }
  if (!weights.every((weight) => weight > 0 && weight < Infinity)) {
    throw new RangeError('suppress requires finite weights above 0')
  }
  const person = insidersOf(tables, options.alone ?? singletons(tables))
  let best = round(tables, primary, options, weights, person, weights)
  if (values.length > SMALL) return best
  for (let shake = 1; shake < ROUNDS; shake++) {
    const random = philox(shake)
    const shaken = weights.map((weight) => weight * (0.6 + 0.8 * random.uniform()))
    const next = round(tables, primary, options, weights, person, shaken)
    const isBetter = next.unprotected.length - best.unprotected.length || next.loss - best.loss
    if (isBetter < 0) best = next
  }
  return best
}

/** One round over all primary cells, hiding by `prices` and counting the loss in `weights`. */
function round(
  tables: LinkedTables,
  primary: Uint8Array,
  options: SuppressOptions,
  weights: Float64Array,
  person: Int32Array,
  prices: Float64Array,
): Pattern {
  const { values } = tables
  const { hidden, price, free, hide, publish, groupOf, allowZeros } = hiding(primary, values, prices, options)
  // what moves shown for other cells prove on the way: the secondary cells that they lean on
  const shown: Move[][] = []
  const provedUp = new Map<number, readonly number[]>()
  const provedDown = new Map<number, readonly number[]>()
  const isSmall = values.length <= SMALL
  const freeEffort: Effort = { width: 3, steps: isSmall ? 500 : 60 }
  let paidEffort: Effort = { width: isSmall ? 8 : 4, steps: isSmall ? 2000 : 400 }
  const amongHidden = mover(tables, free)
  const amongAll = mover(tables, price)

  /** Cells that a proof leans on, or null. With `mayPay` it may hide further cells. */
  const prove = (cell: number, change: number, mayPay: boolean): number[] | null => {
    const own = person[cell]!
    const isForeign = (other: number) => person[other]! >= 0 && person[other] !== own
    const safe = amongHidden.search(cell, change, freeEffort, isForeign)
    if (safe) return share(safe)
    return (
      withInsiders((isBarred) => amongHidden.search(cell, change, freeEffort, isBarred), own) ??
      (mayPay ? pay(cell, change, isForeign, own) : null)
    )
  }
  const pay = (
    cell: number,
    change: number,
    isForeign: (cell: number) => boolean,
    own: number,
  ): number[] | null => {
    const take = (isBarred: (cell: number) => boolean) => {
      const found = amongAll.search(cell, change, paidEffort, isBarred)
      for (const member of found?.cells ?? []) hide(member)
      return found
    }
    const safe = take(isForeign)
    return safe ? share(safe) : withInsiders(take, own)
  }
  /** A move in which nobody is alone proves every primary cell that it moves far enough. */
  const share = (move: Move): number[] => {
    const cells = [...move.cells]
    shown.push([move])
    if (cells.some((member) => person[member]! >= 0)) return cells
    const leans = cells.filter((member) => hidden[member] === 2)
    cells.forEach((member, at) => {
      if (hidden[member] !== 1) return
      const { down, up } = needsOf(options, member, values[member]!)
      const change = move.changes[at]!
      if (change >= up && !provedUp.has(member)) provedUp.set(member, leans)
      if (-change >= down && !provedDown.has(member)) provedDown.set(member, leans)
    })
    return cells
  }
  /** A move for everybody, and for each person alone in one of its cells another that leaves that person's cells. */
  const withInsiders = (
    find: (isBarred: (cell: number) => boolean) => Move | null,
    own: number,
  ): number[] | null => {
    const move = find(() => false)
    if (!move) return null
    const moves = [move]
    const used = new Set(move.cells)
    const people = new Set([...move.cells].map((cell) => person[cell]!).filter((p) => p >= 0 && p !== own))
    for (const insider of people) {
      const another = find((cell) => person[cell] === insider)
      if (!another) return null
      moves.push(another)
      for (const cell of another.cells) used.add(cell)
    }
    shown.push(moves)
    return [...used]
  }
  /** Secondary cells that the protection of a primary cell leans on, or null where it is not protected. */
  const protect = (cell: number, mayPay: boolean): number[] | null => {
    const { down, up } = needsOf(options, cell, values[cell]!)
    const [shownUp, shownDown] = mayPay ? [provedUp.get(cell), provedDown.get(cell)] : []
    const above = up > 0 ? (shownUp ?? prove(cell, up, mayPay)) : []
    const below = above && down > 0 ? (shownDown ?? prove(cell, -down, mayPay)) : []
    return above && below && [...new Set([...below, ...above])].filter((member) => hidden[member] === 2)
  }

  const order = [...hidden.keys()].filter((cell) => hidden[cell] === 1)
  order.sort((a, b) => values[a]! - values[b]! || a - b)
  const leansOn = new Map<number, number[]>()
  let open = order.filter((cell) => {
    const used = protect(cell, true)
    if (used) leansOn.set(cell, used)
    return used === null
  })
  if (open.length > 0) {
    // zeros may help where nothing else does, and a longer search; they come last
    paidEffort = { width: 6, steps: 5 * paidEffort.steps }
    allowZeros()
    open = open.filter((cell) => {
      for (;;) {
        const used = protect(cell, true)
        if (used) leansOn.set(cell, used)
        if (used || !hideOneMore(cell)) return used === null
      }
    })
  }
  publishAgain()
  let loss = 0
  for (let cell = 0; cell < hidden.length; cell++) if (hidden[cell] === 2) loss += weights[cell]!
  const told = [...primary.keys()].filter((cell) => primary[cell] && hidden[cell] === 0)
  return { hidden, unprotected: [...told, ...open].sort((a, b) => a - b), loss, shown }

  /** Hides the cheapest published cell beside a cell, in its own facts; false where all are hidden. */
  function hideOneMore(cell: number): boolean {
    let best = -1
    for (let at = tables.cellStart[cell]!; at < tables.cellStart[cell + 1]!; at++) {
      const fact = tables.cellFact[at]!
      for (let i = tables.factStart[fact]!; i < tables.factStart[fact + 1]!; i++) {
        const other = tables.factCell[i]!
        const cost = price[other]!
        if (hidden[other] === 0 && cost < (best < 0 ? Infinity : price[best]!)) best = other
      }
    }
    if (best >= 0) hide(best)
    return best >= 0
  }

  /** Publishes secondary cells again, dearest first, where every primary cell that leans on them finds another proof. */
  function publishAgain(): void {
    const users = new Map<number, Set<number>>()
    for (const [cell, used] of leansOn) {
      for (const member of used) users.set(member, (users.get(member) ?? new Set()).add(cell))
    }
    const secondary = [...hidden.keys()].filter((cell) => hidden[cell] === 2)
    secondary.sort((a, b) => weights[b]! - weights[a]! || a - b)
    for (const cell of secondary) {
      const group = groupOf(cell)
      if (group[0] !== cell || group.some((member) => hidden[member] === 1)) continue
      const leaning = new Set([...group].flatMap((member) => [...(users.get(member) ?? [])]))
      // in large systems the attack would need many programmes for what is won here
      if (!isSmall && leaning.size > 0) continue
      publish(cell)
      const proofs: [number, number[]][] = []
      for (const user of leaning) {
        const used = protect(user, false)
        if (!used) break
        proofs.push([user, used])
      }
      if (proofs.length < leaning.size) {
        hide(cell)
        continue
      }
      for (const [user, used] of proofs) {
        for (const before of leansOn.get(user)!) users.get(before)?.delete(user)
        for (const member of used) users.set(member, (users.get(member) ?? new Set()).add(user))
        leansOn.set(user, used)
      }
    }
  }
}
