/**
 * Primary rules: which cells of a table must be hidden for what they tell by themselves.
 *
 * @see Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4
 */

/**
 * Too few people behind a count.
 *
 * @param count    people, whole number ≥ 0
 * @param minimum  fewest people that may be shown, whole number ≥ 1
 * @returns        true where 0 < count < minimum; nobody at all is no disclosure by itself
 * @throws         RangeError if either is not such a number
 */
export function isTooFew(count: number, minimum: number): boolean {
  requireCount(count, 'isTooFew')
  if (!(Number.isInteger(minimum) && minimum >= 1)) {
    throw new RangeError('isTooFew requires a minimum that is a whole number of at least 1')
  }
  return count > 0 && count < minimum
}

/**
 * Group disclosure: whoever knows that a person belongs to the group learns what the person is, because (almost)
 * everybody is (100 %) or (almost) nobody is (0 %).
 *
 * @param part    people of the group that have the property
 * @param whole   people of the group, at least `part`
 * @param others  how many exceptions still count as everybody: an exception knows about all the others, so 1 is
 *                usual; 0 asks for exactly 0 % and 100 %
 * @throws        RangeError if part is not within whole
 */
export function isGroupDisclosure(part: number, whole: number, others = 1): boolean {
  requireCount(part, 'isGroupDisclosure')
  requireCount(whole, 'isGroupDisclosure')
  requireCount(others, 'isGroupDisclosure')
  if (part > whole) throw new RangeError('isGroupDisclosure requires a part that is not above the whole')
  return whole > 0 && (part <= others || whole - part <= others)
}

/** One person alone stands behind the cell: that person knows the figure, and can subtract it. */
export function isSingleton(count: number): boolean {
  requireCount(count, 'isSingleton')
  return count === 1
}

/**
 * (n, k) dominance: the n largest contributors make up more than k per cent.
 *
 * @param contributions  amounts ≥ 0, any order, not empty
 * @param n              number of largest contributors, ≥ 1
 * @param k              per cent, 0–100
 */
export function isDominated(contributions: ArrayLike<number>, n = 2, k = 85): boolean {
  if (!(Number.isInteger(n) && n >= 1 && k > 0 && k <= 100)) {
    throw new RangeError('isDominated requires n of at least 1 and k above 0 up to 100 per cent')
  }
  const amounts = descending(contributions)
  const total = amounts.reduce((a, b) => a + b, 0)
  const largest = amounts.slice(0, n).reduce((a, b) => a + b, 0)
  return total > 0 && largest > (k / 100) * total
}

/**
 * p % rule: the second largest contributor could estimate the largest to within p per cent.
 *
 * @returns  how much wider the upper side of the interval must be: 0 where the cell is safe
 *           (p/100 × largest − everything but the two largest)
 */
export function pPercentProtection(contributions: ArrayLike<number>, p = 10): number {
  return priorPosteriorProtection(contributions, p, 100)
}

/**
 * pq rule: as the p % rule, where everybody knows the others to within q per cent beforehand.
 *
 * @param p  per cent to which nobody may estimate the largest, 0 < p < q
 * @param q  per cent to which the others are known beforehand, up to 100
 * @returns  how much wider the upper side of the interval must be: 0 where the cell is safe
 */
export function priorPosteriorProtection(contributions: ArrayLike<number>, p = 10, q = 50): number {
  if (!(p > 0 && p < q && q <= 100)) throw new RangeError('the pq rule requires 0 < p < q ≤ 100 per cent')
  const amounts = descending(contributions)
  const largest = amounts[0]!
  const rest = amounts.slice(2).reduce((a, b) => a + b, 0)
  return Math.max(0, (p / 100) * largest - (q / 100) * rest)
}

function descending(contributions: ArrayLike<number>): number[] {
  const amounts = Array.from(contributions)
  if (amounts.length === 0 || !amounts.every((amount) => Number.isFinite(amount) && amount >= 0)) {
    throw new RangeError('a dominance rule requires one or more finite contributions of at least 0')
  }
  return amounts.sort((a, b) => b - a)
}

function requireCount(count: number, name: string): void {
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`${name} requires counts that are whole numbers of at least 0`)
  }
}
