export interface ProgressionInput {
  /** T years × G grades of pupils, oldest year first, row by row; T ≥ 2, G ≥ 2 */
  readonly history: readonly ArrayLike<number>[]
  /** pupils of the first grade in the coming years, e.g. children of that age × share who start */
  readonly entrants: ArrayLike<number>
  /** weight of the newest rate in exponential smoothing, above 0 to 1; default 0.4 */
  readonly alpha?: number
}

/** A projection by grade. */
export interface Progression {
  /** smoothed rates from each grade into the next, G − 1 */
  readonly rates: Float64Array
  /** observed rates, (T − 1) × (G − 1); null where the lower grade was empty */
  readonly observed: readonly (readonly (number | null)[])[]
  /** pupils per grade in each coming year */
  readonly projection: readonly Float64Array[]
}

/**
 * Grade progression: pupils of a grade ÷ pupils of the grade below a year earlier, smoothed over the years
 * and carried forward. Repeating, moving and early leaving are all in the rate.
 *
 * @throws  RangeError if the history has fewer than 2 years or grades, a number is negative, alpha is out of
 *          range, or a grade was empty in every year, so that no rate can be seen
 * @see     NCES, Projections of Education Statistics, appendix A (smoothing constant 0.4)
 */
export function gradeProgression({ history, entrants, alpha = 0.4 }: ProgressionInput): Progression {
  const grades = history[0]?.length ?? 0
  if (history.length < 2 || grades < 2 || history.some((row) => row.length !== grades)) {
    throw new RangeError('gradeProgression requires two or more years of the same two or more grades')
  }
  for (const row of [...history, entrants]) {
    for (let at = 0; at < row.length; at++) {
      if (!(row[at]! >= 0 && row[at]! < Infinity))
        throw new RangeError('gradeProgression requires pupils of 0 or more')
    }
  }
  if (!(alpha > 0 && alpha <= 1))
    throw new RangeError('gradeProgression requires a smoothing weight above 0, at most 1')
  const observed = history.slice(1).map((row, year) =>
    Array.from({ length: grades - 1 }, (_, g) => {
      const before = history[year]![g]!
      return before > 0 ? row[g + 1]! / before : null
    }),
  )
  const rates = Float64Array.from({ length: grades - 1 }, (_, g) => {
    const seen = observed.map((row) => row[g] ?? null).filter((rate) => rate !== null)
    return smoothed(seen, alpha)
  })
  const projection: Float64Array[] = []
  let last = Float64Array.from(history.at(-1)!)
  for (let year = 0; year < entrants.length; year++) {
    const next = Float64Array.from(last, (_, g) => (g === 0 ? entrants[year]! : last[g - 1]! * rates[g - 1]!))
    projection.push(next)
    last = next
  }
  return { rates, observed, projection }
}

/** Single exponential smoothing that starts from the first observation. */
function smoothed(xs: readonly number[], alpha: number): number {
  const [first, ...later] = xs
  if (first === undefined) throw new RangeError('gradeProgression requires a year with pupils in every grade')
  return later.reduce((level, x) => alpha * x + (1 - alpha) * level, first)
}
