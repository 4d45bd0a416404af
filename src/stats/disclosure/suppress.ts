import { philox } from '../numeric/random.ts'
import { coordinates } from './coordinates.ts'
import { where } from './growing.ts'
import { type Hiding, type HidingRules, hiding, lossWeights } from './hiding.ts'
import { type Lost, lostAnyway, noneLost } from './lost.ts'
import { producer } from './products.ts'
import type { ProgrammeSolver } from './programme.ts'
import { proofs } from './proofs.ts'
import {
  insidersOf,
  isKnownNotEmpty,
  needsOf,
  type Protection,
  singletons,
  zerosOfSeveral,
} from './protection.ts'
import { type Efforts, prover } from './prove.ts'
import { publishAgain } from './republish.ts'
import { moveStore, type ShownMoves } from './shown.ts'
import { type Slack, slackOf } from './slack.ts'
import type { LinkedTables } from './tables.ts'

export interface SuppressOptions extends Protection, HidingRules {
  /** what hiding a cell costs, > 0; `lossWeights` when left out */
  readonly weights?: Float64Array
  /** a mark per cell behind which one contributor stands; cells with the number 1 when left out */
  readonly alone?: Uint8Array
  /** asked in small systems where chains find nothing; left out: longer chains are followed */
  readonly solver?: ProgrammeSolver
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
  readonly shown: ShownMoves
}

/**
 * Up to this many cells chains are followed deeper, then programmes are asked, and prices are shaken in so many rounds, of which the best counts. In
 * larger systems rounds win 3 % and cost many times the time; three times as many win a thousandth here.
 */
const SMALL = 400
const ROUNDS = 8
/** Rounds end early where they are dear: so many steps of chains in all of them. Nearly everything hidden, none of them wins much. */
const SHAKING = 20_000

const EFFORTS: Record<'small' | 'large', Efforts> = {
  small: { free: { width: 3, steps: 500 }, paid: { width: 8, steps: 2000 } },
  large: { free: { width: 3, steps: 60 }, paid: { width: 4, steps: 400 } },
}
/**
 * A longer search for the cells that are left without protection, and cells beside each of them that are hidden for it in a larger
 * system: where a dozen do not help, more of the same do not either.
 */
const PATIENCE = 5
const DOZEN = 12
/**
 * Steps of chains after which one round looks for products only, in a small system and for each cell of a larger one: where so many found
 * nothing, more of them find little. What is left without protection is for the attack to decide.
 */
const MOST_STEPS = { small: 60_000, perCell: 60 }

/**
 * In larger systems a secondary cell on which more sides lean than this is not tried again: trying all of them wins another
 * percent or two and costs as much time as everything else.
 */
const LEANING = 20

/** One description of the system for all rounds. */
interface Task {
  readonly tables: LinkedTables
  readonly primary: Uint8Array
  readonly options: SuppressOptions
  readonly weights: Float64Array
  readonly person: Int32Array
  /** in large systems: zeros that an insider knows whatever is hidden */
  readonly told: ReadonlySet<number>
  /** in small systems, and more is found out in every round: who knows which cell whatever is hidden */
  readonly lost: Lost
  /** cells for which chains found nothing in an earlier round: programmes are asked at once */
  readonly hard: Set<number>
  readonly slack: Slack
}

