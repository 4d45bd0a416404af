import { type Codes, diversity, diversityByClass, equivalenceClasses, kAnonymity } from './microdata.ts'

/** A column with its generalisations, from as it is to coarsest. */
export interface Generalisable {
  readonly name: string
  /** one list of codes per level; records alike on one level stay alike on every later one */
  readonly levels: readonly Codes[]
}

/** What records that look the same must leave open about a sensitive column. */
export interface SensitiveDemand {
  readonly codes: Codes
  /** fewest different values in a class */
  readonly distinct?: number
  /** smallest exp(entropy) of a class */
  readonly entropy?: number
  /** largest distance of a class from all records, 0–1 */
  readonly distance?: number
  /** codes are in order: the distance is that of the earth mover */
  readonly ordered?: boolean
}

export interface RecodeDemand {
  /** fewest records that look the same */
  readonly k: number
  readonly sensitive?: readonly SensitiveDemand[]
  /** share of records that may be left out instead, 0–1; 0.02 when left out */
  readonly suppressed?: number
}

/** A way to meet the demand. */
export interface Recoding {
  /** level of each column */
  readonly levels: readonly number[]
  /** 0 nothing changed – 1 everything as coarse as possible; mean over columns of level / coarsest level */
  readonly loss: number
  /** records to leave out */
  readonly leftOut: readonly number[]
}

/** Combinations of levels that are tried at most. */
const MOST = 100_000

/**
 * Searches all combinations of levels for those that meet the demand with no column coarser than needed: of any answer,
 * no column can be made finer alone or together with others. Least loss first, then fewest records left out.
 *
 * A combination coarser than one that meets k meets it as well, so most need not be counted.
 *
 * @throws  RangeError if columns are malformed or there are more than 100,000 combinations
 * @see     LeFevre, DeWitt, Ramakrishnan (2005), Incognito, https://doi.org/10.1145/1066157.1066164
 */
export function recodings(columns: readonly Generalisable[], demand: RecodeDemand): Recoding[] {
  const heights = columns.map(({ levels }) => levels.length - 1)
  const combinations = heights.reduce((product, height) => product * (height + 1), 1)
  if (columns.length === 0 || heights.some((height) => height < 0) || combinations > MOST) {
    throw new RangeError('recodings requires columns with levels, and at most 100,000 combinations of them')
  }
  if (!(Number.isInteger(demand.k) && demand.k >= 1))
    throw new RangeError('recodings requires a whole k of at least 1')
  requireNested(columns)
  const nodes = Array.from({ length: combinations }, (_, at) => {
    let left = at
    return heights.map((height) => {
      const level = left % (height + 1)
      left = Math.floor(left / (height + 1))
      return level
    })
  })
  const height = (levels: readonly number[]) => levels.reduce((a, b) => a + b, 0)
  nodes.sort((a, b) => height(a) - height(b))
  const found: Recoding[] = []
  for (const levels of nodes) {
    if (found.some((finer) => finer.levels.every((level, at) => level <= levels[at]!))) continue
    const leftOut = leftOutOf(
      levels.map((level, at) => columns[at]!.levels[level]!),
      demand,
    )
    if (!leftOut) continue
    found.push({ levels, loss: lossOf(columns, levels), leftOut })
  }
  return found.sort((a, b) => a.loss - b.loss || a.leftOut.length - b.leftOut.length)
}

/**
 * One way to recode: the levels as given, with the records that have to be left out.
 *
 * @returns  null where the demand is not met: too many records to leave out, or what stays is too alike
 * @throws   RangeError if columns, levels or the demand are malformed
 */
export function recodingAt(
  columns: readonly Generalisable[],
  levels: readonly number[],
  demand: RecodeDemand,
): Recoding | null {
  if (columns.length === 0 || levels.length !== columns.length) {
    throw new RangeError('recodingAt requires columns, and a level for each')
  }
  requireNested(columns)
  const codes = levels.map((level, at) => {
    const own = columns[at]!.levels[level]
    if (!own) throw new RangeError(`recodingAt requires levels that there are: ${columns[at]!.name}`)
    return own
  })
  const leftOut = leftOutOf(codes, demand)
  return leftOut && { levels, loss: lossOf(columns, levels), leftOut }
}

function lossOf(columns: readonly Generalisable[], levels: readonly number[]): number {
  const losses = levels.map((level, at) => {
    const height = columns[at]!.levels.length - 1
    return height > 0 ? level / height : 0
  })
  return losses.reduce((a, b) => a + b, 0) / columns.length
}

/** Records in classes that do not meet the demand, or null where they are too many or what stays is too alike. */
function leftOutOf(
  codes: readonly Codes[],
  { k, sensitive = [], suppressed = 0.02 }: RecodeDemand,
): number[] | null {
  const classes = equivalenceClasses(codes)
  const records = classes.classOf.length
  if (records === 0) return []
  const isBad = Uint8Array.from(classes.sizes, (size) => (size < k ? 1 : 0))
  for (const { codes: own, distinct = 0, entropy = 0 } of sensitive) {
    if (distinct <= 1 && entropy <= 1) continue
    const found = diversityByClass(classes, own)
    found.distinct.forEach((values, at) => {
      if (values < distinct || found.entropy[at]! < entropy - 1e-12) isBad[at] = 1
    })
  }
  const leftOut: number[] = []
  classes.classOf.forEach((own, at) => {
    if (isBad[own]) leftOut.push(at)
  })
  if (leftOut.length > suppressed * records || leftOut.length === records) return null
  if (sensitive.every(({ distance }) => distance === undefined)) return leftOut
  const out = new Set(leftOut)
  const kept = [...classes.classOf.keys()].filter((at) => !out.has(at))
  const rest = equivalenceClasses(codes.map((column) => kept.map((at) => column[at]!)))
  if (kAnonymity(rest) < k) return null
  for (const { codes: own, distance, ordered = false } of sensitive) {
    if (distance === undefined) continue
    const found = diversity(
      rest,
      kept.map((at) => own[at]!),
    )
    if ((ordered ? found.orderedDistance : found.distance) > distance + 1e-12) return null
  }
  return leftOut
}

function requireNested(columns: readonly Generalisable[]): void {
  for (const { name, levels } of columns) {
    for (let level = 1; level < levels.length; level++) {
      const coarser = new Map<number, number>()
      const [fine, coarse] = [levels[level - 1]!, levels[level]!]
      for (let at = 0; at < fine.length; at++) {
        const before = coarser.get(fine[at]!)
        if (before !== undefined && before !== coarse[at]) {
          throw new RangeError(`recodings requires levels that only join values: ${name}, level ${level}`)
        }
        coarser.set(fine[at]!, coarse[at]!)
      }
    }
  }
}
