/** Chance and time come from outside, so that a test can have them again. */
export interface Patience {
  /** 0 ≤ x < 1 */
  random: () => number
  /** waits, ms; rejects with the reason of the signal */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * How long to stay away after so many failures: doubled each time, and spread by half, so that many who wait for one source do not come
 * back at once.
 *
 * @param failures  1, 2, … one after the other
 * @param unit      first wait, in whatever unit the result is wanted
 * @param longest   the most, before it is spread
 * @param random    0 ≤ random < 1
 * @returns         between half and one and a half times min(longest, unit · 2^(failures − 1))
 */
export function backOff(failures: number, unit: number, longest: number, random: number): number {
  return Math.min(longest, unit * 2 ** Math.max(0, failures - 1)) * (0.5 + random)
}
