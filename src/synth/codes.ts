/**
 * Numbers that cannot belong to anybody.
 *
 * - Personal codes have the form that is given out since 2017, `32NNNN-NNNNN`, and a last digit that is five off: the check digit of
 *   the ten digits before it is (1 + Σ digit × weight) mod 11 mod 10, and a made-up code ends on that digit plus five, modulo ten. Every
 *   made-up code therefore fails the check, and in one way that can be told from a slip of the pen.
 * - Registration numbers of institutions have ten digits and begin with 00; the registers begin no series so.
 */
const WEIGHTS = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9]
const AMISS = 5
const SPACE = 100_000_000

/** The check digit of the first ten digits of a personal code. */
export function checkDigit(digits: string): number {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 1)
  return (sum % 11) % 10
}

/** Whether a personal code fails its check in the way of made-up codes. */
export function isMadeUp(code: string): boolean {
  const digits = code.replace('-', '')
  return /^32\d{9}$/.test(digits) && (checkDigit(digits) + AMISS) % 10 === Number(digits[10])
}

/**
 * The n-th personal code of a country: one for each n, in no order that could be read off.
 *
 * @param n     whole number 0 … 99,999,999
 * @param seed  seed of the country
 */
export function personalCode(n: number, seed: number): string {
  // A product with a number that has no divisor in common with 10^8 meets every number once.
  const factor = 38_756_123 + 10 * (seed % 1_000_000)
  const number = Number((BigInt(n) * BigInt(factor) + 5_012_347n) % BigInt(SPACE))
  const digits = `32${String(number).padStart(8, '0')}`
  return `${digits.slice(0, 6)}-${digits.slice(6)}${(checkDigit(digits) + AMISS) % 10}`
}

/** The n-th registration number of an institution. */
export function registrationNumber(n: number): string {
  return `00${String(10_000_000 + n * 137).padStart(8, '0')}`
}

/** The number a civilian from Ukraine was enrolled under before a personal code was given. */
export function temporaryNumber(n: number): string {
  return `UA-${String(100_000 + n)}`
}
