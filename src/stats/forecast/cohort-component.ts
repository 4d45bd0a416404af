/** What happens in one period to the ages 0 … A − 1. */
export interface CohortRates {
  /** A births per person and period; age 0 has none */
  readonly fertility: ArrayLike<number>
  /** A shares: [0] from birth into age 0, [a] from age a − 1 into age a; 0–1 */
  readonly survival: ArrayLike<number>
  /** A persons moving in (+) or out (−) by the end of the period */
  readonly migration: ArrayLike<number>
}

export interface CohortInput {
  /** A persons by age at the start */
  readonly population: ArrayLike<number>
  /** the same for every period, or one entry per period */
  readonly rates: CohortRates | readonly CohortRates[]
  readonly periods: number
  /** births per period known from elsewhere (e.g. from the projection of women); default: from fertility */
  readonly births?: ArrayLike<number>
  /** share of all births that belong to this population, e.g. 0.488 for girls; default 1 */
  readonly shareOfBirths?: number
  /** share of the oldest group that stays in it (an open group 90+); default 0: they leave */
  readonly stayOldest?: number
}

/** One projected period. */
export interface CohortPeriod {
  /** all births of the period, of both sexes where rates say so */
  readonly births: number
  /** A persons at its end */
  readonly population: Float64Array
  /** persons that more out-migration than people would have made negative; a warning when above 0 */
  readonly cutAtZero: number
}

/**
 * Cohort-component projection of one population: everybody grows one age older and survives or not, net
 * migration is added at the end, births are fertility × the mean of the population at both ends.
 *
 * @throws  RangeError if lengths differ, shares leave 0–1, fertility or population is negative, or age 0 gives birth
 * @see     Preston, Heuveline, Guillot (2001), Demography, ch. 6
 */
export function cohortComponent(input: CohortInput): CohortPeriod[] {
  const { population, rates, periods, births: given, shareOfBirths = 1, stayOldest = 0 } = input
  const ages = population.length
  if (ages < 2 || !(Number.isInteger(periods) && periods >= 1)) {
    throw new RangeError('cohortComponent requires two or more ages and one or more periods')
  }
  requireNumbers(population, ages, 0, Infinity, 'a population')
  if (given) requireNumbers(given, periods, 0, Infinity, 'births')
  requireNumbers([shareOfBirths, stayOldest], 2, 0, 1, 'shares')
  const list = isList(rates) ? rates : new Array<CohortRates>(periods).fill(rates)
  if (list.length !== periods) throw new RangeError('cohortComponent requires rates for every period')
  for (const { fertility, survival, migration } of list) {
    requireNumbers(fertility, ages, 0, Infinity, 'fertility')
    requireNumbers(survival, ages, 0, 1, 'survival')
    requireNumbers(migration, ages, -Infinity, Infinity, 'migration')
    if (fertility[0] !== 0) throw new RangeError('cohortComponent requires fertility 0 at age 0')
  }
  const result: CohortPeriod[] = []
  let now = Float64Array.from(population)
  for (const [period, { fertility, survival, migration }] of list.entries()) {
    const next = new Float64Array(ages)
    let cutAtZero = 0
    const settle = (age: number, persons: number) => {
      const total = persons + migration[age]!
      if (total < 0) cutAtZero -= total
      next[age] = Math.max(0, total)
    }
    for (let age = 1; age < ages; age++) {
      const staying = age === ages - 1 ? now[age]! * stayOldest : 0
      settle(age, now[age - 1]! * survival[age]! + staying)
    }
    let births = given?.[period] ?? 0
    if (!given)
      for (let age = 1; age < ages; age++) births += (fertility[age]! * (now[age]! + next[age]!)) / 2
    settle(0, births * shareOfBirths * survival[0]!)
    result.push({ births, population: next, cutAtZero })
    now = next
  }
  return result
}

function isList(rates: CohortRates | readonly CohortRates[]): rates is readonly CohortRates[] {
  return Array.isArray(rates)
}

function requireNumbers(xs: ArrayLike<number>, length: number, low: number, high: number, what: string) {
  let ok = xs.length === length
  for (let at = 0; at < xs.length && ok; at++)
    ok = Number.isFinite(xs[at]) && xs[at]! >= low && xs[at]! <= high
  if (!ok) throw new RangeError(`cohortComponent requires ${what} of ${length} numbers within their range`)
}
