/** A life table of leaving, one entry per period. */
export interface LifeTable {
  /** share of those at risk who leave in the period, 0–1 */
  readonly hazard: Float64Array
  /** share who are still there at its end, 0–1, not rising */
  readonly survivor: Float64Array
  /** Greenwood's standard error of the survivor share */
  readonly standardError: Float64Array
  /** periods after which half have left, linear within the period; undefined when more than half stay */
  readonly medianLifetime: number | undefined
}

/**
 * Life table from counts: hazard d/n, survivor Π(1 − hazard). Those who drop out of sight (still employed
 * at the end, moved to other work with permission …) are no longer at risk afterwards, but have not left.
 *
 * @param atRisk  persons at the start of each period, whole numbers above 0, not rising
 * @param left    persons who left in the period, 0 … atRisk
 * @throws        RangeError if counts are impossible
 * @see           Singer, Willett (2003), Applied Longitudinal Data Analysis, ch. 10; Greenwood (1926)
 * @example       lifeTable([100, 80], [20, 20]).survivor // 0.8, 0.6
 */
export function lifeTable(atRisk: ArrayLike<number>, left: ArrayLike<number>): LifeTable {
  const periods = atRisk.length
  if (periods === 0 || left.length !== periods)
    throw new RangeError('lifeTable requires counts for one or more periods')
  const hazard = new Float64Array(periods)
  const survivor = new Float64Array(periods)
  const standardError = new Float64Array(periods)
  let staying = 1
  let spread = 0
  let medianLifetime: number | undefined
  for (let t = 0; t < periods; t++) {
    const n = atRisk[t]!
    const d = left[t]!
    const most = t === 0 ? Infinity : atRisk[t - 1]! - left[t - 1]!
    if (!(Number.isInteger(n) && n > 0 && n <= most && Number.isInteger(d) && d >= 0 && d <= n)) {
      throw new RangeError(
        'lifeTable requires at each period no more persons than stayed, and no more leavers than persons',
      )
    }
    hazard[t] = d / n
    const before = staying
    staying *= 1 - d / n
    survivor[t] = staying
    spread += d === n ? 0 : d / (n * (n - d))
    // Nobody stays: the share is 0 and, as an estimate, has no spread left.
    standardError[t] = staying * Math.sqrt(spread)
    if (medianLifetime === undefined && staying <= 0.5)
      medianLifetime = t + (before - 0.5) / (before - staying)
  }
  return { hazard, survivor, standardError, medianLifetime }
}

/**
 * Life table from persons: for how many whole periods each was followed, and whether it ended with leaving.
 * A duration of t with leaving means: left in period t; without: seen to the end of period t.
 *
 * @param durations  whole periods, 1 or more
 * @param hasLeft    one mark per person
 * @returns          the table with its counts; it ends with the last period in which anybody is at risk
 * @throws           RangeError if there is nobody or a duration is not a whole number of 1 or more
 */
export function lifeTableOfPersons(durations: ArrayLike<number>, hasLeft: ArrayLike<boolean | number>) {
  const n = durations.length
  let longest = 0
  for (let person = 0; person < n; person++) {
    const t = durations[person]!
    if (!(Number.isInteger(t) && t >= 1))
      throw new RangeError('lifeTableOfPersons requires durations of 1 or more periods')
    longest = Math.max(longest, t)
  }
  if (n === 0 || hasLeft.length !== n)
    throw new RangeError('lifeTableOfPersons requires one or more persons, each with a mark')
  const atRisk = new Float64Array(longest)
  const left = new Float64Array(longest)
  for (let person = 0; person < n; person++) {
    atRisk[durations[person]! - 1]!++
    if (hasLeft[person]) left[durations[person]! - 1]!++
  }
  for (let t = longest - 2; t >= 0; t--) atRisk[t]! += atRisk[t + 1]!
  return { ...lifeTable(atRisk, left), atRisk, left }
}
