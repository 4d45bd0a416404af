import { Problem } from './problem.ts'

/**
 * How many requests a caller may make: a bucket that refills evenly. Tight by session, loose by address, because a whole
 * school stands behind one.
 */
export interface Limit {
  perSecond: number
  burst: number
}

export const limits = {
  session: { perSecond: 20, burst: 100 },
  address: { perSecond: 400, burst: 2000 },
  /** writes of somebody who is not signed in */
  signIn: { perSecond: 1, burst: 30 },
  /** children of a school who enter with their codes, and who answer */
  enter: { perSecond: 4, burst: 240 },
  answers: { perSecond: 400, burst: 2000 },
  /** tries of one code, and answers of one child */
  code: { perSecond: 0.2, burst: 10 },
  sitting: { perSecond: 5, burst: 120 },
} as const satisfies Record<string, Limit>

const SWEEP = 60_000 // ms; longer than any of these buckets takes to fill, so what is thrown away was full

/** Buckets of one process, by the time of the process in ms. A full bucket is the same as none. */
export class RateLimiter {
  readonly #buckets = new Map<string, { left: number; at: number }>()
  #swept = 0

  /** @throws Problem rate_limited with the seconds to wait */
  take(key: string, limit: Limit, now: number): void {
    if (now - this.#swept > SWEEP) this.#sweep(now)
    const bucket = this.#buckets.get(key) ?? { left: limit.burst, at: now }
    const left = Math.min(limit.burst, bucket.left + ((now - bucket.at) / 1000) * limit.perSecond)
    if (left < 1) {
      throw new Problem('rate_limited', { retryAfter: Math.ceil((1 - left) / limit.perSecond) })
    }
    this.#buckets.set(key, { left: left - 1, at: now })
  }

  #sweep(now: number) {
    this.#swept = now
    for (const [key, bucket] of this.#buckets) {
      if (now - bucket.at > SWEEP) this.#buckets.delete(key)
    }
  }
}
