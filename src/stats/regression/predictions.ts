/** Refuses predictions and outcomes that do not belong together. */
export function checkPredictions(
  p: ArrayLike<number>,
  y: ArrayLike<number>,
  what: string,
  { both = false, probabilities = false }: { both?: boolean; probabilities?: boolean } = {},
): void {
  if (p.length !== y.length || y.length === 0)
    throw new RangeError(`${what} requires one prediction for each outcome`)
  let events = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i] !== 0 && y[i] !== 1) throw new RangeError(`${what} requires outcomes of 0 or 1`)
    if (!Number.isFinite(p[i])) throw new RangeError(`${what} requires finite predictions`)
    if (probabilities && !(p[i]! >= 0 && p[i]! <= 1))
      throw new RangeError(`${what} requires probabilities from 0 to 1`)
    events += y[i]!
  }
  if (both && (events === 0 || events === y.length))
    throw new RangeError(`${what} requires events as well as non-events`)
}
