/** Records that share all quasi-identifiers. */
export interface Classes {
  /** number of the class of each record, in order of first appearance */
  readonly classOf: Int32Array
  /** records in each class */
  readonly sizes: Int32Array
}

/** A column as whole numbers from 0: the same value, the same number. */
export type Codes = ArrayLike<number>

/**
 * Classes of records that look the same.
 *
 * @param columns  quasi-identifiers, one code per record
 * @throws         RangeError if there is no column, or columns differ in length or hold no codes
 */
export function equivalenceClasses(columns: readonly Codes[]): Classes {
  const records = columns[0]?.length ?? -1
  if (records < 0 || columns.some((column) => column.length !== records)) {
    throw new RangeError('equivalenceClasses requires one or more columns of equal length')
  }
  let classOf: Int32Array<ArrayBufferLike> = new Int32Array(records)
  let count = records > 0 ? 1 : 0
  for (const column of columns) {
    let codes = 0
    for (let at = 0; at < records; at++) {
      const code = column[at]!
      if (!(Number.isInteger(code) && code >= 0 && code < 2 ** 31)) {
        throw new RangeError('equivalenceClasses requires codes that are whole numbers of at least 0')
      }
      codes = Math.max(codes, code + 1)
    }
    const next = new Int32Array(records)
    const seen = numbering(count, codes, records)
    for (let at = 0; at < records; at++) next[at] = seen.numberOf(classOf[at]!, column[at]!)
    classOf = next
    count = seen.count()
  }
  const sizes = new Int32Array(count)
  for (const own of classOf) sizes[own]!++
  return { classOf, sizes }
}

/** Numbers pairs in order of first appearance: by a plain array where that is small, else by a map. */
function numbering(classes: number, codes: number, records: number) {
  let count = 0
  if (classes * codes <= 16 * records + 1024) {
    const table = new Int32Array(classes * codes)
    return {
      numberOf(a: number, b: number) {
        const at = a * codes + b
        if (table[at] === 0) table[at] = ++count
        return table[at]! - 1
      },
      count: () => count,
    }
  }
  const map = new Map<number, number>()
  return {
    numberOf(a: number, b: number) {
      const pair = a * codes + b
      let number = map.get(pair)
      if (number === undefined) {
        number = count++
        map.set(pair, number)
      }
      return number
    },
    count: () => count,
  }
}

/** k: records in the smallest class; 0 where there are no records. */
export function kAnonymity({ sizes }: Classes): number {
  return sizes.length === 0 ? 0 : sizes.reduce((a, b) => Math.min(a, b))
}

/** What the classes tell about a sensitive column, in the worst class. */
export interface Diversity {
  /** fewest different values in a class */
  readonly distinct: number
  /** smallest exp(entropy) of a class: 1 where all have the same value */
  readonly entropy: number
  /** largest distance (0–1) of a class from all records: half the sum of absolute differences of shares */
  readonly distance: number
  /** the same by earth mover's distance, for codes in order, 0–1 */
  readonly orderedDistance: number
}

/**
 * l-diversity and t-closeness of a sensitive column.
 *
 * @param sensitive  one code per record, 0 … m − 1 in order where the column has one
 * @throws           RangeError if lengths differ or there is no record
 * @see              Machanavajjhala et al. (2007), l-diversity, https://doi.org/10.1145/1217299.1217302
 * @see              Li, Li, Venkatasubramanian (2007), t-closeness, https://doi.org/10.1109/ICDE.2007.367856
 */
export function diversity(classes: Classes, sensitive: Codes): Diversity {
  const { distinct, entropy, distance, orderedDistance } = diversityByClass(classes, sensitive)
  const least = (values: Iterable<number>) => {
    let found = Infinity
    for (const value of values) found = Math.min(found, value)
    return found
  }
  const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0)
  return {
    distinct: least(distinct),
    entropy: least(entropy),
    distance: most(distance),
    orderedDistance: most(orderedDistance),
  }
}

/** The same for every class. */
export interface DiversityByClass {
  readonly distinct: Int32Array
  readonly entropy: Float64Array
  readonly distance: Float64Array
  readonly orderedDistance: Float64Array
}

