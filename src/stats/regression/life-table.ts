/** One period of a life table. */
export interface LifeTableRow {
  readonly atRisk: number
  readonly events: number
  /** share of those at risk to whom it happens in this period */
  readonly hazard: number
  /** share to whom it has not happened by the end of this period */
  readonly survivor: number
  /** Greenwood's standard error of the survivor share; null once nobody is left */
  readonly standardError: number | null
}

/**
 * Life table for events in whole periods.
 *
 * @param atRisk  persons at risk at the start of each period, whole, above 0
 * @param events  persons to whom it happens in the period, at most those at risk
 * @throws        RangeError otherwise
 * @see           Singer, Willett (2003), Applied Longitudinal Data Analysis, ch. 10
 * @example       lifeTable([100, 80], [20, 8])[1] // hazard 0.1, survivor 0.72
 */
export function lifeTable(atRisk: ArrayLike<number>, events: ArrayLike<number>): LifeTableRow[] {
  if (atRisk.length !== events.length) throw new RangeError('lifeTable requires events for each period')
  let survivor = 1
  let terms = 0
  return Array.from({ length: atRisk.length }, (_, j) => {
    const n = atRisk[j]!
    const d = events[j]!
    if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || n < 1 || d < 0 || d > n) {
      throw new RangeError(
        'lifeTable requires whole numbers with 0 ≤ events ≤ persons at risk, and persons at risk',
      )
    }
    survivor *= 1 - d / n
    terms += d / (n * (n - d))
    return {
      atRisk: n,
      events: d,
      hazard: d / n,
      survivor,
      standardError: Number.isFinite(terms) ? survivor * Math.sqrt(terms) : null,
    }
  })
}

/**
 * Life table from one duration per person.
 *
 * @param durations  last period in which the person was observed, 1, 2, …
 * @param happened   true: the event happened in it; false: the person was not observed any longer after it
 * @throws           RangeError if a duration is not a whole number of at least 1
 */
export function lifeTableFromDurations(
  durations: ArrayLike<number>,
  happened: ArrayLike<boolean>,
): LifeTableRow[] {
  if (durations.length !== happened.length || durations.length === 0) {
    throw new RangeError(
      'lifeTableFromDurations requires one or more durations and whether each ended in the event',
    )
  }
  let last = 0
  for (let i = 0; i < durations.length; i++) {
    if (!Number.isSafeInteger(durations[i]) || durations[i]! < 1 || durations[i]! > 10_000) {
      throw new RangeError('lifeTableFromDurations requires whole durations from 1 to 10,000')
    }
    last = Math.max(last, durations[i]!)
  }
  const ended = new Array<number>(last).fill(0)
  const events = new Array<number>(last).fill(0)
  for (let i = 0; i < durations.length; i++) {
    ended[durations[i]! - 1]!++
    if (happened[i]) events[durations[i]! - 1]!++
  }
  const atRisk = new Array<number>(last).fill(0)
  for (let j = last - 1, count = 0; j >= 0; j--) {
    count += ended[j]!
    atRisk[j] = count
  }
  return lifeTable(atRisk, events)
}

/**
 * Time by which half have had the event, with a straight line inside the period; null where more than half are left
 * at the end.
 */
export function medianLifetime(table: readonly LifeTableRow[]): number | null {
  const at = table.findIndex((row) => row.survivor <= 0.5)
  if (at < 0) return null
  const before = at === 0 ? 1 : table[at - 1]!.survivor
  const after = table[at]!.survivor
  return before === after ? at + 1 : at + (before - 0.5) / (before - after)
}
