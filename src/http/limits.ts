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
  signIn: { perSecond: 0.2, burst: 10 },
} as const satisfies Record<string, Limit>

/** Buckets of one process. Kept small: a full bucket is the same as none. */
export class RateLimiter {
  readonly #buckets = new Map<string, { left: number; at: number }>()

  /** @throws Problem rate_limited with the seconds to wait */
  take(key: string, limit: Limit, now: number): void {
    const bucket = this.#buckets.get(key) ?? { left: limit.burst, at: now }
    const left = Math.min(limit.burst, bucket.left + ((now - bucket.at) / 1000) * limit.perSecond)
    if (left < 1) {
      throw new Problem('rate_limited', { retryAfter: Math.ceil((1 - left) / limit.perSecond) })
    }
    this.#buckets.set(key, { left: left - 1, at: now })
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
  }

  #forgetFull(now: number) {
    for (const [key, bucket] of this.#buckets) {
      if (now - bucket.at > 60_000) this.#buckets.delete(key)
    }
  }
}
