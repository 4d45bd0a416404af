/** The outcome of a search for items that function differently, with the anchors it ended on. */
export interface Purified<Result> {
  /** one per item, from the last round */
  readonly results: readonly Result[]
  /** items (counted from 0) flagged in the last round */
  readonly flagged: readonly number[]
  /** rounds after the first pass; 0 when it found nothing or there was no purification */
  readonly rounds: number
  /** false: the set of flagged items still changed at the last round allowed, or no anchor was left */
  readonly converged: boolean
}

/**
 * Purification: flagged items leave the matching score, everything is tested again, until the same items are
 * flagged twice. The studied item itself always stays in its own matching score.
 *
 * @param items   number of items
 * @param test    tests every item with these anchors
 * @param isFlagged  whether a result marks its item
 * @param maximum of rounds; 0 = no purification
 * @throws        RangeError if the maximum is not a whole number of 0 or more
 * @see           Candell & Drasgow (1988), https://doi.org/10.1177/014662168801200304
 */
export function purify<Result>(
  items: number,
  test: (anchors: readonly boolean[]) => readonly Result[],
  isFlagged: (result: Result) => boolean,
  maximum: number,
): Purified<Result> {
  if (!(Number.isInteger(maximum) && maximum >= 0)) {
    throw new RangeError('purification requires a whole number of rounds, 0 or more')
  }
  const flags = (results: readonly Result[]) =>
    results.flatMap((result, item) => (isFlagged(result) ? [item] : []))
  let results = test(new Array<boolean>(items).fill(true))
  let flagged = flags(results)
  if (maximum === 0 || flagged.length === 0) return { results, flagged, rounds: 0, converged: true }
  for (let rounds = 1; rounds <= maximum; rounds++) {
    if (flagged.length === items) return { results, flagged, rounds: rounds - 1, converged: false }
    const anchors = Array.from({ length: items }, (_, item) => !flagged.includes(item))
    results = test(anchors)
    const next = flags(results)
    const same = next.length === flagged.length && next.every((item, i) => item === flagged[i])
    flagged = next
    if (same) return { results, flagged, rounds, converged: true }
  }
  return { results, flagged, rounds: maximum, converged: false }
}
