import { type Codes, diversity, equivalenceClasses, kAnonymity } from './microdata.ts'

/** A column with its generalisations, from as it is to coarsest. */
export interface Generalisable {
  readonly name: string
  /** one list of codes per level; records alike on one level stay alike on every later one */
  readonly levels: readonly Codes[]
}

export interface RecodeDemand {
  /** fewest records that look the same */
  readonly k: number
  /** a sensitive column and fewest different values of it in a class */
  readonly sensitive?: { readonly codes: Codes; readonly distinct?: number; readonly distance?: number }
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
    const loss = levels.reduce((sum, level, at) => sum + (heights[at] ? level / heights[at]! : 0), 0)
    found.push({ levels, loss: loss / columns.length, leftOut })
  }
  return found.sort((a, b) => a.loss - b.loss || a.leftOut.length - b.leftOut.length)
}

/** Records in classes that do not meet the demand, or null where they are too many or what stays is too alike. */
function leftOutOf(
  codes: readonly Codes[],
  { k, sensitive, suppressed = 0.02 }: RecodeDemand,
): number[] | null {
  const classes = equivalenceClasses(codes)
  const records = classes.classOf.length
  const distinct = sensitive?.distinct
    ? distinctValues(classes.classOf, classes.sizes.length, sensitive.codes)
    : null
  const isBad = (own: number) =>
    classes.sizes[own]! < k || (distinct !== null && distinct[own]! < (sensitive?.distinct ?? 0))
  const leftOut: number[] = []
  classes.classOf.forEach((own, at) => {
    if (isBad(own)) leftOut.push(at)
  })
  if (leftOut.length > suppressed * records || (records > 0 && leftOut.length === records)) return null
  if (sensitive?.distance !== undefined && records > 0) {
    const out = new Set(leftOut)
    const kept = [...classes.classOf.keys()].filter((at) => !out.has(at))
    const rest = equivalenceClasses(codes.map((column) => kept.map((at) => column[at]!)))
    const own = kept.map((at) => sensitive.codes[at]!)
    if (diversity(rest, own).distance > sensitive.distance || kAnonymity(rest) < k) return null
  }
  return leftOut
}

function distinctValues(classOf: Int32Array, classes: number, sensitive: Codes): Int32Array {
  const seen: Set<number>[] = Array.from({ length: classes }, () => new Set())
  classOf.forEach((own, at) => {
    seen[own]!.add(sensitive[at]!)
  })
  return Int32Array.from(seen, (values) => values.size)
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