/** @throws  RangeError if lengths differ or there is no record */
export function diversityByClass({ classOf, sizes }: Classes, sensitive: Codes): DiversityByClass {
  const records = classOf.length
  if (records === 0 || sensitive.length !== records) {
    throw new RangeError('diversity requires one sensitive code per record, and records')
  }
  let values = 0
  for (let at = 0; at < records; at++) {
    if (!(Number.isInteger(sensitive[at]) && sensitive[at]! >= 0)) {
      throw new RangeError('diversity requires codes that are whole numbers of at least 0')
    }
    values = Math.max(values, sensitive[at]! + 1)
  }
  const overall = new Float64Array(values)
  const order = new Int32Array(records)
  const start = new Int32Array(sizes.length + 1)
  sizes.forEach((size, own) => {
    start[own + 1] = start[own]! + size
  })
  const next = start.slice()
  for (let at = 0; at < records; at++) {
    overall[sensitive[at]!]! += 1 / records
    order[next[classOf[at]!]!++] = at
  }
  const found = {
    distinct: new Int32Array(sizes.length),
    entropy: new Float64Array(sizes.length),
    distance: new Float64Array(sizes.length),
    orderedDistance: new Float64Array(sizes.length),
  }
  const counts = new Float64Array(values)
  sizes.forEach((size, own) => {
    counts.fill(0)
    for (let at = start[own]!; at < start[own + 1]!; at++) counts[sensitive[order[at]!]!]!++
    let [distinct, entropy, distance, ahead, moved] = [0, 0, 0, 0, 0]
    for (let value = 0; value < values; value++) {
      const share = counts[value]! / size
      if (share > 0) {
        distinct++
        entropy -= share * Math.log(share)
      }
      distance += Math.abs(share - overall[value]!) / 2
      ahead += share - overall[value]!
      moved += Math.abs(ahead)
    }
    found.distinct[own] = distinct
    found.entropy[own] = Math.exp(entropy)
    found.distance[own] = distance
    found.orderedDistance[own] = values > 1 ? moved / (values - 1) : 0
  })
  return found
}

/** The chance that somebody who knows that a person is in the extract finds the person. */
export interface IdentificationRisk {
  /** of the average record: classes / records */
  readonly average: number
  /** of the worst record: 1 / k */
  readonly largest: number
  /** records found on average */
  readonly expected: number
  /** records that are alone in their class */
  readonly unique: number
  /** share of records in classes below `k` */
  readonly below: number
}

/** @throws RangeError if there are no records or k is below 1 */
export function identificationRisk({ classOf, sizes }: Classes, k: number): IdentificationRisk {
  if (classOf.length === 0 || !(k >= 1)) throw new RangeError('identificationRisk requires records and k ≥ 1')
  let unique = 0
  let below = 0
  for (const size of sizes) {
    if (size === 1) unique++
    if (size < k) below += size
  }
  const records = classOf.length
  return {
    average: sizes.length / records,
    largest: 1 / kAnonymity({ classOf, sizes }),
    expected: sizes.length,
    unique,
    below: below / records,
  }
}

/** How many records some columns single out. */
export interface Unicity {
  /** numbers of the columns, ascending */
  readonly columns: readonly number[]
  /** records that nobody else is like in these columns */
  readonly unique: number
}

/** Combinations of columns that are tried at most. */
const MOST_COMBINATIONS = 1000

/**
 * Which combinations of so many columns single records out, most first: what somebody finds who knows just these of a
 * person from elsewhere.
 *
 * @param size  columns known, 1 or more
 * @throws      RangeError if there are fewer columns, more than 1,000 combinations of them, or columns are malformed
 * @see         de Montjoye et al. (2013), Unique in the crowd, https://doi.org/10.1038/srep01376
 */
export function unicity(columns: readonly Codes[], size: number): Unicity[] {
  if (!(Number.isInteger(size) && size >= 1 && size <= columns.length)) {
    throw new RangeError('unicity requires a whole number of columns, no more than there are')
  }
  let combinations: number[][] = [[]]
  for (let taken = 0; taken < size; taken++) {
    combinations = combinations.flatMap((before) =>
      [...columns.keys()].filter((at) => at > (before.at(-1) ?? -1)).map((at) => [...before, at]),
    )
    if (combinations.length > MOST_COMBINATIONS) {
      throw new RangeError(`unicity requires at most ${MOST_COMBINATIONS} combinations of columns`)
    }
  }
  return combinations
    .map((own) => {
      const { sizes } = equivalenceClasses(own.map((at) => columns[at]!))
      return { columns: own, unique: sizes.reduce((sum, each) => sum + (each === 1 ? 1 : 0), 0) }
    })
    .sort((a, b) => b.unique - a.unique)
}
