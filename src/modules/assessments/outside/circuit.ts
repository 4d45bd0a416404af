/** Whether something that keeps failing is left alone for a while. Times in ms. */
export interface Circuit {
  isResting(now: number): boolean
  succeeded(): void
  /** @param restFor what the other side wants to be left alone for; 0: it said nothing */
  failed(now: number, restFor?: number): void
}

const FAILURES = 5 // in a row
const REST = 60_000 // ms
const LONGEST_REST = 10 * 60_000 // ms, whatever the other side says

/**
 * After five failures in a row nothing is asked for a minute; then one more is tried, and its failure means another minute. Who says how
 * long to wait is left alone at once.
 */
export function newCircuit(): Circuit {
  let inARow = 0
  let until = Number.NEGATIVE_INFINITY
  return {
    isResting: (now) => now < until,
    succeeded: () => {
      inARow = 0
    },
    failed: (now, restFor = 0) => {
      inARow += 1
      if (restFor > 0) until = now + Math.min(restFor, LONGEST_REST)
      else if (inARow >= FAILURES) until = now + REST
    },
  }
}
