/** What is computed, or null where the numbers do not allow it (a constant item, nobody in a group): a gap, not a failure. */
export function orNull<Found>(compute: () => Found): Found | null {
  try {
    return compute()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** A number, or null where there is none. */
export const finite = (x: number | null | undefined): number | null =>
  x === null || x === undefined || !Number.isFinite(x) ? null : x

/** To so many decimals, as it is kept: what two processors add up in another order is then the same. */
export const rounded = (x: number, decimals = 3): number => {
  const unit = 10 ** decimals
  return Math.round(x * unit) / unit
}
export const roundedOrNull = (x: number | null | undefined, decimals = 3): number | null => {
  const found = finite(x)
  return found === null ? null : rounded(found, decimals)
}