/**
 * Secondary suppression: hides further cells until every primary cell can take both ends of its protection interval
 * in tables that fit everything published, also for a person who is alone in a hidden cell. Cheap rather than cheapest:
 * cell by cell, smallest first, the cheapest product or chain of changes found; then each secondary cell is published
 * again where other proofs are found. The answer depends on keys and numbers only, not on any order. Small tables are done in
 * several rounds with prices shaken a little, because cell by cell the first choice can stand in the way of the second.
 *
 * Cells with the number 0 are hidden only where nothing else helps.
 *
 * @param primary  a mark per cell that must be hidden
 * @throws         RangeError if marks, weights, groups or amounts are malformed
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
  const alone = options.alone ?? singletons(tables)
  const person = insidersOf(tables, alone)
  const isSmall = values.length <= SMALL
  const told = isSmall ? new Set<number>() : zerosOfSeveral(tables, alone, person)
  const lost = isSmall ? lostAnyway(tables, primary, mostHidden(), person, options) : noneLost()
  const task = {
    tables,
    primary,
    options,
    weights,
    person,
    told,
    lost,
    hard: new Set<number>(),
    slack: slackOf(tables),
  }
  let { pattern: best, steps } = round(task, weights)
  if (!isSmall) return best
  // nothing can be won where nothing was hidden for others
  for (let shake = 1; shake < ROUNDS && steps < SHAKING && best.loss > 0; shake++) {
    const random = philox(shake)
    const { pattern: next, steps: more } = round(
      task,
      weights.map((weight) => weight * (0.6 + 0.8 * random.uniform())),
    )
    steps += more
    const isBetter = next.unprotected.length - best.unprotected.length || next.loss - best.loss
    if (isBetter < 0) best = next
  }
  return best

  function mostHidden(): Hiding {
    const everything = hiding(primary, values, weights, options)
    everything.allowZeros()
    return everything
  }
}

/** One round over all primary cells, hiding by `prices` and counting the loss in weights. */
function round(task: Task, prices: Float64Array): { pattern: Pattern; steps: number } {
  const { tables, primary, options, weights, person, told, lost, hard, slack } = task
  const { values } = tables
  const isSmall = values.length <= SMALL
  const efforts = EFFORTS[isSmall ? 'small' : 'large']
  const own = hiding(primary, values, prices, options)
  const { hidden } = own
  const shown = moveStore()
  const known = proofs(hidden, values, person, options, shown, lost)
  const products = isSmall
    ? null
    : (values: Float64Array) => producer(tables, coordinates(tables), own.price, values)
  const solver = isSmall ? options.solver : undefined
  const help = { lost, solver }
  const { prove, programme, glance, steps } = prover(
    tables,
    own,
    known,
    person,
    options,
    slack,
    products,
    help,
  )

  const order = where(hidden.length, (cell) => hidden[cell] === 1)
  order.sort((a, b) => values[a]! - values[b]! || a - b)
  // nothing is searched for what an insider knows whatever is hidden
  const isTold = (cell: number): boolean => {
    const { up, down } = needsOf(options, cell, values[cell]!)
    const mustReachZero = down > 0 && down === values[cell]
    if (isSmall) return lost.knows(cell, -1)
    return (up > 0 && told.has(cell)) || (mustReachZero && isKnownNotEmpty(tables, cell, person))
  }
  const hopeless = order.filter(isTold)
  const mostSteps = Math.max(MOST_STEPS.small, isSmall ? 0 : MOST_STEPS.perCell * hidden.length)
  const isTired = () => steps() > mostSteps
  const isProved = (cell: number) => (isTired() ? glance(cell) : prove(cell, true, efforts))
  let open = order.filter((cell) => !isTold(cell) && (hard.has(cell) || !isProved(cell)))
  if (solver) for (const cell of open) hard.add(cell)
  if (open.length > 0) {
    // zeros may help where nothing else does, and a longer search; they come last
    own.allowZeros()
    const patient = { ...efforts, paid: { width: 6, steps: PATIENCE * efforts.paid.steps } }
    open = open.filter((cell) => {
      if (isTired()) return !glance(cell)
      if (solver) return !programme(cell)
      for (let more = 0; !prove(cell, true, patient); more++) {
        const isEnough = !isSmall && more === DOZEN
        if (isEnough || !hideOneMore(tables, own, cell)) return true
      }
      return false
    })
  }
  const again = isSmall ? (cell: number) => prove(cell, false, efforts) : glance
  publishAgain(own, known, shown, weights, again, isSmall ? Infinity : LEANING)

  let loss = 0
  for (let cell = 0; cell < hidden.length; cell++) if (hidden[cell] === 2) loss += weights[cell]!
  const published = where(hidden.length, (cell) => primary[cell] !== 0 && hidden[cell] === 0)
  const lostHere = order.filter((cell) => lost.has(cell))
  const isUsed = new Uint8Array(shown.length)
  for (const proof of known.up) if (proof >= 0) isUsed[proof] = 1
  for (const proof of known.down) if (proof >= 0) isUsed[proof] = 1
  const pattern = {
    hidden,
    unprotected: [...new Set([...published, ...hopeless, ...open, ...lostHere])].sort((a, b) => a - b),
    loss,
    shown: shown.keep((proof) => isUsed[proof] === 1),
  }
  return { pattern, steps: steps() }
}

/** Hides the cheapest published cell beside a cell, in its own facts; false where all are hidden. */
function hideOneMore(tables: LinkedTables, { hidden, price, hide }: Hiding, cell: number): boolean {
  let best = -1
  for (let at = tables.cellStart[cell]!; at < tables.cellStart[cell + 1]!; at++) {
    const fact = tables.cellFact[at]!
    for (let i = tables.factStart[fact]!; i < tables.factStart[fact + 1]!; i++) {
      const other = tables.factCell[i]!
      if (hidden[other] === 0 && price[other]! < (best < 0 ? Infinity : price[best]!)) best = other
    }
  }
  if (best >= 0) hide(best)
  return best >= 0
}
