/** A test whose scale was carried over from an earlier one. */
export interface LinkedTest {
  code: string
  /** code of the test over whose items the scale was carried here; null: none */
  linkedTo: string | null
  /** points, against the first test on the scale; null: not known */
  linkError: number | null
}

/**
 * Error of the scale of a later test against that of an earlier one on the same scale. Errors are known against the first test: where
 * the later scale was carried over from the earlier one, the way to that one is in both and drops out; otherwise nothing is known to be
 * shared, and both count.
 *
 * @returns  points; 0 where no error is known
 */
export function linkErrorBetween(earlier: LinkedTest | undefined, later: LinkedTest | undefined): number {
  const [before, now] = [earlier?.linkError ?? 0, later?.linkError ?? 0]
  if (later?.linkedTo && later.linkedTo === earlier?.code)
    return Math.sqrt(Math.max(0, now ** 2 - before ** 2))
  return Math.hypot(before, now)
}
