/**
 * Splits a change among the things that changed, fairly over every order in which they could have changed
 * (Shapley value): for each, the mean over all orders of what switching it on adds.
 *
 * @param n      number of things, 1–12 (2ⁿ evaluations)
 * @param value  result when the things whose bit is set are at their new value, the others at their old one
 * @returns      n contributions; they sum to value(all) − value(none)
 * @throws       RangeError if n is out of range or a value is not finite
 * @see          Shorrocks (2013), Journal of Economic Inequality 11, 99–126
 * @example      shapley(2, (on) => (on === 3 ? 10 : 0)) // 5, 5
 */
export function shapley(n: number, value: (on: number) => number): Float64Array {
  if (!(Number.isInteger(n) && n >= 1 && n <= 12)) throw new RangeError('shapley requires 1 to 12 things')
  const values = Float64Array.from({ length: 2 ** n }, (_, on) => value(on))
  if (!values.every(Number.isFinite)) throw new RangeError('shapley requires finite values')
  // Weight of a set of size s before the thing joins: s! (n − s − 1)! / n!
  const weights = new Float64Array(n)
  for (let size = 0; size < n; size++) {
    let orders = n
    for (let k = 1; k <= size; k++) orders *= (n - k) / k
    weights[size] = 1 / orders
  }
  const parts = new Float64Array(n)
  for (let on = 0; on < values.length; on++) {
    const size = bits(on)
    for (let thing = 0; thing < n; thing++) {
      if (on & (1 << thing)) continue
      parts[thing]! += weights[size]! * (values[on | (1 << thing)]! - values[on]!)
    }
  }
  return parts
}

function bits(on: number): number {
  let count = 0
  for (let rest = on; rest > 0; rest >>= 1) count += rest & 1
  return count
}
