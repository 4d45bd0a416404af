/** How large a country to make. */
export type Size = 'small' | 'demo' | 'country'

/** Institutions of each sort; their numbers at size `country` are those of the school year 2025/26 (Ministry of Education and Science). */
export interface Counts {
  primary: number
  basic: number
  secondary: number
  evening: number
  gymnasium: number
  special: number
  hospital: number
  private: number
  distance: number
  stateSecondary: number
  vocational: number
  preschool: number
  direction: number
  interest: number
}

export interface Plan {
  size: Size
  seed: number
  /** first school year, by the year it ends; the last one has just begun on the day of the snapshot */
  firstYear: number
  lastYear: number
  /** codes of municipalities; null: all */
  municipalities: readonly string[] | null
  /** learners as a share of the country's */
  share: number
  counts: Counts
  /** faults are planted, for the checks of the bank to find */
  errors: boolean
}

/** The day of which the package speaks, and the school year that began a month before. */
export const SNAPSHOT = '2026-10-01'
export const LAST_YEAR = 2027

const country: Counts = {
  primary: 25,
  basic: 239,
  secondary: 175,
  evening: 8,
  gymnasium: 30,
  special: 36,
  hospital: 1,
  private: 73,
  distance: 3,
  stateSecondary: 6,
  vocational: 53,
  preschool: 620,
  direction: 140,
  interest: 30,
}

const demo: Counts = {
  ...{ primary: 3, basic: 30, secondary: 42, evening: 1, gymnasium: 7, special: 5, hospital: 1, private: 8 },
  ...{ distance: 1, stateSecondary: 1, vocational: 7, preschool: 50, direction: 10, interest: 4 },
}

const small: Counts = {
  ...{ primary: 1, basic: 6, secondary: 5, evening: 0, gymnasium: 1, special: 1, hospital: 0, private: 1 },
  ...{ distance: 1, stateSecondary: 0, vocational: 2, preschool: 6, direction: 2, interest: 1 },
}

const sizes: Record<
  Size,
  Omit<Plan, 'size' | 'seed' | 'firstYear' | 'lastYear' | 'errors'> & { years: number }
> = {
  small: {
    municipalities: ['0006000', '0036000', '0038001', '0055000'],
    share: 0.01,
    counts: small,
    years: 6,
  },
  demo: { municipalities: null, share: 0.1, counts: demo, years: 3 },
  country: { municipalities: null, share: 1, counts: country, years: 6 },
}

/**
 * @param seed   whole number 0 … 2^53 − 1
 * @param since  first school year, by the year it ends; left out: six school years before the one that has begun (demo: three)
 * @param errors whether faults are planted; left out: in `demo` and `country`
 * @throws       RangeError where a school year is before 2016 or after the last one
 */
export function planOf(size: Size, seed: number, since?: number, errors = size !== 'small'): Plan {
  const { years, ...rest } = sizes[size]
  const firstYear = since ?? LAST_YEAR - years
  if (!Number.isInteger(firstYear) || firstYear < 2016 || firstYear > LAST_YEAR)
    throw new RangeError(`a made-up country begins in a school year from 2016 to ${LAST_YEAR}, not ${since}`)
  return { size, seed, firstYear, lastYear: LAST_YEAR, errors, ...rest }
}
