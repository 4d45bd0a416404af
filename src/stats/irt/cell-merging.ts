/** Observed and expected people: row (sum of scores) → column (score of the item). */
export interface Cells {
  readonly observed: readonly (readonly number[])[]
  /** null where a score cannot be with a sum */
  readonly expected: readonly (readonly (number | null)[])[]
}

interface Row {
  observed: number[]
  expected: number[]
}

/** Cells should expect at least so many people. */
const ENOUGH = 1

/**
 * Merges sparse cells the way mirt's S-X² does, so that numbers can be compared: rows in which a score is impossible
 * go to the nearest row in which none is; rows of one person to the next; within a row the rarest score to its rarer
 * neighbour; rare scores altogether to the score below; and rows that still expect too few to a neighbour.
 * Cells without expectation are 0.
 */
export function merged({ observed, expected }: Cells): Cells {
  const columns = observed[0]!.length
  let rows = withoutImpossible(observed, expected)
  rows = rows.filter((row) => total(row.observed) > 0)
  const sparse = rows.map((row) => row.expected.some((e) => e < ENOUGH))
  rows = withoutSingles(rows)
  if (columns > 2) {
    rows.forEach((row, k) => {
      if (sparse[k]) mergeWithin(row)
    })
    mergeColumns(rows)
  }
  mergeRows(rows)
  return { observed: rows.map((row) => row.observed), expected: rows.map((row) => row.expected) }
}

/** Rows 1 … last − 1, those with impossible scores added to the first or last row without. */
function withoutImpossible(observed: Cells['observed'], expected: Cells['expected']): Row[] {
  const all = observed.slice(1, -1).map((row, k): Row & { possible: boolean } => {
    const own = expected[k + 1]!
    return { observed: [...row], expected: own.map((e) => e ?? 0), possible: own.every((e) => e !== null) }
  })
  const first = all.findIndex(({ possible }) => possible)
  const last = all.findLastIndex(({ possible }) => possible)
  if (first < 0) return []
  all.forEach((row, k) => {
    if (k < first) addTo(all[first]!, row)
    if (k > last) addTo(all[last]!, row)
  })
  return all.slice(first, last + 1)
}

/** A row with one person is added to the next, the last one to the one before. */
function withoutSingles(rows: readonly Row[]): Row[] {
  const kept: Row[] = []
  rows.forEach((row, k) => {
    if (total(row.observed) === 1 && k < rows.length - 1) addTo(rows[k + 1]!, row)
    else kept.push(row)
  })
  if (kept.length > 1 && total(kept.at(-1)!.observed) === 1) addTo(kept.at(-2)!, kept.pop()!)
  return kept
}

/** The rarest score joins its rarer neighbour until all expect enough or two are left; free places go to the end. */
function mergeWithin(row: Row): void {
  const columns = row.expected.length
  const { expected, observed } = row
  while (expected.length > 2) {
    const rarest = expected.lastIndexOf(Math.min(...expected))
    const left = rarest > 0 ? expected[rarest - 1]! : Number.POSITIVE_INFINITY
    const right = rarest < expected.length - 1 ? expected[rarest + 1]! : Number.POSITIVE_INFINITY
    const to = left <= right ? rarest - 1 : rarest + 1
    expected[to]! += expected[rarest]!
    observed[to]! += observed[rarest]!
    expected.splice(rarest, 1)
    observed.splice(rarest, 1)
    if (expected.every((e) => e >= ENOUGH)) break
  }
  while (expected.length < columns) {
    expected.push(0)
    observed.push(0)
  }
}

/** Scores that are rare in all rows together join the score below. */
function mergeColumns(rows: readonly Row[]): void {
  const columns = () => rows[0]?.expected.length ?? 0
  const joinLeft = (c: number): void => {
    for (const row of rows) {
      row.expected[c - 1]! += row.expected[c]!
      row.observed[c - 1]! += row.observed[c]!
      row.expected.splice(c, 1)
      row.observed.splice(c, 1)
    }
  }
  const expectedIn = (c: number) => total(rows.map((row) => row.expected[c]!))
  while (columns() > 2 && expectedIn(columns() - 1) < ENOUGH * Math.ceil(rows.length * 0.1))
    joinLeft(columns() - 1)
  for (let c = columns() - 1; c >= 1; c--) {
    if (rows.filter((row) => row.expected[c]! > 0).length / rows.length < 0.05) joinLeft(c)
  }
}

/** The first row that expects too few somewhere joins its neighbour with fewer people, until none is left. */
function mergeRows(rows: Row[]): void {
  const sparse = (row: Row) => row.expected.some((e) => e < ENOUGH && e !== 0)
  for (let k = rows.findIndex(sparse); k >= 0 && rows.length > 1; k = rows.findIndex(sparse)) {
    const above = rows[k - 1]
    const below = rows[k + 1]
    const pick =
      above === undefined || (below !== undefined && total(below.observed) < total(above.observed))
        ? below!
        : above
    addTo(pick, rows[k]!)
    rows.splice(k, 1)
  }
}

function addTo(to: Row, from: Row): void {
  from.observed.forEach((x, c) => {
    to.observed[c]! += x
  })
  from.expected.forEach((e, c) => {
    to.expected[c]! += e
  })
}

function total(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0)
}
